//! JSON with the place of every value, read as far as it can be.

mod recover;

use diagnostics::{Diagnostic, Severity, Span};
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Number, Value};

/// The largest text that is read, in bytes; anything longer is answered with one error.
pub const MAX_DOCUMENT_BYTES: usize = 8 << 20;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Field>),
}

/// A name in an object and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) value: Node,
}

impl Node {
    /// Returns the field of an object; the last one, as most readers do, if there are several.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.fields().iter().rev().find(|field| field.name == name).map(|field| &field.value)
    }

    /// Returns the field whose name differs in case at most.
    pub(crate) fn get_any_case(&self, name: &str) -> Option<&Self> {
        let same = |field: &&Field| field.name.eq_ignore_ascii_case(name);
        self.get(name).or_else(|| self.fields().iter().rev().find(same).map(|field| &field.value))
    }

    /// Follows names separated by full stops.
    pub(crate) fn at(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |node, name| node.get_any_case(name))
    }

    pub(crate) fn fields(&self) -> &[Field] {
        match &self.kind {
            Kind::Object(fields) => fields,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::Array(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) const fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// Returns the words for what it is.
    pub(crate) const fn noun(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "an object",
        }
    }

    /// Returns the value without its places.
    pub(crate) fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(text) => {
                text.parse::<Number>().map_or_else(|_| Value::String(text.clone()), Value::Number)
            }
            Kind::String(text) => Value::String(text.clone()),
            Kind::Array(items) => items.iter().map(Self::to_json).collect(),
            Kind::Object(fields) => {
                let pair = |field: &Field| (field.name.clone(), field.value.to_json());
                Value::Object(fields.iter().map(pair).collect::<Map<_, _>>())
            }
        }
    }
}

/// What was read of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    pub(crate) root: Option<Node>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

const OPTIONS: ParseOptions = ParseOptions {
    // Templates may have comments.
    allow_comments: true,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

impl Document {
    /// Reads a text; what stands in front of a fault is read all the same.
    pub(crate) fn read(source: &str) -> Self {
        let error = |span: Span, message: String| {
            Diagnostic::new("pim-malformed-json", Severity::Error, span, message)
        };
        if source.len() > MAX_DOCUMENT_BYTES {
            let message = format!(
                "the text has {} bytes, and {MAX_DOCUMENT_BYTES} are read at most",
                source.len()
            );
            return Self { root: None, diagnostics: vec![error(Span::at(0), message)] };
        }
        let base = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let text = source.get(base..).unwrap_or("");
        if let Some(at) = recover::too_deep(text) {
            let message = format!("objects and lists may nest {} deep", recover::MAX_DEPTH);
            let found = error(span(at, at + 1, base), message);
            return Self { root: None, diagnostics: vec![found] };
        }
        match parse_to_ast(text, &CollectOptions::default(), &OPTIONS) {
            Ok(result) => match result.value {
                Some(value) => {
                    let root = Some(node(&value, base, text.len()));
                    Self { root, diagnostics: Vec::new() }
                }
                None => {
                    let found = error(Span::at(0), "there is no JSON in the text".to_owned());
                    Self { root: None, diagnostics: vec![found] }
                }
            },
            Err(problem) => {
                use jsonc_parser::errors::ParseErrorKind as Kind;
                let range = problem.range();
                // The parser points to where an unclosed object starts, and the fault is the end.
                let is_cut = matches!(
                    problem.kind(),
                    Kind::UnterminatedObject | Kind::UnterminatedArray | Kind::ExpectedObjectValue
                );
                let fault = if is_cut { text.len() } else { range.start };
                let at = if is_cut {
                    span(fault, fault, base)
                } else {
                    span(range.start, range.end, base)
                };
                let place = recover::place(text, fault);
                let mut message = lower(&problem.kind().to_string());
                if !place.path.is_empty() {
                    message.push_str(&format!(", in `{}`", place.path));
                }
                let root = place.repaired(text).and_then(|repaired| {
                    let result =
                        parse_to_ast(&repaired, &CollectOptions::default(), &OPTIONS).ok()?;
                    result.value.map(|value| node(&value, base, place.end))
                });
                let found = error(at, message);
                let found = match root {
                    Some(_) => found.help("what stands in front of it was checked all the same"),
                    None => found,
                };
                Self { root, diagnostics: vec![found] }
            }
        }
    }
}

fn lower(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}

fn span(start: usize, end: usize, base: usize) -> Span {
    let offset = |value: usize| u32::try_from(value + base).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}

/// Takes over a value; what was added behind `end`, to close what was open, is in no span.
// Invariant: nothing deeper than `MAX_DEPTH` comes here, so the recursion is bounded.
fn node(value: &ast::Value<'_>, base: usize, end: usize) -> Node {
    let place = |range: jsonc_parser::common::Range| span(range.start, range.end.min(end), base);
    let kind = match value {
        ast::Value::NullKeyword(_) => Kind::Null,
        ast::Value::BooleanLit(literal) => Kind::Bool(literal.value),
        ast::Value::NumberLit(literal) => Kind::Number(literal.value.to_owned()),
        ast::Value::StringLit(literal) => Kind::String(literal.value.to_string()),
        ast::Value::Array(array) => {
            Kind::Array(array.elements.iter().map(|item| node(item, base, end)).collect())
        }
        ast::Value::Object(object) => {
            let field = |property: &ast::ObjectProp<'_>| Field {
                name: property.name.as_str().to_owned(),
                name_span: place(property.name.range()),
                value: node(&property.value, base, end),
            };
            Kind::Object(object.properties.iter().map(field).collect())
        }
    };
    Node { span: place(value.range()), kind }
}

