//! What is asked for: an action, perhaps a suboperation, and attributes.

mod assignment;
mod delegation;
mod error;
mod raw;

pub use delegation::Delegation;
pub use error::RequestError;
pub(crate) use raw::Raw;

use crate::key::AttributeKey;
use crate::prepared::PreparedRequest;
use crate::value::{AttributeValue, Value};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// The largest request that is read, in bytes.
pub const MAX_REQUEST_BYTES: usize = 1 << 20;

/// How many attributes a request may have.
pub const MAX_ATTRIBUTES: usize = 10_000;

/// How many values the attributes of a request may have together.
pub const MAX_VALUES: usize = 100_000;

/// How long one text of a request may be, in bytes: matching a pattern may take time of the product
/// of both lengths.
pub const MAX_TEXT_BYTES: usize = 1 << 16;

/// A request to evaluate a condition against.
///
/// As JSON: `{"action": "…", "suboperation": "…", "attributes": {"@Request[…]": value}}`, where a
/// value is a string, a whole number, `true` or `false`, or a list of these. An attribute that is
/// not named, or is `null`, is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
// JSON has another shape than the fields: see `Raw`.
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(
    feature = "typescript",
    tsify(type = "{ action: string; suboperation?: string | null; \
                  attributes?: Record<string, AttributeValue | null> | null }")
)]
pub struct AccessRequest {
    action: String,
    suboperation: Option<String>,
    attributes: BTreeMap<String, (AttributeKey, AttributeValue)>,
    values: usize,
    bytes: usize,
}

impl AccessRequest {
    /// Makes a request for an action, such as `Microsoft.Authorization/roleAssignments/write`,
    /// without a suboperation or attributes.
    pub fn new(action: impl Into<String>) -> Self {
        let action = action.into();
        let bytes = action.len();
        Self { action, suboperation: None, attributes: BTreeMap::new(), values: 0, bytes }
    }

    /// Sets the suboperation, such as `Blob.List`.
    #[must_use]
    pub fn suboperation(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.bytes += name.len();
        self.suboperation = Some(name);
        self
    }

    /// Adds an attribute.
    ///
    /// # Errors
    ///
    /// A key that is no attribute reference, a key that is already there, too many values.
    pub fn attribute(
        mut self,
        key: &str,
        value: impl Into<AttributeValue>,
    ) -> Result<Self, RequestError> {
        self.insert(AttributeKey::parse(key)?, value.into())?;
        Ok(self)
    }

    /// Removes an attribute, which makes it missing, and says whether it was there.
    pub fn remove(&mut self, key: &AttributeKey) -> bool {
        let removed = self.attributes.remove(key.normalised());
        if let Some((key, value)) = &removed {
            self.values -= value.values().len();
            self.bytes -= weight(key, value);
        }
        removed.is_some()
    }

    /// Reads a request from JSON.
    ///
    /// # Errors
    ///
    /// Text that is not JSON or not a request; the error names the field, what was expected and
    /// what was found.
    pub fn from_json(text: &str) -> Result<Self, RequestError> {
        if text.len() > MAX_REQUEST_BYTES {
            return Err(RequestError::TooLarge { found: text.len(), limit: MAX_REQUEST_BYTES });
        }
        let raw: Raw = serde_json::from_str(text).map_err(|error| RequestError::json(&error))?;
        raw.into_request()
    }

    /// Returns the action.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Returns the suboperation, if the request has one.
    #[must_use]
    pub fn suboperation_name(&self) -> Option<&str> {
        self.suboperation.as_deref()
    }

    /// Returns the value of an attribute, or `None` where it is missing.
    #[must_use]
    pub fn value(&self, key: &AttributeKey) -> Option<&AttributeValue> {
        self.attributes.get(key.normalised()).map(|(_, value)| value)
    }

    /// Returns every attribute, sorted by its normalised key.
    pub fn attributes(&self) -> impl Iterator<Item = (&AttributeKey, &AttributeValue)> {
        self.attributes.values().map(|(key, value)| (key, value))
    }

    /// Normalises the request once, for any number of evaluations.
    #[must_use]
    pub fn prepare(&self) -> PreparedRequest {
        PreparedRequest::new(self)
    }

    pub(crate) fn insert(
        &mut self,
        key: AttributeKey,
        value: AttributeValue,
    ) -> Result<(), RequestError> {
        if let Some((earlier, _)) = self.attributes.get(key.normalised()) {
            return Err(RequestError::DuplicateAttribute {
                key: key.to_string(),
                earlier: earlier.to_string(),
            });
        }
        if let Some(found) = value.values().iter().map(length).find(|bytes| *bytes > MAX_TEXT_BYTES)
        {
            let (key, limit) = (key.to_string(), MAX_TEXT_BYTES);
            return Err(RequestError::TextTooLong { key, found, limit });
        }
        self.values += value.values().len();
        self.bytes += weight(&key, &value);
        if self.attributes.len() >= MAX_ATTRIBUTES {
            return Err(RequestError::TooManyAttributes { limit: MAX_ATTRIBUTES });
        }
        if self.values > MAX_VALUES {
            return Err(RequestError::TooManyValues { limit: MAX_VALUES });
        }
        if self.bytes > MAX_REQUEST_BYTES {
            return Err(RequestError::TooLarge { found: self.bytes, limit: MAX_REQUEST_BYTES });
        }
        self.attributes.insert(key.normalised().to_owned(), (key, value));
        Ok(())
    }
}

/// Returns the bytes an attribute adds to its request.
fn weight(key: &AttributeKey, value: &AttributeValue) -> usize {
    key.as_str().len() + value.values().iter().map(length).sum::<usize>()
}

/// Returns the bytes of a text.
fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Integer(_) | Value::Boolean(_) => 0,
    }
}

impl Serialize for AccessRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Attributes<'r>(&'r AccessRequest);
        impl Serialize for Attributes<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer
                    .collect_map(self.0.attributes().map(|(key, value)| (key.as_str(), value)))
            }
        }
        let mut object = serializer.serialize_struct("AccessRequest", 3)?;
        object.serialize_field("action", &self.action)?;
        match &self.suboperation {
            Some(name) => object.serialize_field("suboperation", name)?,
            None => object.skip_field("suboperation")?,
        }
        object.serialize_field("attributes", &Attributes(self))?;
        object.end()
    }
}

impl<'de> Deserialize<'de> for AccessRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Raw::deserialize(deserializer)?.into_request().map_err(serde::de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for AttributeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Raw::deserialize(deserializer)?.into_value("value").map_err(serde::de::Error::custom)
    }
}
