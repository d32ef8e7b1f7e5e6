//! A small typed document for each format. A document is built from values, then printed; text that
//! a user wrote reaches the output through that format's own quoting and in no other way, so that
//! what a reader of the format gets back is the same bytes.

pub mod arm;
pub mod bash;
pub mod bicep;
pub mod hcl;
pub mod http;
pub mod powershell;

use std::collections::HashSet;

/// How wide the lines of a remark are, in characters.
const COMMENT_WIDTH: usize = 96;

/// Splits a remark into lines that cannot leave a line comment: whatever might end a line in some
/// reader's eyes, or is invisible, becomes a space. Long lines are wrapped, but for those that start
/// with a space, such as commands.
fn comment_lines(text: &str) -> impl Iterator<Item = String> {
    text.split('\n').flat_map(|line| {
        let line: String = line
            .chars()
            .map(|character| if is_unprintable(character) { ' ' } else { character })
            .collect();
        if line.starts_with(' ') { vec![line.trim_end().to_owned()] } else { wrap(&line) }
    })
}

fn wrap(line: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let width = current.chars().count() + 1 + word.chars().count();
        if !current.is_empty() && width > COMMENT_WIDTH {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// Tells whether a character would be lost, or mislead, if it stood as it is in a source file:
/// controls, line and paragraph separators, the marks that change the direction of text, and
/// characters without width.
pub(crate) fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Tells whether a text can stand unquoted as a name: a letter or `_`, then letters, digits and `_`.
pub(crate) fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// Finds a heredoc delimiter that is no line of the text.
fn free_delimiter(wanted: &str, text: &str) -> String {
    let taken: HashSet<&str> =
        text.lines().map(str::trim).filter(|line| line.starts_with(wanted)).collect();
    if !taken.contains(wanted) {
        return wanted.to_owned();
    }
    // The names that are taken cannot be more than there are.
    (2..=taken.len() + 2)
        .map(|number| format!("{wanted}{number}"))
        .find(|delimiter| !taken.contains(delimiter.as_str()))
        .unwrap_or_else(|| format!("{wanted}_"))
}
