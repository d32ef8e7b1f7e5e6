//! A document as a file.

use super::{Document, NamedRequest};
use crate::delivery::Form;
use abac_eval::{AccessRequest, Decision};
use serde_json::{Map, Value, json};

/// The version of the file form that is written; every version up to it is read.
pub const VERSION: u64 = 1;

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 4 << 20;

/// How many requests a document may have.
pub(crate) const MAX_REQUESTS: usize = 10_000;

/// A document that was read, and what was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The document.
    pub document: Document,
    /// What was in the file and was not understood, one sentence each.
    pub notes: Vec<String>,
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// It is too large.
    #[error("the file has {found} bytes; at most {MAX_FILE_BYTES} are read")]
    TooLarge {
        /// How many bytes it has.
        found: usize,
    },
    /// It is no JSON.
    #[error("this is no JSON: {reason}")]
    NotJson {
        /// What the reader says, with line and column.
        reason: String,
    },
    /// It is JSON, and no document of grantif.
    #[error("this is no grantif document: it has no field `grantif` with the version of the form")]
    NotADocument,
    /// A later version wrote it.
    #[error(
        "the document is of version {found}, and this editor knows version {VERSION}; reload the page to get the newest editor"
    )]
    FromTheFuture {
        /// The version.
        found: u64,
    },
    /// A field holds something else than it should.
    #[error("`{field}` should be {expected}")]
    WrongType {
        /// The field, `requests[2].name`.
        field: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A request of the table is none.
    #[error("`{field}`: {reason}")]
    Request {
        /// The field.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The table is too long.
    #[error("the document has {found} requests; at most {MAX_REQUESTS} are read")]
    TooManyRequests {
        /// How many there are.
        found: usize,
    },
}

impl Document {
    /// Writes the document as a file, in the newest version.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.to_value()).unwrap_or_default();
        text.push('\n');
        text
    }

    pub(crate) fn to_value(&self) -> Value {
        let mut file = Map::new();
        file.insert("grantif".to_owned(), json!(VERSION));
        file.insert("name".to_owned(), json!(self.name));
        file.insert("condition".to_owned(), json!(self.condition));
        if let Some(role) = &self.role {
            file.insert("role".to_owned(), json!(role));
        }
        if !self.requests.is_empty() {
            let requests = self.requests.iter().map(request_value).collect();
            file.insert("requests".to_owned(), Value::Array(requests));
        }
        if self.delivery != Form::default() {
            file.insert("delivery".to_owned(), json!(self.delivery));
        }
        if let Some(policy) = &self.policy {
            file.insert("policy".to_owned(), json!(policy));
        }
        Value::Object(file)
    }

    /// Reads a file. Fields that are missing are empty, fields that are not known are passed over
    /// and told.
    ///
    /// # Errors
    ///
    /// Text that is too large or no JSON, JSON that is no document, a document of a later version,
    /// and fields of another type than they should have.
    pub fn from_json(text: &str) -> Result<Opened, FileError> {
        if text.len() > MAX_FILE_BYTES {
            return Err(FileError::TooLarge { found: text.len() });
        }
        // The reader itself bounds the depth.
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| FileError::NotJson { reason: error.to_string() })?;
        let Value::Object(fields) = value else { return Err(FileError::NotADocument) };
        match fields.get("grantif").map(Value::as_u64) {
            Some(Some(1..=VERSION)) => {}
            Some(Some(found)) if found > VERSION => {
                return Err(FileError::FromTheFuture { found });
            }
            _ => return Err(FileError::NotADocument),
        }
        read(fields)
    }
}

fn read(fields: Map<String, Value>) -> Result<Opened, FileError> {
    let mut document = Document::empty();
    let mut notes = Vec::new();
    for (field, value) in fields {
        if value.is_null() {
            continue;
        }
        match field.as_str() {
            "grantif" => {}
            "name" => document.name = text(&field, value)?,
            "condition" => document.condition = text(&field, value)?,
            "role" => document.role = Some(text(&field, value)?),
            "policy" => document.policy = Some(text(&field, value)?),
            "requests" => document.requests = requests(value)?,
            "delivery" => {
                document.delivery = serde_json::from_value(value).map_err(|error| {
                    FileError::Request { field: field.clone(), reason: error.to_string() }
                })?;
            }
            _ => notes
                .push(format!("the field `{}` is not known and was passed over", shown(&field))),
        }
    }
    notes.truncate(20);
    Ok(Opened { document, notes })
}

