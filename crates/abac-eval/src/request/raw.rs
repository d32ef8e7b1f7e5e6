//! Any JSON value, before it is known to be a request.
//!
//! `serde_json::Value` keeps the last of two equal keys and says nothing; a request with two
//! values for one attribute is a mistake that must be told.

use super::{AccessRequest, RequestError};
use crate::key::{AttributeKey, shortened};
use crate::value::{AttributeValue, Value};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

#[derive(Debug)]
pub(crate) enum Raw {
    Null,
    Boolean(bool),
    Integer(i64),
    /// A number that is no integer of 64 bits, as text.
    Number(String),
    String(String),
    List(Vec<Raw>),
    Object(Vec<(String, Raw)>),
}

const VALUE: &str = "a string, a whole number, `true`, `false` or a list of these";
const ELEMENT: &str = "a string, a whole number, `true` or `false`";

impl Raw {
    fn found(&self) -> String {
        match self {
            Self::Null => "`null`".to_owned(),
            Self::Boolean(value) => format!("`{value}`"),
            Self::Integer(number) => format!("the number {number}"),
            Self::Number(text) => format!("the number {text}, which is no integer of 64 bits"),
            Self::String(text) => format!("the string `{}`", shortened(text)),
            Self::List(_) => "a list".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }

    fn wrong(&self, field: &str, expected: &'static str) -> RequestError {
        RequestError::WrongType { field: field.to_owned(), expected, found: self.found() }
    }

    fn into_name(self, field: &str) -> Result<String, RequestError> {
        match self {
            Self::String(text) if !text.trim().is_empty() => Ok(text),
            Self::String(_) => Err(RequestError::WrongType {
                field: field.to_owned(),
                expected: "a name",
                found: "an empty string".to_owned(),
            }),
            other => Err(other.wrong(field, "a string")),
        }
    }

    pub(crate) fn into_request(self) -> Result<AccessRequest, RequestError> {
        let Self::Object(fields) = self else { return Err(self.wrong("request", "an object")) };
        let (mut action, mut suboperation, mut attributes) = (None, None, None);
        for (field, value) in fields {
            let place = match field.as_str() {
                "action" => &mut action,
                "suboperation" => &mut suboperation,
                "attributes" => &mut attributes,
                _ => return Err(RequestError::UnknownField { field: shortened(&field) }),
            };
            if place.replace(value).is_some() {
                return Err(RequestError::DuplicateField { field });
            }
        }
        let action = action.ok_or(RequestError::MissingField { field: "action" })?;
        let mut request = AccessRequest::new(action.into_name("action")?);
        match suboperation {
            None | Some(Self::Null) => {}
            Some(name) => request = request.suboperation(name.into_name("suboperation")?),
        }
        match attributes {
            None | Some(Self::Null) => {}
            Some(Self::Object(attributes)) => {
                for (key, value) in attributes {
                    request.insert_raw(&key, value)?;
                }
            }
            Some(other) => {
                return Err(other.wrong("attributes", "an object from references to values"));
            }
        }
        Ok(request)
    }

    pub(crate) fn into_value(self, field: &str) -> Result<AttributeValue, RequestError> {
        match self {
            Self::List(elements) => {
                let element = |(index, element): (usize, Self)| {
                    element.into_element(|| format!("{field}[{index}]"), ELEMENT)
                };
                let values = elements.into_iter().enumerate().map(element);
                Ok(AttributeValue::Many(values.collect::<Result<_, _>>()?))
            }
            other => Ok(AttributeValue::One(other.into_element(|| field.to_owned(), VALUE)?)),
        }
    }

    fn into_element(
        self,
        field: impl Fn() -> String,
        expected: &'static str,
    ) -> Result<Value, RequestError> {
        match self {
            Self::Boolean(value) => Ok(Value::Boolean(value)),
            Self::Integer(number) => Ok(Value::Integer(number)),
            Self::String(text) => Ok(Value::String(text)),
            other => Err(other.wrong(&field(), expected)),
        }
    }
}

impl AccessRequest {
    /// Adds an attribute that was read from JSON; `null` makes it missing.
    pub(crate) fn insert_raw(&mut self, key: &str, value: Raw) -> Result<(), RequestError> {
        let key = AttributeKey::parse(key)?;
        match value {
            Raw::Null => Ok(()),
            value => {
                let value = value.into_value(key.as_str())?;
                self.insert(key, value)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Boolean(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        Ok(i64::try_from(number).map_or_else(|_| Raw::Number(number.to_string()), Raw::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw::Number(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Raw::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Raw::Object(fields))
    }
}
