//! Bicep files. The rules for strings are those of Bicep's lexer: *documented*,
//! <https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings>, read 2026-11.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{comment_lines, is_identifier, is_unprintable};

/// Quotes a text as a single-line string: `'…'` with escapes.
///
/// ```
/// use iac_emit::document::bicep::quote;
///
/// assert_eq!(quote("it's ${free}, $5"), r"'it\'s \${free}, $5'");
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => quoted.push_str(r"\\"),
            '\'' => quoted.push_str(r"\'"),
            '\n' => quoted.push_str(r"\n"),
            '\r' => quoted.push_str(r"\r"),
            '\t' => quoted.push_str(r"\t"),
            '$' if characters.peek() == Some(&'{') => quoted.push_str(r"\$"),
            other if is_unprintable(other) => {
                // Writing to a String cannot fail.
                let _ = write!(quoted, r"\u{{{:x}}}", u32::from(other));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}

/// Quotes a text as a multi-line string, `'''…'''`, which has no escapes at all; nothing if the text
/// cannot stand in one unchanged.
///
/// ```
/// use iac_emit::document::bicep::quote_block;
///
/// assert_eq!(quote_block("it's").as_deref(), Some("'''\nit's'''"));
/// assert_eq!(quote_block("'''"), None);
/// ```
#[must_use]
pub fn quote_block(text: &str) -> Option<String> {
    let stands = !text.contains("'''")
        && !text.ends_with('\'')
        && !text.chars().any(|character| character != '\n' && is_unprintable(character));
    // The line break directly after the opening quotes does not belong to the text.
    stands.then(|| format!("'''\n{text}'''"))
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, as a single-line string.
    Text(String),
    /// A text full of quotes or line breaks, as a multi-line string where it can stand in one.
    Block(String),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// The name of a parameter, a variable or a resource, or a property of it.
    Name(&'static str),
    /// A function and its arguments.
    Call(&'static str, Vec<Value>),
    /// An array, one value a line.
    Array(Vec<Value>),
    /// An object, one field a line.
    Object(Vec<(String, Value)>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// One statement of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// Lines of remark.
    Comment(String),
    /// `targetScope = '…'`.
    TargetScope(&'static str),
    /// `param …`, with its description.
    Parameter {
        /// What the parameter is for.
        description: &'static str,
        /// Its name.
        name: &'static str,
        /// Its type.
        kind: &'static str,
        /// What it is when nobody says.
        default: Option<Value>,
    },
    /// `var … = …`, under a remark if it has one.
    Variable(Option<String>, &'static str, Value),
    /// `resource … '…' = { … }`.
    Resource {
        /// A remark that stands directly above it.
        remark: Option<String>,
        /// The symbolic name.
        symbol: &'static str,
        /// The type with its API version.
        kind: String,
        /// Whether it exists already and is only named.
        existing: bool,
        /// Its body.
        body: Vec<(String, Value)>,
    },
}

/// A Bicep file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The statements, in order; a blank line stands between them.
    pub statements: Vec<Statement>,
}

impl Display for Document {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for (number, statement) in self.statements.iter().enumerate() {
            if number > 0 {
                formatter.write_char('\n')?;
            }
            print_statement(formatter, statement)?;
        }
        Ok(())
    }
}

fn print_statement(out: &mut Formatter<'_>, statement: &Statement) -> fmt::Result {
    match statement {
        Statement::Comment(text) => print_comment(out, text),
        Statement::TargetScope(scope) => writeln!(out, "targetScope = {}", quote(scope)),
        Statement::Parameter { description, name, kind, default } => {
            writeln!(out, "@description({})", quote(description))?;
            write!(out, "param {name} {kind}")?;
            if let Some(default) = default {
                out.write_str(" = ")?;
                print_value(out, default, 0)?;
            }
            out.write_char('\n')
        }
        Statement::Variable(remark, name, value) => {
            if let Some(remark) = remark {
                print_comment(out, remark)?;
            }
            write!(out, "var {name} = ")?;
            print_value(out, value, 0)?;
            out.write_char('\n')
        }
        Statement::Resource { remark, symbol, kind, existing, body } => {
            if let Some(remark) = remark {
                print_comment(out, remark)?;
            }
            let existing = if *existing { " existing" } else { "" };
            write!(out, "resource {symbol} {}{existing} = ", quote(kind))?;
            print_object(out, body, 0)?;
            out.write_char('\n')
        }
    }
}

fn print_comment(out: &mut Formatter<'_>, text: &str) -> fmt::Result {
    for line in comment_lines(text) {
        writeln!(out, "{}", format!("// {line}").trim_end())?;
    }
    Ok(())
}

fn print_value(out: &mut Formatter<'_>, value: &Value, depth: usize) -> fmt::Result {
    match value {
        Value::Text(text) => out.write_str(&quote(text)),
        Value::Block(text) => {
            let wants_block = text.contains(['\'', '\n']);
            let block = quote_block(text).filter(|_| wants_block);
            out.write_str(&block.unwrap_or_else(|| quote(text)))
        }
        Value::Integer(number) => write!(out, "{number}"),
        Value::Boolean(truth) => write!(out, "{truth}"),
        Value::Name(name) => out.write_str(name),
        Value::Call(function, arguments) => {
            write!(out, "{function}(")?;
            for (number, argument) in arguments.iter().enumerate() {
                if number > 0 {
                    out.write_str(", ")?;
                }
                print_value(out, argument, depth)?;
            }
            out.write_char(')')
        }
        Value::Array(values) if values.is_empty() => out.write_str("[]"),
        Value::Array(values) => {
            out.write_str("[\n")?;
            for value in values {
                write!(out, "{:indent$}", "", indent = 2 * depth + 2)?;
                print_value(out, value, depth + 1)?;
                out.write_char('\n')?;
            }
            write!(out, "{:indent$}]", "", indent = 2 * depth)
        }
        Value::Object(fields) => print_object(out, fields, depth),
    }
}

fn print_object(out: &mut Formatter<'_>, fields: &[(String, Value)], depth: usize) -> fmt::Result {
    out.write_str("{\n")?;
    for (name, value) in fields {
        write!(out, "{:indent$}", "", indent = 2 * depth + 2)?;
        if is_identifier(name) {
            out.write_str(name)?;
        } else {
            out.write_str(&quote(name))?;
        }
        out.write_str(": ")?;
        print_value(out, value, depth + 1)?;
        out.write_char('\n')?;
    }
    write!(out, "{:indent$}}}", "", indent = 2 * depth)
}
