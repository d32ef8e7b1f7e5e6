//! Phrases that several rules share.

use abac_catalog::ValueType as CatalogType;
use abac_syntax::{Operator, ValueType};
use diagnostics::Span;

/// Shortens the user's text so that a message stays a line.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line,
    }
}

/// Asks back with the word that was probably meant.
pub(crate) fn did_you_mean(word: &str) -> String {
    format!("did you mean `{word}`?")
}

/// Lists words as `a`, `b` and `c`.
pub(crate) fn list<T: AsRef<str>>(words: impl IntoIterator<Item = T>, last: &str) -> String {
    let mut words: Vec<String> =
        words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match words.pop() {
        None => String::new(),
        Some(only) if words.is_empty() => only,
        Some(end) => format!("{} {last} {end}", words.join(", ")),
    }
}

/// Names a kind of value with its article: "a String", "an Integer".
pub(crate) const fn a_value_type(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::String => "a String",
        ValueType::Numeric => "an Integer",
        ValueType::DateTime => "a DateTime",
        ValueType::Guid => "a GUID",
        ValueType::Bool => "a Boolean",
    }
}

/// Names an attribute's type with its article.
pub(crate) const fn a_catalog_type(value_type: &CatalogType) -> &'static str {
    match value_type {
        CatalogType::String => "a String",
        CatalogType::Integer => "an Integer",
        CatalogType::DateTime => "a DateTime",
        CatalogType::Guid => "a GUID",
        CatalogType::Boolean => "a Boolean",
    }
}

/// Returns the operator's kind of value in the catalog's words.
pub(crate) const fn catalog_type(value_type: ValueType) -> CatalogType {
    match value_type {
        ValueType::String => CatalogType::String,
        ValueType::Numeric => CatalogType::Integer,
        ValueType::DateTime => CatalogType::DateTime,
        ValueType::Guid => CatalogType::Guid,
        ValueType::Bool => CatalogType::Boolean,
    }
}

/// Returns the candidate that a path was probably meant to be: as many segments, each the same but
/// for a typing mistake. A different word is a different thing, never a suggestion.
pub(crate) fn closest_path<'c>(
    text: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // No path of Azure is longer.
    if text.len() > 512 {
        return None;
    }
    let near = |one: &str, other: &str| {
        one.eq_ignore_ascii_case(other) || diagnostics::closest(one, [other]).is_some()
    };
    let pairs = |candidate: &&'c str| text.split(['/', ':']).zip(candidate.split(['/', ':']));
    let parts = |text: &str| text.bytes().filter(|byte| matches!(byte, b'/' | b':')).count();
    let count = parts(text);
    candidates
        .into_iter()
        .filter(|candidate| parts(candidate) == count)
        .filter(|candidate| pairs(candidate).all(|(one, other)| near(one, other)))
        .min_by_key(|candidate| {
            pairs(candidate).filter(|(one, other)| !one.eq_ignore_ascii_case(other)).count()
        })
}

/// Returns where the quantifier of an operator stands, without the colon.
pub(crate) fn requantified(source: &str, operator: Operator) -> Span {
    let length = operator.span.of(source).find(':').unwrap_or(0) as u32;
    Span::new(operator.span.start, operator.span.start + length)
}
