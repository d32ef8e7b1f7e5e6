//! What the user may have meant.

use crate::operator::{Comparison, Quantifier};

/// What stands in for an unknown operator.
pub(super) enum Suggested {
    /// One that exists.
    Operator(String),
    /// How to say it otherwise.
    Advice(&'static str),
}

/// Returns the candidate that is spelled almost like the word.
pub(super) fn closest<'c>(
    word: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = bounded(word).to_ascii_lowercase();
    let most = (word.len() / 4).clamp(1, 4);
    candidates
        .map(|name| (strsim::damerau_levenshtein(&word, &name.to_ascii_lowercase()), name))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The comparison of two words takes time of the product of their lengths.
fn bounded(word: &str) -> &str {
    word.char_indices().nth(64).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

pub(super) fn source(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "subject" | "user" | "identity" => Some("Principal"),
        "context" | "env" => Some("Environment"),
        "object" => Some("Resource"),
        _ => None,
    }
}

pub(super) fn logical_operator(text: &str) -> Option<&'static str> {
    match text {
        "&" => Some("AND"),
        "|" => Some("OR"),
        "~" => Some("NOT"),
        _ => None,
    }
}

pub(super) fn operator(text: &str) -> Option<Suggested> {
    use Suggested::{Advice, Operator};
    let suggested = match text.to_ascii_lowercase().as_str() {
        "=" | "==" | "===" | "-eq" | "eq" | "equals" | "is" => {
            Advice("write the operator of the attribute's type: `StringEquals`, `GuidEquals`, …")
        }
        "!=" | "<>" | "-ne" | "ne" | "notequals" => {
            Advice("write the operator of the attribute's type: `StringNotEquals`, …")
        }
        "like" | "-like" | "~=" | "=~" | "stringmatches" | "matches" => {
            Operator("StringLike".to_owned())
        }
        "in" | "-in" | "stringin" => Operator("ForAnyOfAnyValues:StringEquals".to_owned()),
        "notin" | "-notin" | "stringnotin" => {
            Operator("ForAnyOfAllValues:StringNotEquals".to_owned())
        }
        "guidin" => Operator("ForAnyOfAnyValues:GuidEquals".to_owned()),
        "guidnotin" => Operator("ForAnyOfAllValues:GuidNotEquals".to_owned()),
        "<" | "-lt" | "lt" => Advice("write `DateTimeLessThan` or `NumericLessThan`"),
        ">" | "-gt" | "gt" => Advice("write `DateTimeGreaterThan` or `NumericGreaterThan`"),
        "<=" | "-le" => Advice("write `DateTimeLessThanEquals` or `NumericLessThanEquals`"),
        ">=" | "-ge" => Advice("write `DateTimeGreaterThanEquals` or `NumericGreaterThanEquals`"),
        "stringcontains" | "contains" => Advice("write `StringLike '*text*'`"),
        "stringendswith" | "endswith" => Advice("write `StringLike '*text'`"),
        "startswith" => Operator("StringStartsWith".to_owned()),
        "ipmatch" | "ipinrange" | "ipaddress" => {
            Advice("conditions have no operators for IP addresses; see `@Environment[…]`")
        }
        _ => return close_operator(text).map(Operator),
    };
    Some(suggested)
}

fn close_operator(text: &str) -> Option<String> {
    let (quantifier, function) = match text.split_once(':') {
        Some((quantifier, function)) => (Some(quantifier), function),
        None => (None, text),
    };
    let names = || Comparison::ALL.iter().map(|comparison| comparison.as_str());
    let function = closest(function, names())?;
    match quantifier {
        None => Some(function.to_owned()),
        Some(quantifier) => {
            let names = Quantifier::ALL.iter().map(|quantifier| quantifier.as_str());
            Some(format!("{}:{function}", closest(quantifier, names)?))
        }
    }
}

/// Says whether a bare word was meant as a GUID: hexadecimal digits and dashes, about as long.
pub(super) fn looks_like_guid(text: &str) -> bool {
    let dashes = text.bytes().filter(|byte| *byte == b'-').count();
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    let rest = text.len() - dashes - digits;
    (24..=48).contains(&text.len())
        && rest <= 2
        && (dashes >= 3 || (dashes == 0 && rest == 0))
        && !text.contains([':', '.'])
}
