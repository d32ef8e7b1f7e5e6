//! Values of attributes in a request.

use serde::Serialize;
use std::fmt;

/// A single value.
///
/// GUIDs and instants travel as strings, as they do in JSON; the operator decides how a string is
/// read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Value {
    /// Text, a GUID or an instant.
    String(String),
    /// A whole number.
    Integer(i64),
    /// True or false.
    Boolean(bool),
}

impl Value {
    /// Returns the name of the type as messages give it.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::String(_) => "String",
            Self::Integer(_) => "Integer",
            Self::Boolean(_) => "Boolean",
        }
    }
}

/// The value or values of one attribute.
///
/// A list counts as multi-valued whatever its length: it is the type of the attribute that
/// matters, not how many values happen to be there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum AttributeValue {
    /// A single-valued attribute.
    One(Value),
    /// A multi-valued attribute; may be empty.
    Many(Vec<Value>),
}

impl AttributeValue {
    /// Returns the values, one for a single-valued attribute.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }

    /// Says whether the attribute is multi-valued.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        matches!(self, Self::Many(_))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl<V: Into<Value>> From<V> for AttributeValue {
    fn from(value: V) -> Self {
        Self::One(value.into())
    }
}

impl<V: Into<Value>> From<Vec<V>> for AttributeValue {
    fn from(values: Vec<V>) -> Self {
        Self::Many(values.into_iter().map(Into::into).collect())
    }
}

impl<V: Into<Value>, const N: usize> From<[V; N]> for AttributeValue {
    fn from(values: [V; N]) -> Self {
        Self::Many(values.into_iter().map(Into::into).collect())
    }
}

/// Writes the value as a condition would: `'text'`, `10`, `true`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => write!(f, "'{text}'"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Boolean(value) => write!(f, "{value}"),
        }
    }
}

/// Writes a list as a condition would, `{'a', 'b'}`, and no more than its first values.
impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 8;
        let values = match self {
            Self::One(value) => return value.fmt(f),
            Self::Many(values) => values,
        };
        f.write_str("{")?;
        for (index, value) in values.iter().take(SHOWN).enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            value.fmt(f)?;
        }
        match values.len().checked_sub(SHOWN) {
            Some(more @ 1..) => write!(f, ", … {more} more}}"),
            _ => f.write_str("}"),
        }
    }
}
