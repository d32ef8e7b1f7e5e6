//! Laying a condition out.

use crate::answer::Failure;
use crate::parse::holes;
use abac_syntax::{Layout, parse_with};
use serde::Deserialize;
use tsify::Tsify;

/// How a condition is laid out.
#[derive(Debug, Clone, Copy, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "an object")]
pub struct FormatOptions {
    /// How to lay out; as the portal does, unless it is said.
    pub layout: LayoutName,
    /// Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of the condition.
    pub template: bool,
}

/// A layout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum LayoutName {
    /// As in the code editor of the Azure portal.
    #[default]
    Portal,
    /// On one line.
    OneLine,
    /// As few bytes as the language allows.
    Smallest,
}

/// Lays a condition out. The new text is read again before it is given.
///
/// # Errors
///
/// A condition with errors, which has no layout.
pub fn format(source: &str, options: FormatOptions) -> Result<String, Failure> {
    let parsed = parse_with(source, holes(options.template));
    if let Some(failure) = Failure::of_errors(source, &parsed.diagnostics) {
        return Err(failure);
    }
    let layout = match options.layout {
        LayoutName::Portal => Layout::Portal,
        LayoutName::OneLine => Layout::OneLine,
        LayoutName::Smallest => Layout::Smallest,
    };
    abac_syntax::format(source, &parsed.tree, layout)
        .map_err(|error| Failure::new("format", error.to_string()))
}
