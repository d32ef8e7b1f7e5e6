//! Attribute references.

use crate::Holes;
use crate::hole;
use crate::input::Input;
use crate::operator::AttributeSource;
use crate::token::TokenKind;
use crate::tree::{Attribute, AttributeForm, AttributeId};
use crate::wording;
use diagnostics::Span;

const MARKER: &str = "<$key_case_sensitive$>";
const KEY_LIST: &str = "&$keys$&";

/// `attribute = "@" , source , "[" , attr-body , "]" ;`
pub(super) fn add(input: &Input<'_>) -> AttributeId {
    let attribute = read(input);
    let attributes = &mut input.session.growth.borrow_mut().tree.attributes;
    let id = AttributeId(attributes.len() as u32);
    attributes.push(attribute);
    id
}

/// Passes over the attribute, and over what is wrongly hung on it: `].metadata['stage']`.
pub(super) fn after(input: Input<'_>) -> Input<'_> {
    let end = input.span().end;
    let rest = input.skip(1);
    let touches = rest.peek() == Some(TokenKind::Word) && rest.span().start == end;
    if !touches || !rest.text().starts_with('.') {
        return rest;
    }
    let mut suffix = rest.span();
    let mut key = None;
    let mut after = rest.skip(1);
    if after.peek() == Some(TokenKind::LeftBracket) {
        while let Some(kind) = after.peek() {
            suffix = suffix.to(after.span());
            if kind == TokenKind::String {
                key = Some(after.text());
            }
            after = after.skip(1);
            if kind == TokenKind::RightBracket {
                break;
            }
        }
    }
    rest.report(wording::attribute_suffix(&input, rest.text(), key, suffix));
    after
}

fn read(input: &Input<'_>) -> Attribute {
    let whole = input.span();
    let text = input.text();
    let name_start = u32::from(text.starts_with('@'));
    let bracket = memchr::memchr(b'[', text.as_bytes());
    let name_end = bracket.unwrap_or(text.len()) as u32;
    let source_span = Span::new(whole.start + name_start, whole.start + name_end);
    let source_text = source_span.of(input.session.source);
    let source = AttributeSource::parse(source_text);
    let closed = input.peek() == Some(TokenKind::Attribute);
    let body_start = bracket.map_or(whole.end, |at| whole.start + at as u32 + 1);
    let body = Span::new(body_start, whole.end - u32::from(closed));
    let mut attribute = read_body(input, body);
    attribute.span = whole;
    attribute.source = source;
    attribute.source_span = source_span;

    if !closed {
        input.report(wording::unclosed_attribute(input, bracket.is_some()));
    } else if source.is_none() {
        input.report(wording::unknown_source(input, source_span));
    } else if name_start == 0 {
        input.report(wording::missing_at_sign(input));
    } else if body.of(input.session.source).trim().is_empty() {
        input.report(wording::empty_attribute(input, body));
    }
    attribute
}

/// ```text
/// attr-body = plain | typed | keyed | key-list ;
/// typed     = type-path , ":" , name ;
/// keyed     = type-path , ":" , key , [ "<$key_case_sensitive$>" ] ;
/// key-list  = type-path , "&$keys$&" ;
/// ```
fn read_body(input: &Input<'_>, body: Span) -> Attribute {
    let source = input.session.source;
    let text = body.of(source);
    let hole = input.session.holes == Holes::Allowed && hole::any_in(source, body);
    let nothing = Span::at(body.end);
    let attribute = |form, path, name| Attribute {
        span: body,
        source: None,
        source_span: body,
        body,
        path,
        name,
        form,
        hole,
    };
    if let Some(path) = strip_suffix(text, KEY_LIST) {
        let path = Span::new(body.start, body.start + path.len() as u32);
        return attribute(AttributeForm::KeyList, path, nothing);
    }
    let (text, marked) = match strip_suffix(text, MARKER) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let end = body.start + text.len() as u32;
    let form = if marked { AttributeForm::Keyed } else { AttributeForm::Typed };
    match colon(text, hole) {
        Some(colon) => {
            let colon = body.start + colon as u32;
            attribute(form, Span::new(body.start, colon), Span::new(colon + 1, end))
        }
        // A marker without a key: keep it in the path, so that the catalog does not know it.
        None => attribute(AttributeForm::Plain, body, nothing),
    }
}

/// The colon between type and name; one within a hole is none.
fn colon(text: &str, hole: bool) -> Option<usize> {
    if !hole {
        return memchr::memchr(b':', text.as_bytes());
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte == b':' {
            return Some(at);
        }
        let length = bytes.get(at..).and_then(hole::at);
        at += length.unwrap_or(1);
    }
    None
}

fn strip_suffix<'t>(text: &'t str, suffix: &str) -> Option<&'t str> {
    let start = text.len().checked_sub(suffix.len())?;
    let end = text.get(start..)?;
    if end.eq_ignore_ascii_case(suffix) { text.get(..start) } else { None }
}
