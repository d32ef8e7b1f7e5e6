//! Logging commands, which Azure Pipelines shows as issues of a run.

use super::place::{message_and_help, place};
use super::visible::one_line;
use crate::{ColumnUnit, LineIndex, Report, Severity};
use std::fmt::Write as _;

/// Writes one logging command (`##vso[task.logissue type=error;…]message`) for each finding.
///
/// The service knows errors and warnings only; advice is a line of the log.
#[must_use]
pub fn azure_devops(report: &Report) -> String {
    let mut text = String::new();
    for source in &report.sources {
        let index = LineIndex::new(&source.text);
        for diagnostic in &source.diagnostics {
            let message = message_and_help(report, source, &index, diagnostic);
            let place = place(source, &index, diagnostic.span, ColumnUnit::Char);
            let kind = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => {
                    let message = message.replace('\n', " ");
                    let line = format!("{}:{}: {message}", source.name, place.line);
                    _ = writeln!(text, "advice[{}]: {}", diagnostic.id, without_command(&line));
                    continue;
                }
            };
            _ = write!(text, "##vso[task.logissue type={kind};");
            if let Some(path) = source.path() {
                _ = write!(
                    text,
                    "sourcepath={};linenumber={};",
                    property(&one_line(&path)),
                    place.line
                );
                if let Some((column, _)) = place.columns {
                    _ = write!(text, "columnnumber={column};");
                }
            }
            _ = writeln!(text, "code={};]{}", property(&diagnostic.id), data(&message));
        }
    }
    text
}

/// Takes from a line of the log what the agent would obey, wherever it stands in the line.
fn without_command(line: &str) -> String {
    one_line(line).replace("##", "# #")
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}
