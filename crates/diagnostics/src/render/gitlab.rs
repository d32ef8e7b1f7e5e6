//! The Code Quality report, which GitLab shows in merge requests.

use super::place::{message_and_help, place};
use crate::{ColumnUnit, LineIndex, Report, Severity};
use serde_json::{Value, json};

/// Writes a Code Quality report: a JSON array with one object for each finding.
///
/// Errors are `major`, warnings `minor`, advice `info`.
#[must_use]
pub fn gitlab(report: &Report) -> String {
    let mut issues = Vec::new();
    for (source, fingerprints) in report.sources.iter().zip(report.fingerprints()) {
        let index = LineIndex::new(&source.text);
        for (diagnostic, fingerprint) in source.diagnostics.iter().zip(fingerprints) {
            let place = place(source, &index, diagnostic.span, ColumnUnit::Char);
            let path = source.path().unwrap_or_else(|| source.name.as_str().into());
            issues.push(json!({
                "description": message_and_help(report, source, &index, diagnostic),
                "check_name": diagnostic.id,
                "fingerprint": fingerprint.to_string(),
                "severity": match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Advice => "info",
                },
                "location": {
                    "path": path.strip_prefix("./").unwrap_or(&path),
                    "lines": { "begin": place.line, "end": place.end_line },
                },
            }));
        }
    }
    format!("{:#}\n", Value::Array(issues))
}
