//! What a filter compares: literals on its right, values of an item on its left.

use super::Comparison;
use jiff::Timestamp;
use std::cmp::Ordering;
use uuid::Uuid;

/// A literal of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// `42`
    Number(i64),
    /// `'text'`, with `''` for an apostrophe
    Text(String),
    /// A GUID without quotes.
    Guid(Uuid),
    /// `2026-11-25T09:00:00Z`
    Instant(Timestamp),
}

/// A value of an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'item> {
    /// A truth value.
    Boolean(bool),
    /// A whole number.
    Number(i64),
    /// A text; GUIDs and instants in the answer of the service are texts too.
    Text(&'item str),
    /// A GUID that is held as such.
    Guid(Uuid),
    /// An instant that is held as such.
    Instant(Timestamp),
}

impl<'item> Value<'item> {
    /// The value of a JSON member; `None` for `null`, arrays and objects.
    #[must_use]
    pub(crate) fn of_json(json: &'item serde_json::Value) -> Option<Self> {
        match json {
            serde_json::Value::Bool(value) => Some(Value::Boolean(*value)),
            serde_json::Value::Number(value) => value.as_i64().map(Value::Number),
            serde_json::Value::String(value) => Some(Value::Text(value)),
            _ => None,
        }
    }
}

impl Literal {
    /// Whether a value, or its absence, compares so with this literal. What cannot be compared is
    /// not equal.
    pub(super) fn compare(&self, value: Option<Value<'_>>, comparison: Comparison) -> bool {
        let order = match value {
            None => (*self == Literal::Null).then_some(Ordering::Equal),
            Some(value) => self.order(value),
        };
        match comparison {
            Comparison::Equal => order == Some(Ordering::Equal),
            Comparison::NotEqual => order != Some(Ordering::Equal),
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
            Comparison::Greater => order == Some(Ordering::Greater),
            Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        }
    }

    /// How a value stands to this literal, when the two are of a kind.
    fn order(&self, value: Value<'_>) -> Option<Ordering> {
        match (value, self) {
            (Value::Boolean(value), Literal::Boolean(literal)) => Some(value.cmp(literal)),
            (Value::Number(value), Literal::Number(literal)) => Some(value.cmp(literal)),
            (Value::Text(value), Literal::Text(literal)) => Some(order_of_texts(value, literal)),
            (Value::Text(value), Literal::Guid(literal)) => {
                Some(Uuid::try_parse(value).ok()?.cmp(literal))
            }
            (Value::Text(value), Literal::Instant(literal)) => {
                Some(value.parse::<Timestamp>().ok()?.cmp(literal))
            }
            (Value::Guid(value), Literal::Guid(literal)) => Some(value.cmp(literal)),
            (Value::Guid(value), Literal::Text(literal)) => {
                Some(value.cmp(&Uuid::try_parse(literal).ok()?))
            }
            (Value::Instant(value), Literal::Instant(literal)) => Some(value.cmp(literal)),
            (Value::Instant(value), Literal::Text(literal)) => {
                Some(value.cmp(&literal.parse::<Timestamp>().ok()?))
            }
            _ => None,
        }
    }
}

fn order_of_texts(left: &str, right: &str) -> Ordering {
    let left = left.chars().map(|one| one.to_ascii_lowercase());
    left.cmp(right.chars().map(|one| one.to_ascii_lowercase()))
}
