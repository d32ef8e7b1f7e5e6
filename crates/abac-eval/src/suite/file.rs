//! The file format of test suites, in TOML.

use super::{MAX_SUITE_BYTES, Suite, SuiteCondition, SuiteError, SuiteTest};
use crate::decision::Decision;
use crate::key::AttributeKey;
use crate::request::{AccessRequest, Raw, RequestError};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    condition: Option<String>,
    condition_file: Option<String>,
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    test: Vec<Test>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Defaults {
    action: Option<String>,
    suboperation: Option<String>,
    #[serde(default)]
    attributes: Attributes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Test {
    name: String,
    action: Option<String>,
    suboperation: Option<String>,
    #[serde(default)]
    attributes: Attributes,
    #[serde(default)]
    without: Vec<String>,
    expect: Decision,
    because: Option<String>,
}

type Attributes = BTreeMap<String, toml::Value>;

impl Suite {
    /// Reads a test file.
    ///
    /// # Errors
    ///
    /// Text that is no TOML, unknown fields, no condition or two, no test, two tests of one name,
    /// and requests that are none.
    pub fn from_toml(text: &str) -> Result<Self, SuiteError> {
        if text.len() > MAX_SUITE_BYTES {
            return Err(SuiteError::TooLarge { found: text.len(), limit: MAX_SUITE_BYTES });
        }
        let file: File = toml::from_str(text).map_err(|error| SuiteError::toml(text, &error))?;
        let condition = match (file.condition, file.condition_file) {
            (Some(text), None) => SuiteCondition::Inline(text),
            (None, Some(path)) => SuiteCondition::File(path),
            (None, None) => return Err(SuiteError::NoCondition),
            (Some(_), Some(_)) => return Err(SuiteError::TwoConditions),
        };
        if file.test.is_empty() {
            return Err(SuiteError::Empty);
        }
        let defaults = read(&file.defaults.attributes)
            .map_err(|error| SuiteError::Request { place: "`[defaults]`".to_owned(), error })?;
        let mut names = HashSet::new();
        let mut tests = Vec::with_capacity(file.test.len());
        for (index, test) in file.test.into_iter().enumerate() {
            if test.name.trim().is_empty() {
                return Err(SuiteError::Unnamed { number: index + 1 });
            }
            if !names.insert(test.name.clone()) {
                return Err(SuiteError::DuplicateName { name: test.name });
            }
            let request = request(&test, &file.defaults, &defaults)?;
            let Test { name, expect, because, .. } = test;
            tests.push(SuiteTest { name, request, expect, because });
        }
        Ok(Self { condition, tests })
    }
}

/// Reads attributes apart from any request.
fn read(attributes: &Attributes) -> Result<AccessRequest, RequestError> {
    let mut request = AccessRequest::new("");
    for (key, value) in attributes {
        request.insert_raw(key, raw(value))?;
    }
    Ok(request)
}

/// Joins a test with the defaults: its own attributes first, then those of the defaults that it
/// neither names nor leaves out.
fn request(
    test: &Test,
    defaults: &Defaults,
    shared: &AccessRequest,
) -> Result<AccessRequest, SuiteError> {
    let fail = |error| SuiteError::Request { place: format!("test `{}`", test.name), error };
    let action = test.action.as_ref().or(defaults.action.as_ref());
    let action = action.ok_or_else(|| SuiteError::NoAction { test: test.name.clone() })?;
    let empty = |field: &str| RequestError::WrongType {
        field: field.to_owned(),
        expected: "a name",
        found: "an empty string".to_owned(),
    };
    if action.trim().is_empty() {
        return Err(fail(empty("action")));
    }
    let own = read(&test.attributes).map_err(fail)?;
    let mut without = Vec::new();
    let mut suboperation = test.suboperation.as_ref().or(defaults.suboperation.as_ref());
    for name in &test.without {
        if name == "suboperation" {
            suboperation = None;
        } else {
            without.push(AttributeKey::parse(name).map_err(fail)?);
        }
    }
    let mut request = AccessRequest::new(action);
    if let Some(name) = suboperation {
        if name.trim().is_empty() {
            return Err(fail(empty("suboperation")));
        }
        request = request.suboperation(name);
    }
    let kept = shared.attributes().filter(|(key, _)| own.value(key).is_none());
    for (key, value) in own.attributes().chain(kept.filter(|(key, _)| !without.contains(key))) {
        request.insert(key.clone(), value.clone()).map_err(fail)?;
    }
    Ok(request)
}

fn raw(value: &toml::Value) -> Raw {
    match value {
        toml::Value::String(text) => Raw::String(text.clone()),
        toml::Value::Integer(number) => Raw::Integer(*number),
        toml::Value::Float(number) => Raw::Number(number.to_string()),
        toml::Value::Boolean(value) => Raw::Boolean(*value),
        // TOML's own date-times are written as Azure writes them.
        toml::Value::Datetime(instant) => Raw::String(instant.to_string()),
        toml::Value::Array(values) => Raw::List(values.iter().map(raw).collect()),
        toml::Value::Table(fields) => {
            Raw::Object(fields.iter().map(|(key, value)| (key.clone(), raw(value))).collect())
        }
    }
}

impl SuiteError {
    fn toml(text: &str, error: &toml::de::Error) -> Self {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        Self::Toml { message: error.message().to_owned(), line }
    }
}
