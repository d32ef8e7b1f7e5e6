//! The condition of a request.

use super::open;
use crate::console::Console;
use crate::failure::Failure;
use abac_catalog::{Catalog, Role};
use abac_lint::{Context, Options};
use abac_syntax::Holes;
use diagnostics::{Severity, SourceReport};
use std::path::Path;

/// A condition, and what was found in it.
pub(crate) struct Condition {
    pub(crate) text: String,
    /// Its errors if it has any, or else its warnings.
    report: SourceReport,
    has_errors: bool,
}

impl Condition {
    /// Tells what was found, and gives the text if Azure can read it.
    pub(crate) fn sound(self, console: &mut Console) -> Option<String> {
        if !self.report.diagnostics.is_empty() {
            console.report(&Failure::findings(self.report));
        }
        (!self.has_errors).then_some(self.text)
    }
}

/// Reads the condition of a file and checks it.
pub(crate) fn check_condition(
    path: &Path,
    catalog: &Catalog,
    role: Option<&Role>,
    pim: bool,
) -> Result<Condition, Failure> {
    let mut input = open(path)?;
    let text = input.text.strip_prefix('\u{feff}').unwrap_or(&input.text);
    input.text = text.trim_end_matches(['\n', '\r']).to_owned();
    let options = Options::new(catalog).context(Context { pim, ..Context::default() });
    let options = match role {
        Some(role) => options.role(role),
        None => options,
    };
    let mut findings = abac_lint::check(&input.text, Holes::Refused, &options);
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    let shown = if has_errors { Severity::Error } else { Severity::Warning };
    findings.retain(|finding| finding.severity == shown);
    Ok(Condition { report: input.report(findings), text: input.text, has_errors })
}
