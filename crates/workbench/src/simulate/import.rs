//! A table of requests that somebody pastes or opens: JSON, JSON Lines, or CSV with a header.

use crate::document::{MAX_REQUESTS, NamedRequest, decision, read_request, shown};
use abac_catalog::{Catalog, ValueType};
use abac_eval::{AccessRequest, AttributeKey, AttributeValue, Value};
use serde_json::Value as Json;

/// The largest table that is read, in bytes.
pub const MAX_IMPORT_BYTES: usize = 16 << 20;

/// Why a table was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It is too large.
    #[error("the table has {found} bytes; at most {MAX_IMPORT_BYTES} are read")]
    TooLarge {
        /// How many bytes it has.
        found: usize,
    },
    /// It has too many requests.
    #[error("the table has more than {MAX_REQUESTS} requests")]
    TooMany,
    /// It is empty.
    #[error("the table has no requests")]
    Empty,
    /// A line is no request.
    #[error("line {line}: {message}")]
    Line {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
    /// A request of a JSON list is none.
    #[error("{0}")]
    Request(String),
    /// The header has no column for the action.
    #[error(
        "the first line names the columns, and one has to be `action`; others are `name`, `expect`, `suboperation` and attributes such as `@Request[…]`"
    )]
    NoAction,
}

/// Reads a table.
///
/// JSON is a list of requests, each with `action`, `attributes` and perhaps `suboperation`, `name`
/// and `expect`, or an object with such a list in `requests`; JSON Lines is one such object a line.
/// CSV has a header; an empty cell is missing, a list is written as JSON.
///
/// # Errors
///
/// What is wrong, and in which line.
pub fn import(text: &str, catalog: &Catalog) -> Result<Vec<NamedRequest>, ImportError> {
    if text.len() > MAX_IMPORT_BYTES {
        return Err(ImportError::TooLarge { found: text.len() });
    }
    let text = text.trim_start_matches('\u{feff}');
    let requests = match text.trim_start().chars().next() {
        None => return Err(ImportError::Empty),
        Some('[') => list(text)?,
        Some('{') => match serde_json::from_str::<Json>(text) {
            Ok(Json::Object(mut fields)) => match fields.remove("requests") {
                Some(Json::Array(requests)) => of_list(requests)?,
                _ => lines(text)?,
            },
            _ => lines(text)?,
        },
        Some(_) => table(text, catalog)?,
    };
    if requests.is_empty() { Err(ImportError::Empty) } else { Ok(requests) }
}

fn list(text: &str) -> Result<Vec<NamedRequest>, ImportError> {
    let list: Vec<Json> = serde_json::from_str(text).map_err(|error| ImportError::Line {
        line: error.line() as u64,
        message: error.to_string(),
    })?;
    of_list(list)
}

fn of_list(list: Vec<Json>) -> Result<Vec<NamedRequest>, ImportError> {
    if list.len() > MAX_REQUESTS {
        return Err(ImportError::TooMany);
    }
    let one = |(index, value)| {
        read_request(&format!("request {}", index + 1), index, value)
            .map_err(|error| ImportError::Request(error.to_string()))
    };
    list.into_iter().enumerate().map(one).collect()
}

fn lines(text: &str) -> Result<Vec<NamedRequest>, ImportError> {
    // An object over several lines is one request.
    if let Ok(value) = serde_json::from_str::<Json>(text) {
        return of_list(vec![value]);
    }
    let mut requests = Vec::new();
    for (place, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        if requests.len() == MAX_REQUESTS {
            return Err(ImportError::TooMany);
        }
        let fail = |message: String| ImportError::Line { line: place as u64 + 1, message };
        let value = serde_json::from_str(line).map_err(|error| fail(error.to_string()))?;
        let named = read_request("the request", requests.len(), value)
            .map_err(|error| fail(error.to_string()))?;
        requests.push(named);
    }
    Ok(requests)
}

/// What a column of a table holds.
enum Column {
    Name,
    Expect,
    Action,
    Suboperation,
    Attribute(AttributeKey, Option<ValueType>),
    /// A column that is left out, such as a remark.
    Other,
}

fn table(text: &str, catalog: &Catalog) -> Result<Vec<NamedRequest>, ImportError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .has_headers(true)
        .from_reader(text.as_bytes());
    let broken = |error: &csv::Error| ImportError::Line {
        line: error.position().map_or(1, csv::Position::line),
        message: error.to_string(),
    };
    let header = reader.headers().map_err(|error| broken(&error))?;
    let columns = header.iter().map(|name| column(name.trim(), catalog));
    let columns: Vec<Column> = columns.collect::<Result<_, _>>()?;
    if !columns.iter().any(|column| matches!(column, Column::Action)) {
        return Err(ImportError::NoAction);
    }
    let mut requests = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        if requests.len() == MAX_REQUESTS {
            return Err(ImportError::TooMany);
        }
        let line = record.position().map_or(0, csv::Position::line);
        let named = row(&columns, &record, requests.len())
            .map_err(|message| ImportError::Line { line, message })?;
        requests.push(named);
    }
    Ok(requests)
}

/// Returns what parts the columns: what stands most in the first line, outside of references.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |byte: u8| first.bytes().filter(|one| *one == byte).count();
    [b'\t', b';'].into_iter().find(|byte| count(*byte) > count(b',')).unwrap_or(b',')
}

