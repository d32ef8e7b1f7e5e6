//! The condition of a request and its version.

use super::Checker;
use crate::document::literal_places;
use crate::reader::{Got, Place, shown};
use crate::request::CONDITION_VERSION;
use crate::rules::severity;
use abac_syntax::{Holes, parse_with};
use diagnostics::{Diagnostic, Edit, Fix, Label, Span};
use std::borrow::Cow;

impl Checker<'_> {
    /// Reads `condition` and `conditionVersion`.
    pub(crate) fn condition(&mut self, place: &Place<'_>) -> Option<String> {
        let id = "pim-condition-version";
        let condition = self.reader.string(place, "condition");
        let version = self.reader.string(place, "conditionVersion");
        let has_condition = match &condition {
            Got::Is(text, _) => !text.trim().is_empty(),
            Got::Opaque(_) => true,
            Got::Absent => false,
        };
        match (&version, has_condition) {
            (Got::Is(CONDITION_VERSION, _), true) | (Got::Opaque(_), _) | (Got::Absent, false) => {}
            (Got::Is(text, span), true) => {
                let message = format!(
                    "the condition version must be `{CONDITION_VERSION}`, found `{}`",
                    shown(text)
                );
                self.reader.fixable(id, *span, message, "write the version", CONDITION_VERSION);
            }
            (Got::Is("", _), false) => {}
            (Got::Is(_, span), false) => {
                let message = "there is a condition version and no condition";
                let help = "leave both out, or give the condition";
                self.reader.advise(id, *span, message, help);
            }
            (Got::Absent, true) => {
                if let Some(span) = condition.span() {
                    let message = "there is a condition and no condition version";
                    let text = format!(", \"conditionVersion\": \"{CONDITION_VERSION}\"");
                    let fix = Fix::safe("add the version", Span::at(span.end), text);
                    let found = Diagnostic::new(id, severity(id), span, message)
                        .help(format!("add `\"conditionVersion\": \"{CONDITION_VERSION}\"`"))
                        .fix(fix);
                    self.reader.push(found);
                }
            }
        }
        let Got::Is(text, span) = condition else { return None };
        if !has_condition {
            return None;
        }
        let parsed = parse_with(text, Holes::Refused);
        if !parsed.diagnostics.is_empty() {
            let places = literal_places(self.reader.source, span);
            for found in parsed.diagnostics {
                self.reader.push(moved(found, &places, span));
            }
        }
        Some(text.to_owned())
    }
}

/// Moves a finding about a condition to where the condition stands.
fn moved(found: Diagnostic, places: &[u32], literal: Span) -> Diagnostic {
    let place = |offset: u32| places.get(offset as usize).copied().unwrap_or(literal.end);
    let span = |span: Span| Span::new(place(span.start), place(span.end));
    let escaped = |text: &str| -> Cow<'static, str> {
        let quoted = serde_json::Value::from(text).to_string();
        let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        Cow::Owned(inside.unwrap_or("").to_owned())
    };
    Diagnostic {
        span: span(found.span),
        labels: found
            .labels
            .into_iter()
            .map(|label| Label { span: span(label.span), message: label.message })
            .collect(),
        fix: found.fix.map(|fix| Fix {
            edits: fix
                .edits
                .iter()
                .map(|edit| Edit { span: span(edit.span), replacement: escaped(&edit.replacement) })
                .collect(),
            ..fix
        }),
        ..found
    }
}
