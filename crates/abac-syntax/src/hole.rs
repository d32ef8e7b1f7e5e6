//! Template holes: what other languages leave in a condition to be filled in later.

use crate::character::{WORD, is};
use diagnostics::Span;

/// How far a hole may reach, so that a stray `${` does not swallow a whole text.
const MAX_HOLE_BYTES: usize = 4096;

/// How many brackets a hole may have open, so that a text of `${` alone is not read over and over.
const MAX_HOLE_DEPTH: usize = 32;

/// Returns the length of the hole that begins the text, if one does.
///
/// `${…}` (Bicep, HCL, bash, JavaScript), `$(…)` and `$name` (PowerShell, bash), `{{…}}`
/// (Mustache, Jinja, Go), `<name>` (documentation), `%s` and `%{…}` (printf, HCL). Names in
/// capitals are [`is_name`].
pub(crate) fn at(text: &[u8]) -> Option<usize> {
    let second = text.get(1).copied().unwrap_or(0);
    match text.first()? {
        b'$' if second == b'{' || second == b'(' => balanced(text, 1),
        b'$' if second.is_ascii_alphabetic() || second == b'_' => {
            let name = text.get(1..)?;
            let end = name.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'));
            Some(1 + end.unwrap_or(name.len()))
        }
        b'{' if second == b'{' => {
            let bounded = text.get(..text.len().min(MAX_HOLE_BYTES))?;
            memchr::memmem::find(bounded, b"}}").map(|end| end + 2)
        }
        b'<' if second.is_ascii_alphabetic() => {
            let name = text.get(1..)?;
            let end = name.iter().position(|byte| !(is(*byte, WORD) || *byte == b' '))?;
            (name.get(end) == Some(&b'>')).then_some(end + 2)
        }
        b'%' if second == b'{' => balanced(text, 1),
        b'%' if matches!(second, b's' | b'd' | b'v' | b'q') => Some(2),
        _ => None,
    }
}

/// Says whether a bare word is a name in capitals, as scripts replace it: `ROLE_IDS`.
pub(crate) fn is_name(word: &[u8]) -> bool {
    word.len() > 2
        && word.first().is_some_and(u8::is_ascii_uppercase)
        && word
            .iter()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
}

/// Returns where the bracket at `open` is closed, strings and nested brackets passed over.
fn balanced(text: &[u8], open: usize) -> Option<usize> {
    let mut expected = Vec::new();
    let mut quote = None;
    for (at, byte) in text.iter().enumerate().skip(open).take(MAX_HOLE_BYTES) {
        match (quote, *byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"' | b'`') => quote = Some(*byte),
            (None, b'{') => expected.push(b'}'),
            (None, b'(') => expected.push(b')'),
            (None, b'[') => expected.push(b']'),
            (None, b'}' | b')' | b']') => {
                if expected.pop() != Some(*byte) {
                    return None;
                }
                if expected.is_empty() {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        if expected.len() > MAX_HOLE_DEPTH {
            return None;
        }
    }
    None
}

/// Returns the offset of the apostrophe that ends a string, holes passed over.
pub(crate) fn quote_in(text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let found = memchr::memchr3(b'\'', b'$', b'{', rest)?;
        if rest.get(found) == Some(&b'\'') {
            return Some(from + found);
        }
        let hole = rest.get(found..).and_then(at);
        from += found + hole.unwrap_or(1);
    }
}

/// Returns the end of the hole whose opening brace stands at `brace`, as in `${` or `{{`.
pub(crate) fn before_brace(text: &[u8], brace: usize, floor: usize) -> Option<usize> {
    let before = brace.checked_sub(1).filter(|before| *before >= floor);
    if let Some(before) = before
        && matches!(text.get(before), Some(b'$' | b'%'))
        && let Some(length) = text.get(before..).and_then(at)
    {
        return Some(before + length);
    }
    text.get(brace..).and_then(at).map(|length| brace + length)
}

/// Says whether a hole stands anywhere in the text of a span.
///
/// The language's own `<$key_case_sensitive$>` and `&$keys$&` are no holes.
pub(crate) fn any_in(source: &str, span: Span) -> bool {
    let bytes = span.of(source).as_bytes();
    let mut from = 0;
    while let Some(rest) = bytes.get(from..) {
        let start = rest.iter().position(|byte| matches!(byte, b'$' | b'{' | b'<' | b'%'));
        let Some(found) = start else { return false };
        let rest = rest.get(found..).unwrap_or(&[]);
        if let Some(own) = [b"<$key_case_sensitive$>".as_slice(), b"$keys$"]
            .into_iter()
            .find(|own| rest.get(..own.len()).is_some_and(|text| text.eq_ignore_ascii_case(own)))
        {
            from += found + own.len();
            continue;
        }
        if at(rest).is_some() || placeholder_in_braces(rest) {
            return true;
        }
        from += found + 1;
    }
    false
}

/// `{subscriptionId}`: seen within paths in documentation.
fn placeholder_in_braces(text: &[u8]) -> bool {
    let Some(name) = text.strip_prefix(b"{") else { return false };
    let end = name.iter().position(|byte| !is(*byte, WORD));
    end.is_some_and(|end| end > 0 && name.get(end) == Some(&b'}'))
}
