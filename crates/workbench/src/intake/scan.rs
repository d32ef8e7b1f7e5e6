//! Finds conditions in files of any language, by the strings around them.

use super::quoted::{self, Opening};
use abac_syntax::{Holes, Token, TokenKind, parse_with, tokenize};
use diagnostics::Severity;

/// How many conditions are taken from one text.
const MOST: usize = 50;

/// How far before its first name a condition may begin, in bytes.
const REACH: usize = 800;

/// How many quotes before a name are tried.
const TRIES: usize = 24;

/// How many bytes of strings are read in all, so that a text full of quotes costs no more than that.
const FUEL: usize = 4 << 20;

/// What looking for a string costs at least.
const PRICE: usize = 500;

/// What a condition is known by.
const MARKERS: [&str; 6] =
    ["ActionMatches", "@Request[", "@Resource[", "@Principal[", "@Environment[", "Exists @"];

/// A condition that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCondition {
    /// The condition, free of the quotes and escapes around it.
    pub text: String,
    /// The line of the file it begins in, counted from 1.
    pub line: usize,
    /// What it stood in, `a string in single quotes`; empty where the whole text is the condition.
    pub form: &'static str,
    /// What the file fills in by itself, such as `${roleIds}`, and which has to be replaced.
    pub holes: Vec<String>,
    /// How many errors it has.
    pub errors: usize,
}

impl FoundCondition {
    pub(super) fn whole(text: &str) -> Self {
        Self::new(text.to_owned(), 1, "")
    }

    fn new(text: String, line: usize, form: &'static str) -> Self {
        let errors = errors(&text);
        let hole = |token: &Token| token.kind == TokenKind::Hole || is_mixed(token, &text);
        let tokens = tokenize(&text, Holes::Allowed);
        let mut holes: Vec<String> = Vec::new();
        for token in tokens.iter().filter(|token| hole(token)) {
            let written = token.span.of(&text).to_owned();
            if !holes.contains(&written) {
                holes.push(written);
            }
        }
        Self { text, line, form, holes, errors }
    }

    /// Says in a sentence what was taken.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = match self.form {
            "" => "Took the condition.".to_owned(),
            form => format!("Took the condition out of {form} in line {}.", self.line),
        };
        match self.holes.as_slice() {
            [] => {}
            [one] => words.push_str(&format!(" Replace `{one}`, which the file fills in.")),
            many => {
                let list: Vec<_> = many.iter().take(4).map(|hole| format!("`{hole}`")).collect();
                words.push_str(&format!(
                    " Replace what the file fills in: {}{}.",
                    list.join(", "),
                    if many.len() > 4 { " and others" } else { "" }
                ));
            }
        }
        words
    }
}

/// Says whether a string or a name has a hole in it.
fn is_mixed(token: &Token, text: &str) -> bool {
    matches!(token.kind, TokenKind::String | TokenKind::Attribute)
        && token.span.of(text).contains("${")
}

/// Says whether a text names something that only conditions do.
pub(super) fn has_marker(text: &str) -> bool {
    marker(text, 0).is_some()
}

/// Returns where the next name stands that only conditions have.
fn marker(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        at += rest.find(['@', 'A', 'E'])?;
        let rest = text.get(at..)?;
        if MARKERS.iter().any(|marker| rest.starts_with(marker)) {
            return Some(at);
        }
        at += 1;
    }
}

/// Finds the conditions in the strings of a file. One that cannot be read wholly is taken only
/// where nothing else is found.
pub(super) fn conditions(text: &str) -> Vec<FoundCondition> {
    let mut found: Vec<FoundCondition> = Vec::new();
    let mut broken: Option<FoundCondition> = None;
    let mut at = 0;
    let mut fuel = FUEL;
    while let Some(place) = marker(text, at) {
        if found.len() >= MOST || fuel == 0 {
            break;
        }
        fuel = fuel.saturating_sub(PRICE);
        match around(text, place, &mut fuel) {
            Some((condition, end)) if condition.errors == 0 => {
                if !found.iter().any(|known| known.text == condition.text) {
                    found.push(condition);
                }
                at = end.max(place + 1);
            }
            other => {
                if let Some((condition, _)) = other
                    && broken.as_ref().is_none_or(|known| condition.errors < known.errors)
                {
                    broken = Some(condition);
                }
                at = place + 1;
            }
        }
    }
    if found.is_empty() {
        found.extend(broken);
    }
    for one in &mut found {
        one.line = line_of(text, one.line);
    }
    found
}

/// Returns the condition around a name, with its end in the text: of all strings that may hold it
/// the one that reads best.
fn around(text: &str, marker: usize, fuel: &mut usize) -> Option<(FoundCondition, usize)> {
    let start = marker.saturating_sub(REACH);
    let mut best: Option<(FoundCondition, usize)> = None;
    let mut tries = 0;
    let mut at = marker;
    while at > start && tries < TRIES && *fuel > 0 {
        at -= 1;
        for opening in Opening::at(text, at) {
            tries += 1;
            let read = quoted::read(text, at, opening);
            // A string that never ends is looked for as far as one may reach.
            let cost = read.as_ref().map_or(quoted::MAX_STRING, |(content, _)| content.len());
            *fuel = fuel.saturating_sub(cost.min(text.len()).max(PRICE));
            let Some((content, end)) = read else { continue };
            if end <= marker || !has_marker(&content) {
                continue;
            }
            // The place stands for the line until the best is known.
            let candidate = match inner(&content, fuel) {
                Some(inner) => FoundCondition { line: at, ..inner },
                None => FoundCondition::new(content, at, opening.words()),
            };
            let better = best.as_ref().is_none_or(|(known, _)| candidate.errors < known.errors);
            if better {
                best = Some((candidate, end));
            }
            if best.as_ref().is_some_and(|(known, _)| known.errors == 0) {
                return best;
            }
        }
    }
    best
}

/// Looks into a string of JSON that holds an expression of an ARM template.
fn inner(content: &str, fuel: &mut usize) -> Option<FoundCondition> {
    let trimmed = content.trim();
    let is_expression = trimmed.starts_with('[') && trimmed.ends_with(']');
    if !is_expression {
        return None;
    }
    // Strings within an expression stand in single quotes, so this looks no deeper.
    let place = marker(trimmed, 0)?;
    let (found, _) = around(trimmed, place, fuel)?;
    Some(FoundCondition { form: "an expression of a template", ..found })
}

fn errors(text: &str) -> usize {
    let found = parse_with(text, Holes::Allowed).diagnostics;
    found.iter().filter(|finding| finding.severity == Severity::Error).count()
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}
