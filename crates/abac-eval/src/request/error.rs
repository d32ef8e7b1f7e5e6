//! What can be wrong with a request; all of its wording.

use thiserror::Error;

/// Says why a text or a value is not a request.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The text is not JSON.
    #[error("not JSON: {message} (line {line}, column {column})")]
    Json {
        /// What the JSON reader says.
        message: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A field has a value of the wrong type.
    #[error("`{field}`: expected {expected}, found {found}")]
    WrongType {
        /// The path of the field.
        field: String,
        /// What belongs there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// A field that must be there is not.
    #[error("`{field}` is missing; a request names its action")]
    MissingField {
        /// The name of the field.
        field: &'static str,
    },
    /// A field that no request has.
    #[error("unknown field `{field}`, expected `action`, `suboperation` or `attributes`")]
    UnknownField {
        /// The name of the field.
        field: String,
    },
    /// A field that is there twice.
    #[error("`{field}` is there twice")]
    DuplicateField {
        /// The path of the field.
        field: String,
    },
    /// The key of an attribute is no attribute reference.
    #[error("`{key}` is not an attribute reference: {reason}")]
    AttributeKey {
        /// The key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Two keys name the same attribute.
    #[error("`{key}` names the same attribute as `{earlier}`")]
    DuplicateAttribute {
        /// The second key.
        key: String,
        /// The first key.
        earlier: String,
    },
    /// The text behind an attribute reference is no value.
    #[error("`{text}`: {reason}")]
    Assignment {
        /// The text.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// One text of the request is too long.
    #[error("`{key}` has a text of {found} bytes, one may have {limit}")]
    TextTooLong {
        /// The attribute.
        key: String,
        /// How many bytes the text has.
        found: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The request is too large.
    #[error("{found} bytes, a request may have {limit}")]
    TooLarge {
        /// How many bytes it has.
        found: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The request has too many attributes.
    #[error("more than {limit} attributes")]
    TooManyAttributes {
        /// How many it may have.
        limit: usize,
    },
    /// The attributes of the request have too many values.
    #[error("more than {limit} values")]
    TooManyValues {
        /// How many they may have together.
        limit: usize,
    },
}

impl RequestError {
    pub(crate) fn json(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        // The place is told once, in our words.
        let place = format!(" at line {line} column {column}");
        let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
        Self::Json { message, line, column }
    }
}
