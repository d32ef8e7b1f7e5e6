//! JSON: ARM templates, parameters, request bodies, plans of Terraform, `.tf.json`.

use super::arm;
use crate::expr::{Expr, Field, Kind, Literal, MAX_DEPTH, Part};
use crate::form::Form;
use crate::scan::code_point;
use crate::text::offset;
use diagnostics::Span;
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// Reads a document; comments and commas at the end are passed over. `arm` says whether texts in
/// brackets are expressions. The error is where reading stopped, and why.
pub(crate) fn read(source: &str, arm: bool) -> Result<Expr, (Span, String)> {
    let base = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let text = source.get(base..).unwrap_or("");
    if depth(text) > MAX_DEPTH {
        return Err((Span::at(0), format!("objects and lists nest more than {MAX_DEPTH} deep")));
    }
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match parse_to_ast(text, &CollectOptions::default(), &options) {
        Ok(result) => match result.value {
            Some(value) => Ok(Reader { source, base, arm }.value(&value)),
            None => Err((Span::at(0), "there is no JSON in the text".to_owned())),
        },
        Err(error) => {
            let range = error.range();
            let span = Span::new(offset(range.start + base), offset(range.end + base));
            let message = error.kind().to_string();
            let mut rest = message.chars();
            let first = rest.next().map(char::to_lowercase);
            Err((span, first.into_iter().flatten().chain(rest).collect()))
        }
    }
}

/// Returns how deep brackets nest, those within strings not counted.
fn depth(text: &str) -> usize {
    let (mut deepest, mut open, mut in_string, mut escaped) = (0, 0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' if !in_string => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

struct Reader<'s> {
    source: &'s str,
    base: usize,
    arm: bool,
}

impl Reader<'_> {
    fn span(&self, range: jsonc_parser::common::Range) -> Span {
        Span::new(offset(range.start + self.base), offset(range.end + self.base))
    }

    // Invariant: nothing deeper than `MAX_DEPTH` comes here.
    fn value(&self, value: &ast::Value<'_>) -> Expr {
        let span = self.span(value.range());
        let kind = match value {
            ast::Value::NullKeyword(_) => Kind::Word("null".to_owned()),
            ast::Value::BooleanLit(literal) => Kind::Word(literal.value.to_string()),
            ast::Value::NumberLit(literal) => Kind::Word(literal.value.to_owned()),
            ast::Value::StringLit(literal) => return self.string(span, &literal.value),
            ast::Value::Array(array) => {
                Kind::List(array.elements.iter().map(|item| self.value(item)).collect())
            }
            ast::Value::Object(object) => {
                let field = |property: &ast::ObjectProp<'_>| Field {
                    name: property.name.as_str().to_owned(),
                    name_span: self.span(property.name.range()),
                    value: self.value(&property.value),
                };
                Kind::Object(object.properties.iter().map(field).collect())
            }
        };
        Expr::new(span, kind)
    }

    fn string(&self, span: Span, value: &str) -> Expr {
        let content = Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1));
        let parts = parts(self.source, content);
        if self.arm {
            if value.starts_with('[') && !value.starts_with("[[") && value.ends_with(']') {
                return arm::expression(value, span, content, &parts, self.source);
            }
            if value.starts_with("[[") {
                return Expr::new(span, Kind::Literal(arm::escaped_bracket(content, parts)));
            }
        }
        Expr::new(span, Kind::Literal(Literal { form: Form::Json, content, parts }))
    }
}

/// Returns the pieces between the quotes of a string.
pub(crate) fn parts(source: &str, content: Span) -> Vec<Part> {
    let mut parts = Vec::new();
    let text = content.of(source);
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', text.get(at..).unwrap_or("").as_bytes()) {
        let start = at + found;
        if start > from {
            parts.push(Part::Copied(within(content, from, start)));
        }
        let rest = text.get(start..).unwrap_or("");
        let (length, value) = escape(rest);
        parts.push(Part::Escaped(within(content, start, start + length), value));
        at = start + length;
        from = at;
    }
    if from < text.len() {
        parts.push(Part::Copied(within(content, from, text.len())));
    }
    parts
}

fn within(content: Span, from: usize, to: usize) -> Span {
    Span::new(content.start + offset(from), content.start + offset(to))
}

/// Reads the escape that begins a text: its length and its value.
fn escape(text: &str) -> (usize, String) {
    let digits = |at: usize| text.get(at..at + 4);
    match text.as_bytes().get(1) {
        Some(b'n') => (2, "\n".to_owned()),
        Some(b'r') => (2, "\r".to_owned()),
        Some(b't') => (2, "\t".to_owned()),
        Some(b'b') => (2, "\u{8}".to_owned()),
        Some(b'f') => (2, "\u{c}".to_owned()),
        Some(b'u') => {
            let high = digits(2).and_then(|one| u32::from_str_radix(one, 16).ok());
            let Some(high) = high else { return (2, String::new()) };
            if high & 0xFC00 == 0xD800
                && text.get(6..8) == Some("\\u")
                && let Some(low) = digits(8).and_then(|one| u32::from_str_radix(one, 16).ok())
                && low & 0xFC00 == 0xDC00
            {
                let code = 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
                return (12, char::from_u32(code).map(String::from).unwrap_or_default());
            }
            let value = digits(2).and_then(code_point).unwrap_or('\u{fffd}');
            (6, value.to_string())
        }
        Some(_) => {
            let character = text.chars().nth(1).unwrap_or('\\');
            (1 + character.len_utf8(), character.to_string())
        }
        None => (1, String::new()),
    }
}
