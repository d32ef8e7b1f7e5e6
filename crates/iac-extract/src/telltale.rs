//! Words without which a file has nothing for us, looked for before anything is read.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// Words of conditions: at least one stands in every condition.
const CONDITIONS: &[&str] =
    &["actionmatches", "@request[", "@resource[", "@principal[", "@environment["];

/// Words of role assignments and PIM requests.
const ASSIGNMENTS: &[&str] = &[
    "microsoft.authorization/role",
    "roleassignments",
    "role_assignment",
    "role assignment ",
    "schedulerequest",
    "schedule_request",
    "-azroleassignment",
    "-azroleeligibility",
];

static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        // The words are few, and every byte of a repository goes through them.
        .kind(Some(AhoCorasickKind::DFA))
        .build(CONDITIONS.iter().chain(ASSIGNMENTS))
        .ok()
});

/// Says whether a file may hold a condition, a role assignment or a PIM request.
#[must_use]
pub fn has_telltale(bytes: &[u8]) -> bool {
    WORDS.as_ref().is_none_or(|words| words.is_match(bytes))
}

/// Says whether a text reads like a condition and not like a sentence about one.
pub(crate) fn looks_like_condition(text: &str) -> bool {
    if !has_condition_word(text) {
        return false;
    }
    let mut rest = text.trim_start();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(['(', '!', ' ', '\t', '\r', '\n']);
        for word in ["NOT", "AND", "OR"] {
            if let Some(tail) = strip_word(rest, word) {
                rest = tail;
            }
        }
        if rest == before {
            break;
        }
    }
    const STARTS: &[&str] = &[
        "actionmatches",
        "suboperationmatches",
        "exists",
        "notexists",
        "forany",
        "forall",
        "@",
        "$",
        "{{",
        "<",
        "%",
        "'",
        "resource[",
        "request[",
        "principal[",
        "environment[",
    ];
    // `$name = …` is a line of a script.
    let name = rest.strip_prefix('$').map(|name| name.trim_start_matches(is_word).trim_start());
    if name.is_some_and(|behind| behind.starts_with('=')) {
        return false;
    }
    let start: String = rest.chars().take(24).collect::<String>().to_ascii_lowercase();
    STARTS.iter().any(|one| start.starts_with(one))
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    let rest = text.get(word.len()..)?;
    let ends = !rest.starts_with(|next: char| next.is_alphanumeric());
    (head.eq_ignore_ascii_case(word) && ends).then_some(rest)
}

/// Says whether a text has an attribute, or an action in its brackets.
pub(crate) fn has_condition_word(text: &str) -> bool {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'@', bytes) {
        let rest = text.get(at + 1..).unwrap_or("");
        for source in ["Request", "Resource", "Principal", "Environment"] {
            if rest.get(..source.len()).is_some_and(|head| head.eq_ignore_ascii_case(source))
                && rest.get(source.len()..).is_some_and(|tail| tail.trim_start().starts_with('['))
            {
                return true;
            }
        }
    }
    for at in memchr::memchr2_iter(b'M', b'm', bytes) {
        let head = text.get(at..at + "Matches".len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case("matches"))
            && text.get(..at).is_some_and(|before| {
                let before = before.as_bytes();
                let ends = |word: &str| {
                    before.len() >= word.len()
                        && before
                            .get(before.len() - word.len()..)
                            .is_some_and(|tail| tail.eq_ignore_ascii_case(word.as_bytes()))
                };
                ends("action") || ends("suboperation")
            })
            && text
                .get(at + "Matches".len()..)
                .is_some_and(|tail| tail.trim_start().starts_with('{'))
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_told_from_sentences() {
        for text in [
            "((!(ActionMatches{'a/b'})) OR @Resource[a:b] StringEquals 'c')",
            "@Resource[a:b] BoolEquals true",
            " AND ((!(ActionMatches {'a/b'})))",
            "NOT ActionMatches{\"a\"}",
            "${x} OR @Request[a:b] StringEquals 'c'",
        ] {
            assert!(looks_like_condition(text), "{text}");
        }
        for text in [
            "The condition ((!(ActionMatches{'a/b'})))",
            "ActionMatches is a function",
            "@Principal is an attribute source",
            "$condition = @'\n@Resource[a:b] StringEquals 'c'\n'@",
            "",
        ] {
            assert!(!looks_like_condition(text), "{text}");
        }
    }
}
