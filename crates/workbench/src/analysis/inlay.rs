//! Names beside GUIDs.

use crate::condition::Condition;
use abac_catalog::Catalog;
use abac_syntax::LiteralKind;

/// A word that stands in the text without being part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inlay {
    /// Behind which UTF-16 code unit it stands.
    pub at: u32,
    /// The name of the role or of the principal.
    pub text: String,
}

pub(super) fn inlays(condition: &Condition, catalog: &Catalog) -> Vec<Inlay> {
    let tree = condition.tree();
    let mut inlays = Vec::new();
    for (_, literal) in tree.literals() {
        let LiteralKind::Guid(guid) = literal.kind else { continue };
        let guid = guid.to_string();
        let name = catalog.role(&guid).map(|role| role.name()).or_else(|| catalog.principal(&guid));
        if let Some(name) = name {
            inlays.push(Inlay { at: condition.range(literal.span).to, text: name.to_owned() });
        }
    }
    inlays
}
