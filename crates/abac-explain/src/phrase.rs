//! Text that knows which parts of it are words and which were written by somebody.

use serde::{Serialize, Serializer};
use std::fmt;

/// A piece of a sentence, made of words, names and literal text.
///
/// [`Display`](fmt::Display) gives plain text in which literal text stands in backticks; JSON has
/// the same string.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[cfg_attr(feature = "typescript", tsify(type = "string"))]
pub struct Phrase {
    pieces: Vec<Piece>,
}

/// One stretch of a [`Phrase`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words of the explanation.
    Words(String),
    /// The name of a role, a principal or another thing, as somebody chose it.
    Name(String),
    /// Text of the condition, to be shown as it is written.
    Literal(String),
}

impl Phrase {
    /// Returns the pieces in order, for renderers of one's own.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Words(text.into())] }
    }

    pub(crate) fn name(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Name(text.into())] }
    }

    pub(crate) fn literal(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Literal(text.into())] }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds words.
    pub(crate) fn and(mut self, text: &str) -> Self {
        if let Some(Piece::Words(last)) = self.pieces.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            self.pieces.push(Piece::Words(text.to_owned()));
        }
        self
    }

    /// Adds another phrase.
    pub(crate) fn join(mut self, other: Self) -> Self {
        for piece in other.pieces {
            match piece {
                Piece::Words(text) => self = self.and(&text),
                other => self.pieces.push(other),
            }
        }
        self
    }

    /// Lists phrases as English does: `a, b or c`.
    pub(crate) fn list(items: Vec<Self>, last: &str) -> Self {
        let count = items.len();
        let mut all = Self::default();
        for (position, item) in items.into_iter().enumerate() {
            if position > 0 {
                all = if position + 1 == count {
                    all.and(" ").and(last).and(" ")
                } else {
                    all.and(", ")
                };
            }
            all = all.join(item);
        }
        all
    }

    /// Makes the first letter a capital, where the phrase begins with a word.
    pub(crate) fn capitalised(mut self) -> Self {
        if let Some(Piece::Words(first)) = self.pieces.first_mut()
            && let Some(letter) = first.chars().next()
        {
            *first = letter.to_uppercase().chain(first.chars().skip(1)).collect();
        }
        self
    }

    /// Returns the phrase as Markdown: literal text as code, everything else escaped.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Words(text) => out.push_str(text),
                Piece::Name(text) => escape_markdown(&mut out, text),
                Piece::Literal(text) => write_code(&mut out, text),
            }
        }
        out
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.pieces {
            match piece {
                Piece::Words(text) => formatter.write_str(text)?,
                Piece::Name(text) => formatter.write_str(&visible(text))?,
                Piece::Literal(text) => write!(formatter, "`{}`", visible(text))?,
            }
        }
        Ok(())
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Shows line breaks and characters that cannot be seen, or that turn text around, by their codes.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let hidden = character.is_control()
            || matches!(character,
                '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if hidden {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}

fn escape_markdown(out: &mut String, text: &str) {
    for character in visible(text).chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~') {
            out.push('\\');
        }
        out.push(character);
    }
}

/// Writes code between more backticks than it has in a row itself.
fn write_code(out: &mut String, text: &str) {
    let text = visible(text);
    let (mut longest, mut run) = (0_usize, 0_usize);
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let pad =
        if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    out.push_str(&fence);
    out.push_str(pad);
    out.push_str(&text);
    out.push_str(pad);
    out.push_str(&fence);
}

#[cfg(test)]
mod tests {
    use super::Phrase;

    #[test]
    fn literal_text_cannot_leave_its_code() {
        let phrase = Phrase::words("is ").join(Phrase::literal("a`b|\n\u{202e}c"));
        assert_eq!(phrase.to_markdown(), "is ``a`b|\\n\\u{202e}c``");
        assert_eq!(phrase.to_string(), "is `a`b|\\n\\u{202e}c`");
        assert_eq!(Phrase::name("a_b*<i>").to_markdown(), "a\\_b\\*\\<i\\>");
    }

    #[test]
    fn lists_read_as_english() {
        let list = |count: usize| {
            let items = ["a", "b", "c"].iter().take(count).map(|text| Phrase::words(*text));
            Phrase::list(items.collect(), "or").to_string()
        };
        assert_eq!([list(1), list(2), list(3)], ["a", "a or b", "a, b or c"]);
    }
}
