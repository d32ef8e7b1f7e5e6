//! Conditions in JSON Lines.

use super::read::not_json;
use super::{Input, Read};
use crate::failure::Failure;
use diagnostics::{Record, SourceReport};
use serde_json::{Map, Value};
use std::path::Path;

/// How many lines that cannot be read are told one by one.
const MAX_FAILURES: usize = 20;

/// Reads the records of a file: objects with `condition` or `text`, and perhaps an `id`. Empty lines
/// are passed over.
pub(crate) fn records(path: &Path, text: &str) -> Read {
    let name = path.display().to_string();
    let mut read = Read::default();
    let mut more = 0_usize;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in (1_u32..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match record(&name, number, line) {
            Ok((id, text)) => read.inputs.push(Input {
                name: name.clone(),
                path: Some(path.to_owned()),
                record: Some(Record { line: number, id }),
                text,
            }),
            Err(failure) if read.failures.len() < MAX_FAILURES => read.failures.push(failure),
            Err(_) => more += 1,
        }
    }
    if more > 0 {
        let lines = if more == 1 { "line" } else { "lines" };
        read.failures.push(Failure::new(format!("`{name}`: {more} more {lines} cannot be read")));
    }
    if read.inputs.is_empty() && read.failures.is_empty() {
        read.failures
            .push(Failure::new(format!("`{name}` has no conditions; every line is empty")));
    }
    read
}

fn record(name: &str, number: u32, line: &str) -> Result<(Option<String>, String), Failure> {
    let place = format!("{name}:{number}");
    let wrong = |message: &str| {
        Failure::new(format!("{place}: {message}"))
            .help("every line is an object such as {\"id\": \"1\", \"condition\": \"…\"}")
    };
    let value: Value = serde_json::from_str(line).map_err(|error| {
        let finding = not_json(line, &error);
        Failure::findings(SourceReport::file(name, line, vec![finding]).record(number, None))
    })?;
    let Value::Object(mut object) = value else {
        return Err(wrong(&format!("expected an object, found {}", describe(&value))));
    };
    let id = match object.remove("id") {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(other) => {
            return Err(wrong(&format!("`id`: expected a string, found {}", describe(&other))));
        }
    };
    match (text(&mut object, "condition"), text(&mut object, "text")) {
        (Some(Ok(text)), _) | (None, Some(Ok(text))) => Ok((id, text)),
        (Some(Err(message)), _) | (None, Some(Err(message))) => Err(wrong(&message)),
        (None, None) => Err(wrong("the object has neither `condition` nor `text`")),
    }
}

fn text(object: &mut Map<String, Value>, field: &str) -> Option<Result<String, String>> {
    Some(match object.remove(field)? {
        Value::String(text) => Ok(text),
        other => Err(format!("`{field}`: expected a string, found {}", describe(&other))),
    })
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(value) => format!("the number {value}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
