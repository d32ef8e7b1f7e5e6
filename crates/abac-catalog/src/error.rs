//! What can be wrong with what users add.

use thiserror::Error;

/// Why an addition to the catalog was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// The text is longer than the catalog reads.
    #[error("role definitions are {found} bytes long, at most {limit} are read")]
    TooLarge {
        /// Bytes found.
        found: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// The text is not JSON.
    #[error("role definitions are not JSON: line {line}, column {column}: {reason}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the JSON parser says.
        reason: String,
    },
    /// A place in the JSON holds something else than a role definition needs there.
    #[error("role definitions: at {path}: expected {expected}, found {found}")]
    NotARoleDefinition {
        /// Where, `[2].permissions[0].actions`.
        path: String,
        /// What belongs there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// A text that should be a GUID is not.
    #[error("expected a GUID, found `{found}`")]
    NotAGuid {
        /// The text.
        found: String,
    },
    /// The name of a custom security attribute is not of the form `Set_Name`.
    #[error(
        "expected the name of a custom security attribute as `Set_Name`, found `{found}`: {reason}"
    )]
    NotAnAttributeName {
        /// The text.
        found: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A custom security attribute has a type that Microsoft Entra does not know.
    #[error("custom security attribute `{name}`: {reason}")]
    NotAnAttributeType {
        /// The attribute.
        name: String,
        /// What is wrong with its type.
        reason: &'static str,
    },
}

/// No role has this name or GUID.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown role `{role}`")]
pub struct UnknownRole {
    /// What was asked for.
    pub role: String,
    /// The name of the role that was probably meant.
    pub suggestion: Option<String>,
}
