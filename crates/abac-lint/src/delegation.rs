//! The roles that a condition on role assignments names.

use crate::facts::{Compared, Facts};
use crate::quoted;
use abac_catalog::Role;
use abac_syntax::{AttributeId, Literal, LiteralKind};
use uuid::Uuid;

/// Says whether an attribute is the role of a role assignment.
pub(crate) fn is_role(facts: &Facts<'_>, attribute: AttributeId) -> bool {
    facts
        .known(attribute)
        .and_then(|known| known.attribute())
        .is_some_and(|known| known.id == "authz.roleDefinitionId")
}

/// Returns the comparisons of the role of a role assignment.
pub(crate) fn role_comparisons<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = &'f Compared> {
    let role = |compared: &&Compared| compared.attribute.is_some_and(|id| is_role(facts, id));
    facts.comparisons.iter().filter(role)
}

/// Says whether a comparison lets through what it names rather than all else.
pub(crate) fn allows(facts: &Facts<'_>, compared: &Compared) -> bool {
    let negated = compared.operator.function.is_some_and(|function| function.is_negated());
    negated == facts.is_negated(compared.id)
}

/// Returns the GUID of a literal, in quotes or not.
pub(crate) fn guid(facts: &Facts<'_>, literal: &Literal) -> Option<Uuid> {
    match literal.kind {
        LiteralKind::Guid(guid) => Some(guid),
        LiteralKind::String { hole: false, .. } => quoted::guid(&facts.value(literal)),
        _ => None,
    }
}

/// Returns the role of a GUID, a custom role that is configured or a built-in one.
pub(crate) fn role<'a>(facts: &Facts<'a>, guid: Uuid) -> Option<&'a Role> {
    let mut buffer = Uuid::encode_buffer();
    facts.catalog().role(guid.as_hyphenated().encode_lower(&mut buffer))
}
