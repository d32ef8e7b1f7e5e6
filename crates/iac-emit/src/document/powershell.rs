//! PowerShell scripts. The rules for strings are those of `about_Quoting_Rules` and
//! `about_Special_Characters`: *documented*,
//! <https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules>,
//! read 2026-11. PowerShell takes typographic quotes for quotes too; they are doubled like any other.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{comment_lines, is_identifier, is_unprintable};

/// Quotes a text: in single quotes, or in double quotes with escapes where it has characters that
/// would not survive a text editor.
///
/// ```
/// use iac_emit::document::powershell::quote;
///
/// assert_eq!(quote("it's $5"), "'it''s $5'");
/// assert_eq!(quote("a\r\n$b"), "\"a`r`n`$b\"");
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    if text.chars().any(|character| character != '\n' && is_unprintable(character)) {
        return format!("\"{}\"", escape(text));
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for character in text.chars() {
        quoted.push(character);
        if is_single_quote(character) {
            quoted.push(character);
        }
    }
    quoted.push('\'');
    quoted
}

/// Quotes a text as a here-string, in which nothing has to be escaped; nothing if the text cannot
/// stand in one unchanged.
#[must_use]
pub fn quote_block(text: &str) -> Option<String> {
    // `'@` at the start of a line ends the text; any quote there is one too many for some readers.
    let ends_early = text.split('\n').any(|line| line.trim_start().starts_with(is_single_quote));
    let stands = !ends_early
        && !text.chars().any(|character| character != '\n' && is_unprintable(character));
    stands.then(|| format!("@'\n{text}\n'@"))
}

fn is_single_quote(character: char) -> bool {
    matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}')
}

fn is_double_quote(character: char) -> bool {
    matches!(character, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\0' => escaped.push_str("`0"),
            '\u{7}' => escaped.push_str("`a"),
            '\u{8}' => escaped.push_str("`b"),
            '\t' => escaped.push_str("`t"),
            '\n' => escaped.push_str("`n"),
            '\u{b}' => escaped.push_str("`v"),
            '\u{c}' => escaped.push_str("`f"),
            '\r' => escaped.push_str("`r"),
            '`' | '$' => {
                escaped.push('`');
                escaped.push(character);
            }
            quote if is_double_quote(quote) => {
                escaped.push('`');
                escaped.push(quote);
            }
            // The escape `u{…} is unknown to Windows PowerShell 5.1.
            other if is_unprintable(other) => {
                let _ = write!(escaped, "$([char]0x{:04X})", u32::from(other));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A text of many quotes or lines, as a here-string where it can stand in one.
    Block(String),
    /// A text with variables in it.
    Pieces(Vec<Piece>),
    /// A variable.
    Variable(&'static str),
    /// A point in time, as the text RFC 3339 has for it.
    Instant(String),
    /// `$true` or `$false`.
    Boolean(bool),
    /// An expression of ours, with nothing of a user's in it.
    Expression(&'static str),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A piece of a text with variables in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A text, taken literally.
    Text(String),
    /// A variable, `${…}`.
    Variable(&'static str),
}

/// One line, or paragraph, of a script.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// Lines of remark.
    Comment(String),
    /// A blank line.
    Blank,
    /// `$name = value`.
    Variable(&'static str, Value),
    /// `$name = @{ … }`, with the `=` in one column.
    Table(&'static str, Vec<(&'static str, Value)>),
    /// A command, its parameters, and the table that is splatted into it.
    Command {
        /// The command.
        name: &'static str,
        /// The words after it: parameters and arguments.
        words: Vec<Word>,
    },
    /// `$name = command …`.
    Output {
        /// The variable.
        variable: &'static str,
        /// The command.
        command: &'static str,
        /// Its words.
        words: Vec<Word>,
    },
    /// A line of ours, with nothing of a user's in it.
    Line(&'static str),
    /// `$name = Command … | Where-Object Property -like 'pattern'`, the one pipeline we need.
    Find {
        /// The variable.
        variable: &'static str,
        /// The command.
        command: &'static str,
        /// Its words.
        words: Vec<Word>,
        /// The property to compare.
        property: &'static str,
        /// What the property ends with.
        suffix: String,
    },
    /// A file in UTF-8.
    File(&'static str, String),
}

/// A word after a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Word {
    /// A word of ours: a parameter, a subcommand.
    Plain(&'static str),
    /// A word of ours that begins a new line.
    Continued(&'static str),
    /// A value.
    Value(Value),
}

/// A script.
#[derive(Debug, Clone, PartialEq, Default)]
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
        Statement::Comment(text) => {
            for line in comment_lines(text) {
                writeln!(out, "{}", format!("# {line}").trim_end())?;
            }
            Ok(())
        }
        Statement::Blank => out.write_char('\n'),
        Statement::Variable(name, value) => writeln!(out, "${name} = {}", value_text(value)),
        Statement::Table(name, fields) => {
            let column = fields.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
            writeln!(out, "${name} = @{{")?;
            for (name, value) in fields {
                let name = if is_identifier(name) { (*name).to_owned() } else { quote(name) };
                writeln!(out, "  {name:column$} = {}", value_text(value))?;
            }
            out.write_str("}\n")
        }
        Statement::Command { name, words } => writeln!(out, "{name}{}", words_text(words)),
        Statement::Output { variable, command, words } => {
            writeln!(out, "${variable} = {command}{}", words_text(words))
        }
        Statement::Line(line) => writeln!(out, "{line}"),
        Statement::Find { variable, command, words, property, suffix } => writeln!(
            out,
            "${variable} = {command}{} |\n  Where-Object {property} -like {}",
            words_text(words),
            quote(&format!("*{suffix}"))
        ),
        Statement::File(path, text) => {
            let text = text.trim_end_matches('\n');
            let value = quote_block(text).unwrap_or_else(|| quote(text));
            writeln!(out, "{value} | Set-Content -Path {path} -Encoding utf8")
        }
    }
}

fn words_text(words: &[Word]) -> String {
    words
        .iter()
        .map(|word| match word {
            Word::Plain(word) => format!(" {word}"),
            Word::Continued(word) => format!(" `\n  {word}"),
            Word::Value(value) => format!(" {}", value_text(value)),
        })
        .collect()
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => quote(text),
        Value::Block(text) => {
            let wants_block = text.contains(['\'', '\n']);
            quote_block(text).filter(|_| wants_block).unwrap_or_else(|| quote(text))
        }
        Value::Pieces(pieces) => {
            let mut text = String::from("\"");
            for piece in pieces {
                match piece {
                    Piece::Text(literal) => text.push_str(&escape(literal)),
                    Piece::Variable(name) => {
                        let _ = write!(text, "${{{name}}}");
                    }
                }
            }
            text.push('"');
            text
        }
        Value::Variable(name) => format!("${name}"),
        Value::Instant(instant) => format!("([datetime]{}).ToUniversalTime()", quote(instant)),
        Value::Boolean(truth) => format!("${truth}"),
        Value::Expression(expression) => (*expression).to_owned(),
    }
}
