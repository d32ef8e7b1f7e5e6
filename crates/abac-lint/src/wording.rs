//! Phrases that several rules share.

use abac_syntax::ValueType;

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