/// Returns for every byte of a string's value, and for its end, where it stands in the source.
pub(crate) fn literal_places(source: &str, literal: Span) -> Vec<u32> {
    let mut places = Vec::new();
    let inside = literal.of(source);
    let Some(inside) = inside.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest))
    else {
        return places;
    };
    let mut at = literal.start + 1;
    let mut characters = inside.chars();
    while let Some(one) = characters.next() {
        let rest = characters.as_str();
        let (raw, decoded) = if one != '\\' {
            (one.len_utf8(), one.len_utf8())
        } else if let Some(code) = rest.strip_prefix('u').and_then(|rest| rest.get(..4)) {
            let code = u32::from_str_radix(code, 16).unwrap_or(0);
            characters.nth(4);
            let low = characters.as_str().strip_prefix("\\u").filter(|_| code & 0xFC00 == 0xD800);
            match low {
                Some(_) => {
                    characters.nth(5);
                    (12, 4)
                }
                None => (6, char::from_u32(code).map_or(3, char::len_utf8)),
            }
        } else {
            characters.next();
            (2, 1)
        };
        places.extend(std::iter::repeat_n(at, decoded));
        at += u32::try_from(raw).unwrap_or(0);
    }
    places.push(at);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_text() {
        let source = "\u{feff}{\"a\": {\"b\": [1, \"x\"]}} // comment";
        let document = Document::read(source);
        let root = document.root.unwrap();
        assert!(document.diagnostics.is_empty());
        let list = root.at("a.b").unwrap();
        assert_eq!(list.span.of(source), "[1, \"x\"]");
        assert_eq!(list.items()[1].span.of(source), "\"x\"");
    }

    #[test]
    fn places_end_where_the_text_was_repaired() {
        for source in [r#"{"a": {"b": [1,é"#, r#"{"a": {"b": ["x"é"#] {
            let root = Document::read(source).root.unwrap();
            for path in ["a", "a.b"] {
                let span = root.at(path).unwrap().span;
                let text = source.get(span.start as usize..span.end as usize);
                assert!(
                    text.is_some_and(|text| !text.contains('é')),
                    "{path} in {source}: {span:?}"
                );
            }
        }
    }

    #[test]
    fn what_stands_in_front_of_a_fault_is_read() {
        for (source, path) in [
            (r#"{"a": {"b": 1, "c": "#, "a.c"),
            (r#"{"a": {"b": 1, "c": tru"#, "a.c"),
            (r#"{"a": {"b": 1, "c": "tex"#, "a.c"),
            (r#"{"a": {"b": 1,"#, "a"),
            (r#"{"a": {"b": 1, "d""#, "a"),
            (r#"{"a": {"b": 1, "c": }, "e": 2}"#, "a.c"),
        ] {
            let document = Document::read(source);
            let message = &document.diagnostics[0].message;
            assert!(message.contains(&format!("`{path}`")), "{source}: {message}");
            let root = document.root.unwrap_or_else(|| panic!("{source}"));
            assert_eq!(root.at("a.b").unwrap().kind, Kind::Number("1".to_owned()));
        }
        assert!(Document::read("").root.is_none());
        assert!(Document::read("]").root.is_none());
        let deep = Document::read(&"[".repeat(100_000));
        assert_eq!(deep.diagnostics.len(), 1);
        let long = " ".repeat(MAX_DOCUMENT_BYTES + 1);
        assert!(Document::read(&long).diagnostics[0].message.contains("are read at most"));
    }

    #[test]
    fn bytes_of_a_string_are_found_behind_escapes() {
        let source = r#""a\"é\u00e9\ud83d\ude00z""#;
        let literal = Span::new(0, u32::try_from(source.len()).unwrap());
        let value: String = serde_json::from_str(source).unwrap();
        let places = literal_places(source, literal);
        assert_eq!(places.len(), value.len() + 1);
        let last = places[value.len() - 1] as usize;
        assert_eq!(source.as_bytes()[last], b'z');
    }
}
