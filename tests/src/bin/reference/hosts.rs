//! Files of public repositories: every condition that is listed is found at its lines and bytes,
//! with its text.

use diagnostics::LineIndex;
use iac_extract::{Condition, Host, extract};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// What is listed and not found as listed, with the reason; without an id, all of a file.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("terraform-34-ptn-alz-variables.tf", "c212", "an example in a description, deployed nowhere"),
    ("other-01-cdk-role-assignment-spec.ts", "", "TypeScript is no host that is read"),
];

/// Checks every file that the folder lists; gives how many occurrences passed, and the failures.
pub(crate) fn conditions(corpus: &Path) -> Result<(usize, Vec<String>), String> {
    let read = |name: &str| {
        let path = corpus.join(name);
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let mut texts = BTreeMap::new();
    for row in rows(&read("conditions.jsonl")?) {
        let text = row["text"].as_str().unwrap_or("").to_owned();
        texts.insert(row["id"].as_str().unwrap_or("").to_owned(), text);
    }
    let (mut passed, mut failures) = (0, Vec::new());
    for row in rows(&read("hosts.jsonl")?) {
        let name = row["file"].as_str().unwrap_or("");
        let source = read(&format!("hosts/{name}"))?;
        let found =
            Host::of(Path::new(name)).map(|host| extract(host, &source)).unwrap_or_default();
        for problem in &found.problems {
            failures.push(format!("{name}: {}", problem.message));
        }
        for one in row["occurrences"].as_array().into_iter().flatten() {
            let id = one["id"].as_str().unwrap_or("");
            if EXCEPTIONS.iter().any(|(file, known, _)| *file == name && [id, ""].contains(known)) {
                continue;
            }
            let expected = texts.get(id).map_or("", String::as_str);
            match occurrence(&source, &found.conditions, one, expected) {
                Ok(()) => passed += 1,
                Err(wrong) => failures.push(format!("{name}: {id}: {wrong}")),
            }
        }
    }
    Ok((passed, failures))
}

/// Reads every file that carries PIM requests; none may have a part that cannot be read.
pub(crate) fn requests(corpus: &Path) -> Result<(usize, Vec<String>), String> {
    let folder = corpus.join("pim-hosts");
    let entries = std::fs::read_dir(&folder).map_err(|error| error.to_string())?;
    let (mut passed, mut failures) = (0, Vec::new());
    for entry in entries.flatten() {
        let path = entry.path();
        let Some(host) = Host::of(&path) else { continue };
        let source = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let found = extract(host, &source);
        match found.problems.first() {
            None => passed += 1,
            Some(problem) => failures.push(format!("{}: {}", path.display(), problem.message)),
        }
    }
    Ok((passed, failures))
}

fn rows(text: &str) -> impl Iterator<Item = Value> {
    text.lines().filter_map(|line| serde_json::from_str(line).ok())
}

fn occurrence(
    source: &str,
    found: &[Condition],
    row: &Value,
    expected: &str,
) -> Result<(), String> {
    let number = |name: &str| u32::try_from(row[name].as_u64().unwrap_or(0)).unwrap_or(0);
    let (start, end) = (number("start_byte"), number("end_byte"));
    let exact = found.iter().find(|one| one.span.start == start && one.span.end == end);
    let Some(one) = exact else {
        // A text that is put together with others is found as the whole.
        let inside = |one: &&Condition| {
            one.text.segments().iter().any(|part| start < part.host.start && part.host.end <= end)
        };
        return match found.iter().find(inside) {
            Some(whole) if fits(whole.text.value(), expected, false) => Ok(()),
            Some(whole) => Err(format!("is part of another text: {}", whole.text.value())),
            None => {
                let spans: Vec<_> = found.iter().map(|one| one.span).collect();
                Err(format!("not found at {start}..{end}, only {spans:?}"))
            }
        };
    };
    let index = LineIndex::new(source);
    let (first, last) = index.positions(one.span);
    if first.line != number("line") || last.line != number("end_line") {
        return Err(format!("found on lines {} to {}", first.line, last.line));
    }
    match fits(one.text.value(), expected, true) {
        true => Ok(()),
        false => Err(format!("another text:\n  {:?}\n  {expected:?}", one.text.value())),
    }
}

/// Says whether a text is the expected one, holes filled in where they could be followed.
fn fits(text: &str, expected: &str, whole: bool) -> bool {
    if text == expected {
        return true;
    }
    let pieces = known_pieces(expected);
    let mut rest = text;
    for (number, piece) in pieces.iter().enumerate() {
        let Some(at) = rest.find(piece.as_str()) else { return false };
        if number == 0 && whole && at != 0 {
            return false;
        }
        rest = &rest[at + piece.len()..];
    }
    !whole || rest.is_empty() || pieces.last().is_some_and(String::is_empty)
}

/// Splits a text at its holes.
fn known_pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let hole = match rest {
            _ if rest.starts_with("$key_case_sensitive$") => {
                pieces
                    .last_mut()
                    .into_iter()
                    .for_each(|last| last.push_str("$key_case_sensitive$"));
                rest = &rest["$key_case_sensitive$".len()..];
                continue;
            }
            _ if rest.starts_with("${") => balanced(rest, '{', '}'),
            _ if rest.starts_with("$(") => balanced(rest, '(', ')'),
            _ if first == '$' => {
                let name = |one: char| one.is_alphanumeric() || one == '_';
                Some(1 + rest[1..].find(|one| !name(one)).unwrap_or(rest.len() - 1))
            }
            _ if first == '#' => rest[1..].find('#').map(|end| end + 2),
            _ => None,
        };
        match hole {
            Some(length) => {
                pieces.push(String::new());
                rest = &rest[length..];
            }
            None => {
                pieces.last_mut().into_iter().for_each(|last| last.push(first));
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    pieces
}

fn balanced(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, one) in text.char_indices() {
        if one == open {
            depth += 1;
        } else if one == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}
