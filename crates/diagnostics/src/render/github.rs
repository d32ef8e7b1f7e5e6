//! Workflow commands, which GitHub Actions shows as annotations of a pull request.

use super::place::{message_and_help, place};
use super::visible::one_line;
use crate::{ColumnUnit, LineIndex, Report, Severity};
use std::fmt::Write as _;

/// Writes one workflow command (`::error file=…,line=…::message`) for each finding.
///
/// Advice is a `notice`. Inputs that are not files have no `file`.
#[must_use]
pub fn github(report: &Report) -> String {
    let mut text = String::new();
    for source in &report.sources {
        let index = LineIndex::new(&source.text);
        for diagnostic in &source.diagnostics {
            text.push_str(match diagnostic.severity {
                Severity::Error => "::error ",
                Severity::Warning => "::warning ",
                Severity::Advice => "::notice ",
            });
            if let Some(path) = source.path() {
                let place = place(source, &index, diagnostic.span, ColumnUnit::Char);
                _ = write!(text, "file={},line={}", property(&one_line(&path)), place.line);
                _ = write!(text, ",endLine={}", place.end_line);
                if let (Some((start, end)), true) = (place.columns, place.line == place.end_line) {
                    // Columns of a place on several lines are refused.
                    _ = write!(text, ",col={start},endColumn={end}");
                }
                text.push(',');
            }
            let message = message_and_help(report, source, &index, diagnostic);
            _ = writeln!(text, "title={}::{}", property(&diagnostic.id), data(&message));
        }
    }
    text
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
