//! Scripts for bash, and for any shell that quotes as POSIX says: *documented*,
//! <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02>, read 2026-11.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{comment_lines, free_delimiter, is_unprintable};

/// Quotes a text as one word: bare where nothing in it means anything to the shell, else in single
/// quotes. A shell has no word with a NUL in it; [`is_representable`] says so beforehand.
///
/// ```
/// use iac_emit::document::bash::quote;
///
/// assert_eq!(quote("AdminAssign"), "AdminAssign");
/// assert_eq!(quote("it's $5"), r"'it'\''s $5'");
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    let is_plain = |character: char| {
        character.is_ascii_alphanumeric()
            || matches!(character, '_' | '-' | '.' | '/' | ':' | ',' | '+' | '@')
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    for (number, piece) in text.split('\'').enumerate() {
        if number > 0 {
            quoted.push_str(r"\'");
        }
        if !piece.is_empty() {
            let _ = write!(quoted, "'{piece}'");
        }
    }
    if quoted.is_empty() { "''".to_owned() } else { quoted }
}

/// Tells whether a text can be a word of a shell at all.
#[must_use]
pub fn is_representable(text: &str) -> bool {
    !text.contains('\0')
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// A text, taken literally.
    Text(String),
    /// Pieces between double quotes.
    Pieces(Vec<Piece>),
    /// A word of ours that needs no quotes, though its signs might.
    Plain(&'static str),
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A piece of a word between double quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A text, taken literally.
    Text(String),
    /// A variable, `${…}`.
    Variable(&'static str),
}

/// One line, or paragraph, of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// `#!/usr/bin/env bash`.
    Interpreter,
    /// `set -euo pipefail`.
    Strict,
    /// Lines of remark.
    Comment(String),
    /// A blank line.
    Blank,
    /// A variable and the text it holds.
    Variable(&'static str, Word),
    /// A variable and a text of many quotes or lines, as a heredoc where that is safe.
    Block(&'static str, String),
    /// A variable and a command whose output it takes, `$(…)`; the command is ours, not a user's.
    Output(&'static str, &'static str),
    /// A variable and a command of several lines whose output it takes.
    OutputOf(&'static str, Vec<Vec<Word>>),
    /// A file, written from a heredoc.
    File(&'static str, String),
    /// A command: the words of its first line, then each line that continues it.
    Command(Vec<Vec<Word>>),
}

/// A script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What stands in it.
    pub statements: Vec<Statement>,
}

impl Display for Document {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.statements.iter().try_for_each(|statement| print_statement(formatter, statement))
    }
}

fn print_statement(out: &mut Formatter<'_>, statement: &Statement) -> fmt::Result {
    match statement {
        Statement::Interpreter => out.write_str("#!/usr/bin/env bash\n"),
        Statement::Strict => out.write_str("set -euo pipefail\n"),
        Statement::Comment(text) => {
            for line in comment_lines(text) {
                writeln!(out, "{}", format!("# {line}").trim_end())?;
            }
            Ok(())
        }
        Statement::Blank => out.write_char('\n'),
        Statement::Variable(name, word) => writeln!(out, "{name}={}", word_text(word)),
        Statement::Block(name, text) if stands_in_substitution(text) => {
            let delimiter = free_delimiter("EOF", text);
            writeln!(out, "{name}=$(cat <<'{delimiter}'\n{text}\n{delimiter}\n)")
        }
        Statement::Block(name, text) => writeln!(out, "{name}={}", quote(text)),
        Statement::Output(name, command) => writeln!(out, "{name}=$({command})"),
        Statement::OutputOf(name, lines) => {
            write!(out, "{name}=$(")?;
            print_command(out, lines)?;
            out.write_str(")\n")
        }
        Statement::File(path, text) => {
            let wanted = if path.ends_with(".json") { "JSON" } else { "EOF" };
            let delimiter = free_delimiter(wanted, text);
            writeln!(
                out,
                "cat > {path} <<'{delimiter}'\n{}\n{delimiter}",
                text.trim_end_matches('\n')
            )
        }
        Statement::Command(lines) => {
            print_command(out, lines)?;
            out.write_char('\n')
        }
    }
}

fn print_command(out: &mut Formatter<'_>, lines: &[Vec<Word>]) -> fmt::Result {
    for (number, line) in lines.iter().enumerate() {
        let words: Vec<_> = line.iter().map(word_text).collect();
        if number > 0 {
            out.write_str(" \\\n  ")?;
        }
        out.write_str(&words.join(" "))?;
    }
    Ok(())
}

/// Tells whether a text survives `$(cat <<'EOF' … EOF)`: the substitution takes line breaks off the
/// end, and bash 3.2, which macOS still has, counts quotes and parentheses inside the heredoc.
fn stands_in_substitution(text: &str) -> bool {
    let count = |wanted: char| text.chars().filter(|character| *character == wanted).count();
    text.contains(['\'', '\n'])
        && !text.ends_with('\n')
        && !text.contains(['\\', '#', '`', '"'])
        && count('\'') % 2 == 0
        && count('(') == count(')')
        && !text.chars().any(|character| character != '\n' && is_unprintable(character))
}

fn word_text(word: &Word) -> String {
    match word {
        Word::Text(text) => quote(text),
        Word::Plain(word) => (*word).to_owned(),
        Word::Pieces(pieces) => {
            let mut text = String::from("\"");
            for piece in pieces {
                match piece {
                    Piece::Text(literal) => {
                        for character in literal.chars() {
                            if matches!(character, '"' | '\\' | '$' | '`') {
                                text.push('\\');
                            }
                            text.push(character);
                        }
                    }
                    Piece::Variable(name) => {
                        let _ = write!(text, "${{{name}}}");
                    }
                }
            }
            text.push('"');
            text
        }
    }
}
