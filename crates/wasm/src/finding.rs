//! Findings, with places as JavaScript counts them.

use diagnostics::{Applicability, Diagnostic, LineIndex, Position, Severity, Span};
use serde::Serialize;
use tsify::Tsify;

/// One finding: what is wrong, where, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct Finding {
    /// Names the fault; its page is `docs/rules/<id>.md`.
    pub id: String,
    /// How much evidence stands behind it.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What is written under the caret, where it says more than the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caret: Option<String>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// A change that removes the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// A place in a text. Everything counts UTF-16 code units, as strings of JavaScript do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Where it starts, as an index of the string.
    pub start: u32,
    /// Behind its end, as an index of the string.
    pub end: u32,
    /// The line it starts on, from 1.
    pub line: u32,
    /// The column it starts at, from 1.
    pub column: u32,
    /// The line it ends on.
    pub end_line: u32,
    /// The column behind its end.
    pub end_column: u32,
}

/// Another place that matters to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What there is to see.
    pub message: String,
}

/// A change that removes a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct Fix {
    /// What it does, as an order.
    pub title: String,
    /// Whether a person must look first.
    pub applicability: Applicability,
    /// The edits, from the first to the last place; none overlap.
    pub edits: Vec<Edit>,
}

/// Replaces the text of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub place: Place,
    /// The new text; empty for a deletion.
    pub replacement: String,
}

/// Counts the places of one text.
pub(crate) struct Places(LineIndex);

impl Places {
    pub(crate) fn new(source: &str) -> Self {
        Self(LineIndex::new(source))
    }

    pub(crate) fn of(&self, span: Span) -> Place {
        let (start, end) = self.0.positions(span);
        let Span { start: first, end: behind } = self.units(span);
        let column = |position: Position| position.utf16_column;
        Place {
            start: first,
            end: behind,
            line: start.line,
            column: column(start),
            end_line: end.line,
            end_column: column(end),
        }
    }

    /// Returns a span in UTF-16 code units.
    pub(crate) fn units(&self, span: Span) -> Span {
        Span::new(self.0.utf16_offset(span.start), self.0.utf16_offset(span.end))
    }
}

/// Translates what was found in a text.
pub(crate) fn findings(source: &str, found: &[Diagnostic]) -> Vec<Finding> {
    let places = Places::new(source);
    found.iter().map(|one| finding(&places, one)).collect()
}

fn finding(places: &Places, found: &Diagnostic) -> Finding {
    let label = |label: &diagnostics::Label| Label {
        place: places.of(label.span),
        message: label.message.to_string(),
    };
    let edit = |edit: &diagnostics::Edit| Edit {
        place: places.of(edit.span),
        replacement: edit.replacement.to_string(),
    };
    Finding {
        id: found.id.to_string(),
        severity: found.severity,
        message: found.message.clone(),
        place: places.of(found.span),
        caret: found.caret.as_ref().map(ToString::to_string),
        labels: found.labels.iter().map(label).collect(),
        help: found.help.clone(),
        fix: found.fix.as_ref().map(|fix| Fix {
            title: fix.title.to_string(),
            applicability: fix.applicability,
            edits: fix.edits.iter().map(edit).collect(),
        }),
    }
}
