//! Findings that a configuration accepts.

use super::pattern::Patterns;
use diagnostics::Diagnostic;
use std::path::Path;

/// Accepts findings; every field that is there must fit.
#[derive(Debug)]
pub(crate) struct Ignored {
    pub(super) rule: Option<String>,
    pub(super) path: Option<Patterns>,
    /// The id of a record.
    pub(super) id: Option<String>,
}

impl Ignored {
    pub(super) fn covers(
        &self,
        finding: &Diagnostic,
        path: Option<&Path>,
        id: Option<&str>,
    ) -> bool {
        self.rule.as_ref().is_none_or(|rule| *rule == finding.id)
            && self.path.as_ref().is_none_or(|own| path.is_some_and(|path| own.matches(path)))
            && self.id.as_ref().is_none_or(|own| id == Some(own.as_str()))
    }
}
