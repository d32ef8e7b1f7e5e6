//! Where other tools are told that a finding is.

use super::visible::one_line;
use crate::{ColumnUnit, Diagnostic, LineIndex, Report, SourceReport, Span};

/// A place in a file, counted from 1.
///
/// A record's text is not the file's text, so of a record only the line is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) end_line: u32,
    /// The first column and the column behind the last.
    pub(super) columns: Option<(u32, u32)>,
}

/// Returns the place of a span in its source's file.
pub(super) fn place(
    source: &SourceReport,
    index: &LineIndex,
    span: Span,
    unit: ColumnUnit,
) -> Place {
    if let Some(record) = &source.record {
        return Place { line: record.line, end_line: record.line, columns: None };
    }
    let (start, end) = index.positions(span);
    Place {
        line: start.line,
        end_line: end.line,
        columns: Some((start.column(unit), end.column(unit))),
    }
}

/// Returns the message on one line; of a record with the place that its file cannot show.
fn message(
    report: &Report,
    source: &SourceReport,
    index: &LineIndex,
    diagnostic: &Diagnostic,
) -> String {
    let message = one_line(&diagnostic.message);
    let Some(record) = &source.record else { return message.into_owned() };
    let position = index.position(diagnostic.span.start);
    let noun = report.noun.0;
    let id = record.id.as_deref().map(|id| format!(" {}", one_line(id))).unwrap_or_default();
    format!("{message} ({noun}{id} at {}:{})", position.line, position.char_column)
}

/// Returns the message and, in a paragraph of its own, what to do.
pub(super) fn message_and_help(
    report: &Report,
    source: &SourceReport,
    index: &LineIndex,
    diagnostic: &Diagnostic,
) -> String {
    let mut text = message(report, source, index, diagnostic);
    let fix = diagnostic.fix.as_ref().map(|fix| &*fix.title);
    if let Some(help) = diagnostic.help.as_deref().or(fix) {
        text.push_str("\nhelp: ");
        for (number, line) in help.lines().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            text.push_str(&one_line(line));
        }
    }
    text
}