fn column(name: &str, catalog: &Catalog) -> Result<Column, ImportError> {
    Ok(match name.to_ascii_lowercase().as_str() {
        "name" => Column::Name,
        "expect" | "expected" => Column::Expect,
        "action" => Column::Action,
        "suboperation" => Column::Suboperation,
        _ if name.starts_with('@') => {
            let key = AttributeKey::parse(name)
                .map_err(|error| ImportError::Line { line: 1, message: error.to_string() })?;
            let (_, body) = name.trim_end_matches(']').split_once('[').unwrap_or_default();
            let value_type = catalog.find_attribute(body).and_then(|one| one.value_type());
            Column::Attribute(key, value_type)
        }
        _ => Column::Other,
    })
}

fn row(
    columns: &[Column],
    record: &csv::StringRecord,
    index: usize,
) -> Result<NamedRequest, String> {
    let (mut name, mut expect, mut action, mut suboperation) = (None, None, None, None);
    let mut attributes = Vec::new();
    for (column, cell) in columns.iter().zip(record) {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        match column {
            Column::Name => name = Some(cell.to_owned()),
            Column::Action => action = Some(cell),
            Column::Suboperation => suboperation = Some(cell),
            Column::Expect => {
                let wrong = || format!("`expect` is `{}`; write allow or deny", shown(cell));
                expect = Some(decision(cell).ok_or_else(wrong)?);
            }
            Column::Attribute(key, value_type) => {
                attributes.push((key.as_str(), value(cell, *value_type)?));
            }
            Column::Other => {}
        }
    }
    let action = action.ok_or("the action is missing")?;
    let mut request = AccessRequest::new(action);
    if let Some(name) = suboperation {
        request = request.suboperation(name);
    }
    for (key, value) in attributes {
        request = request.attribute(key, value).map_err(|error| error.to_string())?;
    }
    let name = name.unwrap_or_else(|| format!("Request {}", index + 1));
    Ok(NamedRequest { name, request, expect })
}

/// Reads a cell: a list in brackets, a value in quotes, or bare text of the attribute's type.
fn value(cell: &str, value_type: Option<ValueType>) -> Result<AttributeValue, String> {
    if cell.starts_with('[') {
        return serde_json::from_str(cell).map_err(|error| error.to_string());
    }
    let bare = || match cell {
        "true" | "TRUE" => Value::Boolean(true),
        "false" | "FALSE" => Value::Boolean(false),
        _ => cell.parse().map_or_else(|_| Value::from(cell), Value::Integer),
    };
    Ok(AttributeValue::One(match value_type {
        Some(ValueType::String | ValueType::Guid | ValueType::DateTime) => Value::from(cell),
        _ => bare(),
    }))
}

#[cfg(test)]
mod tests {
    use super::{ImportError, import};
    use abac_catalog::Catalog;

    fn read(text: &str) -> Result<Vec<String>, ImportError> {
        let found = import(text, Catalog::builtin())?;
        let one = |named: &crate::NamedRequest| {
            let request = serde_json::to_string(&named.request).unwrap();
            format!("{} {:?} {request}", named.name, named.expect.map(|one| one.as_str()))
        };
        Ok(found.iter().map(one).collect())
    }

    #[test]
    fn reads_every_form_alike() {
        let json = r#"{"name": "n", "action": "a", "attributes": {"@Resource[x:y]": "1"}, "expect": "deny"}"#;
        let expect =
            [r#"n Some("deny") {"action":"a","attributes":{"@Resource[x:y]":"1"}}"#.to_owned()];
        assert_eq!(read(json).unwrap(), expect);
        assert_eq!(read(&format!("[{json}]")).unwrap(), expect);
        assert_eq!(read(&format!("\u{feff}{{\"requests\": [{json}]}}")).unwrap(), expect);
        assert_eq!(read(&format!("{json}\n\n{json}\n")).unwrap().len(), 2);
        let key = "@Resource[Microsoft.Storage/storageAccounts:name]";
        for delimiter in [",", ";", "\t"] {
            let table = ["expect", "action", key, "remark"].join(delimiter)
                + "\nallowed"
                + delimiter
                + "a"
                + delimiter
                + "\"1\"\n";
            let expect =
                format!(r#"Request 1 Some("allow") {{"action":"a","attributes":{{"{key}":"1"}}}}"#);
            assert_eq!(read(&table).unwrap(), [expect]);
        }
    }

    #[test]
    fn types_of_cells_are_those_of_the_attribute() {
        let found = read(
            "action,@Environment[isPrivateLink],@Resource[x:y],@Request[x:list]\n\
             a,true,12,\"[\"\"b\"\",\"\"c\"\"]\"\n\
             a,,,\n",
        );
        let found = found.unwrap();
        assert!(found[0].contains(r#""@Environment[isPrivateLink]":true"#), "{found:?}");
        assert!(found[0].contains(r#""@Request[x:list]":["b","c"]"#), "{found:?}");
        assert!(found[0].contains(r#""@Resource[x:y]":12"#), "{found:?}");
        assert!(found[1].contains(r#""attributes":{}"#), "{found:?}");
    }

    #[test]
    fn says_which_line_is_wrong() {
        for (text, expect) in [
            ("", "the table has no requests"),
            ("action\n", "the table has no requests"),
            ("name,role\na,b\n", "one has to be `action`"),
            ("action,expect\na,allow\na,maybe\n", "line 3: `expect` is `maybe`"),
            ("action,@Request[\na,b\n", "line 1: "),
            ("{\"action\": \"a\"}\n{\"action\": 1}\n", "line 2: "),
            ("[{\"action\": \"a\"}, {}]", "`request 2`: `action` is missing"),
            ("[{\"action\"", "line 1: "),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(expect), "{text:?}: {error}");
        }
        let many = "action\n".to_owned() + &"a\n".repeat(10_001);
        assert_eq!(read(&many), Err(ImportError::TooMany));
    }
}
