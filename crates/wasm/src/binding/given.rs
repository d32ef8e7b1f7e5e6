//! What JavaScript gives: taken, measured and read.

use super::{MAX_CONDITION, guard};
use crate::answer::Failure;
use abac_eval::{AccessRequest, MAX_REQUEST_BYTES, PreparedRequest};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::JsValue;

/// The largest options that are taken, in UTF-16 code units of their JSON.
const MAX_OPTIONS: u32 = 8 << 20;

/// How many requests one list may hold.
const MAX_BATCH: u32 = 1_000_000;

/// How much the requests of one list may weigh together, in bytes of their JSON.
const MAX_BATCH_BYTES: usize = 256 << 20;

/// The arguments of most functions.
pub(super) struct Given<'v> {
    pub(super) condition: &'v JsValue,
    pub(super) options: &'v JsValue,
}

impl Given<'_> {
    /// Reads the arguments and calls a function with them.
    pub(super) fn with<O: DeserializeOwned, T>(
        self,
        call: impl FnOnce(&str, O) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let condition = text("condition", self.condition, MAX_CONDITION)?;
        call(&condition, options(self.options)?)
    }
}

/// Reads a string.
pub(super) fn text(name: &str, value: &JsValue, limit: u32) -> Result<String, Failure> {
    taken(guard::text_of(value, limit), name, "a string", limit)
}

/// Reads a document: a string, or an object in place of its JSON.
#[cfg(feature = "full")]
pub(super) fn document(name: &str, value: &JsValue, limit: u32) -> Result<String, Failure> {
    taken(guard::document_of(value, limit), name, "a string or an object", limit)
}

/// Reads options; none at all are the same as none of them.
pub(super) fn options<O: DeserializeOwned>(value: &JsValue) -> Result<O, Failure> {
    let json = taken(guard::json_of(value, MAX_OPTIONS), "options", "an object", MAX_OPTIONS)?;
    let json = if json.is_empty() { "{}" } else { &json };
    serde_json::from_str(json).map_err(|error| {
        let message = error.to_string();
        // The place counts in the JSON that was made of the object, which nobody has seen.
        let message = message.split(" at line ").next().unwrap_or(&message);
        Failure::new("options", diagnostics::expected_first(message))
    })
}

/// Reads one request.
pub(super) fn request(value: &JsValue) -> Result<AccessRequest, Failure> {
    const LIMIT: u32 = MAX_REQUEST_BYTES as u32;
    let json = taken(guard::json_of(value, LIMIT), "request", "an object", LIMIT)?;
    if json.is_empty() {
        return Err(wrong_type("request", "an object", "nothing"));
    }
    crate::request(&json)
}

/// Reads and prepares a list of requests.
pub(super) fn requests(list: &JsValue) -> Result<Vec<PreparedRequest>, Failure> {
    const LIMIT: u32 = MAX_REQUEST_BYTES as u32;
    let length = guard::length_of(list);
    if length < 0.0 {
        return Err(wrong_type("requests", "a list", "something else"));
    }
    if length > f64::from(MAX_BATCH) {
        return Err(too_large("requests", &format!("{MAX_BATCH} requests")));
    }
    let mut prepared = Vec::new();
    let mut bytes = 0_usize;
    for index in (0..MAX_BATCH).take_while(|index| f64::from(*index) < length) {
        let name = format!("requests[{index}]");
        let json = taken(guard::item_of(list, index, LIMIT), &name, "an object", LIMIT)?;
        bytes = bytes.saturating_add(json.len());
        if bytes > MAX_BATCH_BYTES {
            return Err(too_large("requests", &format!("{MAX_BATCH_BYTES} bytes of JSON")));
        }
        let request = crate::request(&json)
            .map_err(|error| Failure { message: format!("{name}: {}", error.message), ..error })?;
        prepared.push(request.prepare());
    }
    Ok(prepared)
}

/// Returns what `guard.js` took, or says in words why it did not.
fn taken(given: String, name: &str, expected: &str, limit: u32) -> Result<String, Failure> {
    let Some(fault) = given.strip_prefix('!') else {
        return Ok(given.strip_prefix('=').unwrap_or_default().to_owned());
    };
    let (fault, detail) = fault.split_once(':').unwrap_or((fault, ""));
    let field = match detail {
        "" => String::new(),
        key => format!(", in `{key}`"),
    };
    let wrong = |message: String| Failure::new("wrong-type", message);
    Err(match fault {
        "type" => wrong_type(name, expected, detail),
        "large" => too_large(name, &format!("{limit} characters")),
        "surrogate" => wrong(format!("`{name}` has half a character (a lone surrogate){field}"))
            .help("`toWellFormed()` replaces it"),
        "cyclic" => wrong(format!("`{name}` contains itself")),
        "number" => wrong(format!("`{name}` has a number that JSON cannot hold exactly{field}"))
            .help("whole numbers beyond 9007199254740991 are given as BigInt, of 64 bits at most"),
        "value" => wrong(format!("`{name}` has something that is no JSON{field}"))
            .help("JSON has strings, numbers, true, false, null, lists and plain objects"),
        _ => wrong(format!("`{name}` cannot be read: it throws when it is looked at")),
    })
}

pub(super) fn wrong_type(name: &str, expected: &str, found: &str) -> Failure {
    Failure::new("wrong-type", format!("`{name}`: expected {expected}, found {found}"))
}

fn too_large(name: &str, limit: &str) -> Failure {
    Failure::new("too-large", format!("`{name}` is too large; {limit} are taken"))
}
