//! The table of requests as a file for `grantif test`.

use super::table;
use crate::condition::Condition;
use crate::document::NamedRequest;
use serde::Serialize;
use std::collections::BTreeSet;

/// Writes the condition and its requests as a test file. A request of which nothing is expected is
/// expected to give what it gives now. `None` where there is no request, since a test file has at
/// least one.
#[must_use]
pub fn export(condition: &Condition, requests: &[NamedRequest]) -> Option<String> {
    if requests.is_empty() {
        return None;
    }
    let mut out = format!("condition = {}\n", multiline(condition.text()));
    let mut names = BTreeSet::new();
    for (named, row) in requests.iter().zip(table(condition, requests)) {
        let expect = named.expect.unwrap_or(row.decision);
        out.push_str("\n[[test]]\n");
        out.push_str(&format!("name = {}\n", quoted(unique(&named.name, &mut names))));
        out.push_str(&format!("action = {}\n", quoted(named.request.action())));
        if let Some(name) = named.request.suboperation_name() {
            out.push_str(&format!("suboperation = {}\n", quoted(name)));
        }
        out.push_str(&format!("expect = {}\n", quoted(expect.as_str())));
        let mut attributes = named.request.attributes().peekable();
        if attributes.peek().is_some() {
            out.push_str("[test.attributes]\n");
        }
        for (key, value) in attributes {
            out.push_str(&format!("{} = {}\n", quoted(key.as_str()), quoted(value)));
        }
    }
    Some(out)
}

/// Tests are told apart by their names.
fn unique(name: &str, names: &mut BTreeSet<String>) -> String {
    let name = if name.trim().is_empty() { "request" } else { name };
    let mut unique = name.to_owned();
    let mut number = 2;
    while !names.insert(unique.clone()) {
        unique = format!("{name} ({number})");
        number += 1;
    }
    unique
}

/// Writes a value as JSON does, which TOML reads alike but for one character.
fn quoted(value: impl Serialize) -> String {
    let text = serde_json::to_string(&value).unwrap_or_else(|_| "\"\"".to_owned());
    text.replace('\u{7f}', "\\u007f")
}

/// Writes a text over several lines where it can stand as it is.
fn multiline(text: &str) -> String {
    let plain = |character: char| !character.is_control() || character == '\n' || character == '\t';
    if text.contains("'''") || text.ends_with('\'') || !text.chars().all(plain) {
        return quoted(text);
    }
    format!("'''\n{text}\n'''")
}

#[cfg(test)]
mod tests {
    use super::export;
    use crate::{Condition, Document};
    use abac_eval::{AccessRequest, Decision, Suite};

    fn exported(document: &Document) -> Suite {
        let text = export(&Condition::read(&*document.condition), &document.requests).unwrap();
        Suite::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    #[test]
    fn the_example_passes_its_own_tests() {
        let report = exported(&Document::example()).run(|_| Err("not read".to_owned())).unwrap();
        assert_eq!((report.results.len(), report.failed()), (6, 0));
    }

    #[test]
    fn everything_that_can_be_in_a_request_comes_through() {
        let request = AccessRequest::new("a\"b\\c\u{7f}\u{1}'''")
            .suboperation("s'")
            .attribute("@Resource[x:é <k<$key_case_sensitive$>]", "a\nb\t\"'")
            .and_then(|one| one.attribute("@Request[x:n]", -4_i64))
            .and_then(|one| one.attribute("@Request[x:list]", ["a", "b"]))
            .and_then(|one| one.attribute("@Environment[isPrivateLink]", true))
            .unwrap();
        let named = crate::NamedRequest { name: " ".to_owned(), request, expect: None };
        let mut document = Document::example();
        document.condition = "@Resource[a:b] StringEquals 'it''s'\r\n".to_owned();
        document.requests = vec![named.clone(), named.clone()];
        let suite = exported(&document);
        assert_eq!(suite.tests()[0].request, named.request);
        assert_eq!(suite.tests()[0].expect, Decision::Deny);
        assert_eq!(suite.tests()[1].name, "request (2)");
        let Ok(report) = suite.run(|_| Err("not read".to_owned())) else { panic!() };
        assert_eq!(report.condition, document.condition);
    }
}