fn text(field: &str, value: Value) -> Result<String, FileError> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(FileError::WrongType { field: field.to_owned(), expected: "a text" }),
    }
}

fn requests(value: Value) -> Result<Vec<NamedRequest>, FileError> {
    let Value::Array(list) = value else {
        return Err(FileError::WrongType { field: "requests".to_owned(), expected: "a list" });
    };
    if list.len() > MAX_REQUESTS {
        return Err(FileError::TooManyRequests { found: list.len() });
    }
    let place = |(index, value)| request(&format!("requests[{index}]"), index, value);
    list.into_iter().enumerate().map(place).collect()
}

/// Reads one request with its name and expectation beside its own fields.
pub(crate) fn request(place: &str, index: usize, value: Value) -> Result<NamedRequest, FileError> {
    let Value::Object(mut fields) = value else {
        return Err(FileError::WrongType { field: place.to_owned(), expected: "an object" });
    };
    let name = match fields.remove("name") {
        None | Some(Value::Null) => format!("Request {}", index + 1),
        Some(name) => text(&format!("{place}.name"), name)?,
    };
    let expect = match fields.remove("expect") {
        None | Some(Value::Null) => None,
        Some(value) => Some(value.as_str().and_then(decision).ok_or(FileError::WrongType {
            field: format!("{place}.expect"),
            expected: "`allow` or `deny`",
        })?),
    };
    let request: AccessRequest =
        serde_json::from_value(Value::Object(fields)).map_err(|error| FileError::Request {
            field: place.to_owned(),
            reason: error.to_string(),
        })?;
    Ok(NamedRequest { name, request, expect })
}

/// Reads an expectation, in words that people use for it.
pub(crate) fn decision(text: &str) -> Option<Decision> {
    match text.trim().to_ascii_lowercase().as_str() {
        "allow" | "allowed" => Some(Decision::Allow),
        "deny" | "denied" => Some(Decision::Deny),
        _ => None,
    }
}

fn request_value(named: &NamedRequest) -> Value {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), json!(named.name));
    if let Value::Object(request) = json!(named.request) {
        fields.extend(request);
    }
    if let Some(expect) = named.expect {
        fields.insert("expect".to_owned(), json!(expect.as_str()));
    }
    Value::Object(fields)
}

/// Cuts a text that goes into a message.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{FileError, Opened, VERSION};
    use crate::Document;

    #[test]
    fn a_document_comes_back_from_its_file() {
        let document = Document::example();
        let opened = Document::from_json(&document.to_json()).unwrap();
        assert_eq!(opened, Opened { document, notes: Vec::new() });
    }

    #[test]
    fn what_is_missing_is_empty_and_what_is_not_known_is_told() {
        let opened = Document::from_json(r#"{"grantif": 1, "colour": "red"}"#).unwrap();
        assert_eq!(opened.document, Document::empty());
        assert_eq!(opened.notes, ["the field `colour` is not known and was passed over"]);
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, expect) in [
            ("{", "this is no JSON: EOF while parsing an object at line 1 column 1"),
            (
                "[]",
                "this is no grantif document: it has no field `grantif` with the version of the form",
            ),
            (r#"{"grantif": 1, "name": 4}"#, "`name` should be a text"),
            (
                r#"{"grantif": 1, "requests": [{"name": "a"}]}"#,
                "`requests[0]`: `action` is missing",
            ),
            (
                r#"{"grantif": 1, "requests": [{"action": "a", "expect": "maybe"}]}"#,
                "`requests[0].expect` should be `allow` or `deny`",
            ),
        ] {
            let error = Document::from_json(text).unwrap_err().to_string();
            assert!(error.contains(expect), "{error}");
        }
        let later = format!(r#"{{"grantif": {}}}"#, VERSION + 1);
        let error = Document::from_json(&later).unwrap_err();
        assert_eq!(error, FileError::FromTheFuture { found: VERSION + 1 });
        assert!(matches!(
            Document::from_json(&"[".repeat(100_000)),
            Err(FileError::NotJson { .. })
        ));
    }
}
