//! Values on either side of a decision.

use super::{Field, typed};
use crate::pickers::{LineOperator, PRINCIPAL_TYPES, ValueKind};
use abac_catalog::Catalog;
use abac_eval::{AttributeValue, Value};
use abac_syntax::{Relation, ValueType};
use pim_model::Timestamp;

/// How many values of one list are suggested.
const MOST: usize = 20;

/// A value that shows what the condition decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The value; `None` is missing.
    pub value: Option<AttributeValue>,
    /// What a person reads: the name behind a GUID, or the value.
    pub label: String,
    /// Why it is suggested: `in the list`.
    pub note: &'static str,
}

impl Suggestion {
    pub(super) fn missing() -> Self {
        Self { value: None, label: "missing".to_owned(), note: "the request does not have it" }
    }
}

/// Adds what is worth trying with a comparison.
pub(super) fn add(field: &mut Field, operator: LineOperator, values: &[String], catalog: &Catalog) {
    let mut push = |text: &str, note: &'static str| {
        let value = typed(field.value_type, text);
        let value = if field.takes_several {
            AttributeValue::Many(vec![value])
        } else {
            AttributeValue::One(value)
        };
        let value = Some(value);
        if !field.suggestions.iter().any(|known| known.value == value) {
            let name =
                catalog.role(text).map(|role| role.name()).or_else(|| catalog.principal(text));
            let is_guid = field.value_type == ValueType::Guid;
            let label = name.filter(|_| is_guid).unwrap_or(text).to_owned();
            field.suggestions.push(Suggestion { value, label, note });
        }
    };
    let relation = operator.comparison.relation();
    let listed = values.iter().take(MOST);
    match (relation, operator.comparison.value_type()) {
        (_, ValueType::Bool) => {
            for text in ["true", "false"] {
                push(text, "");
            }
        }
        (Relation::Equals, ValueType::String | ValueType::Guid) => {
            let note = if values.len() > 1 { "in the list" } else { "the value" };
            for text in listed {
                push(text, note);
            }
            let other = other(field.kind, values);
            push(&other, if values.len() > 1 { "not in the list" } else { "another value" });
            if let Some(text) = values.first().filter(|_| !operator.comparison.ignores_case()) {
                let turned = turn_case(text);
                if field.kind != ValueKind::PrincipalType
                    && turned != *text
                    && operator.comparison.value_type() == ValueType::String
                {
                    push(&turned, "in another letter case");
                }
            }
        }
        (Relation::Like, _) => {
            for text in listed {
                push(&filled(text), "matches");
            }
            push("other", "does not match");
        }
        (Relation::StartsWith, _) => {
            for text in listed {
                push(&format!("{text}example"), "starts with it");
            }
            push("other", "starts otherwise");
        }
        _ => {
            for text in listed {
                for (shift, note) in [(-1, "just below"), (0, "at the limit"), (1, "just above")] {
                    if let Some(text) = shifted(operator.comparison.value_type(), text, shift) {
                        push(&text, note);
                    }
                }
            }
        }
    }
    if field.takes_several && values.len() > 1 {
        let all = values.iter().take(MOST).map(|text| typed(field.value_type, text)).collect();
        let value = Some(AttributeValue::Many(all));
        if !field.suggestions.iter().any(|known| known.value == value) {
            field.suggestions.push(Suggestion {
                value,
                label: values.join(", "),
                note: "all of them",
            });
        }
    }
}

/// Returns a value that none of the given ones is.
fn other(kind: ValueKind, values: &[String]) -> String {
    const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    const NOBODY: &str = "ffffffff-ffff-4fff-8fff-ffffffffffff";
    let choices: &[&str] = match kind {
        ValueKind::Role => &[OWNER, READER, NOBODY],
        ValueKind::Principal | ValueKind::Guid => &[NOBODY, READER],
        ValueKind::PrincipalType => &PRINCIPAL_TYPES,
        _ => &["other", "another"],
    };
    let is_free = |choice: &&&str| !values.iter().any(|value| value.eq_ignore_ascii_case(choice));
    choices.iter().find(is_free).map_or_else(|| values.concat(), |choice| (*choice).to_owned())
}

fn turn_case(text: &str) -> String {
    let upper = text.to_uppercase();
    if upper == text { text.to_lowercase() } else { upper }
}

/// Returns a text that a pattern matches.
fn filled(pattern: &str) -> String {
    let mut out = String::new();
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '*' => out.push_str("example"),
            '?' => out.push('x'),
            '\\' => match characters.next_if(|next| matches!(next, '*' | '?')) {
                Some(next) => out.push(next),
                None => out.push('\\'),
            },
            other => out.push(other),
        }
    }
    out
}

/// Returns the value one below or above a limit: a number, or an instant by a second.
fn shifted(value_type: ValueType, text: &str, shift: i64) -> Option<String> {
    match value_type {
        ValueType::Numeric => {
            let number: i64 = text.trim().parse().ok()?;
            Some(number.checked_add(shift)?.to_string())
        }
        ValueType::DateTime if shift == 0 => Some(text.to_owned()),
        ValueType::DateTime => {
            let instant: Timestamp = text.trim().parse().ok()?;
            let moved = Timestamp::from_second(instant.as_second().checked_add(shift)?).ok()?;
            Some(moved.to_string())
        }
        _ => Some(text.to_owned()),
    }
}

impl Suggestion {
    /// Returns the value as a person would type it, several one a line.
    #[must_use]
    pub fn text(&self) -> String {
        let one = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Boolean(value) => value.to_string(),
        };
        let values = self.value.as_ref().map_or(&[][..], AttributeValue::values);
        values.iter().map(one).collect::<Vec<_>>().join("\n")
    }
}
