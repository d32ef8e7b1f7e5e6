//! Terraform files, laid out as `terraform fmt` lays them out. The rules for strings are those of
//! HCL's native syntax: *documented*, <https://developer.hashicorp.com/terraform/language/expressions/strings>,
//! read 2026-11.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{comment_lines, free_delimiter, is_identifier, is_unprintable};

/// Quotes a text as a string, `"…"`, that interpolates nothing.
///
/// ```
/// use iac_emit::document::hcl::quote;
///
/// assert_eq!(quote(r#"say "${x}""#), r#""say \"$${x}\"""#);
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => escaped.push_str(r"\\"),
            '"' => escaped.push_str("\\\""),
            '\n' => escaped.push_str(r"\n"),
            '\r' => escaped.push_str(r"\r"),
            '\t' => escaped.push_str(r"\t"),
            sign @ ('$' | '%') => {
                let mut before = 0;
                while characters.next_if_eq(&sign).is_some() {
                    before += 1;
                }
                let opens = characters.peek() == Some(&'{');
                for _ in 0..before {
                    // In `$${` a reader would see an escaped `${`; spelling the first one out
                    // leaves no doubt.
                    if opens { escape_code(&mut escaped, sign) } else { escaped.push(sign) }
                }
                escaped.push(sign);
                if opens {
                    escaped.push(sign);
                }
            }
            other if is_unprintable(other) => escape_code(&mut escaped, other),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Spells out a character; those beyond the first plane are never unprintable to us.
fn escape_code(escaped: &mut String, character: char) {
    // Writing to a String cannot fail.
    let _ = write!(escaped, r"\u{:04x}", u32::from(character));
}

/// Quotes a text of several lines as an indented heredoc inside `chomp(…)`; nothing if the text
/// cannot stand in one unchanged.
#[must_use]
pub fn quote_block(text: &str, indent: usize) -> Option<String> {
    let stands = text.contains('\n')
        && !text.contains("$$")
        && !text.contains("%%")
        && !text.chars().any(|character| character != '\n' && is_unprintable(character))
        && text.split('\n').all(|line| !line.trim().is_empty())
        // The smallest indentation of all lines is taken away when the heredoc is read.
        && text.split('\n').any(|line| !line.starts_with(char::is_whitespace));
    if !stands {
        return None;
    }
    let delimiter = free_delimiter("EOT", text);
    let mut block = format!("chomp(<<-{delimiter}\n");
    for line in text.split('\n') {
        let line = line.replace("${", "$${").replace("%{", "%%{");
        let _ = writeln!(block, "{:indent$}  {line}", "");
    }
    let _ = write!(block, "{:indent$}{delimiter}\n{:indent$})", "", "");
    Some(block)
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, as a quoted string.
    Text(String),
    /// A text that may have several lines, as a heredoc where it can stand in one.
    Block(String),
    /// A text with references in it.
    Template(Vec<Piece>),
    /// A reference such as `data.azurerm_subscription.this.id`.
    Reference(String),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// A list, on one line.
    List(Vec<Value>),
    /// A list, one value a line.
    Lines(Vec<Value>),
    /// An object, one field a line.
    Object(Vec<(String, Value)>),
    /// A function and its one argument, on one line.
    Call(&'static str, Box<Value>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A piece of a text with references in it.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Text, taken literally.
    Text(String),
    /// A reference, `${…}`.
    Reference(String),
}

/// An item of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Lines of remark.
    Comment(String),
    /// A blank line.
    Blank,
    /// `name = value`.
    Attribute(&'static str, Value),
    /// A block with its labels and its body.
    Block(&'static str, Vec<String>, Vec<Item>),
}

impl Item {
    /// Makes an attribute.
    #[must_use]
    pub fn attribute(name: &'static str, value: impl Into<Value>) -> Self {
        Self::Attribute(name, value.into())
    }

    /// Returns the name of an attribute or a block.
    #[must_use]
    pub const fn name(&self) -> Option<&'static str> {
        match self {
            Self::Attribute(name, _) | Self::Block(name, _, _) => Some(name),
            Self::Comment(_) | Self::Blank => None,
        }
    }

    /// Makes a block without labels.
    #[must_use]
    pub fn block(name: &'static str, body: Vec<Item>) -> Self {
        Self::Block(name, Vec::new(), body)
    }
}

/// A Terraform file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// What stands in the file.
    pub items: Vec<Item>,
}

impl Display for Document {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        print_items(formatter, &self.items, 0)
    }
}

fn print_items(out: &mut Formatter<'_>, items: &[Item], depth: usize) -> fmt::Result {
    let indent = 2 * depth;
    let attributes: Vec<_> = items
        .iter()
        .map(|item| match item {
            Item::Attribute(name, value) => Some(((*name).to_owned(), value)),
            _ => None,
        })
        .collect();
    let rendered = render(&attributes, depth);
    for (item, line) in items.iter().zip(rendered) {
        match item {
            Item::Comment(text) => {
                for line in comment_lines(text) {
                    writeln!(out, "{:indent$}{}", "", format!("# {line}").trim_end())?;
                }
            }
            Item::Blank => out.write_char('\n')?,
            Item::Attribute(..) => writeln!(out, "{:indent$}{}", "", line.unwrap_or_default())?,
            Item::Block(kind, labels, body) => {
                write!(out, "{:indent$}{kind}", "")?;
                for label in labels {
                    write!(out, " {}", quote(label))?;
                }
                if body.is_empty() {
                    out.write_str(" {}\n")?;
                } else {
                    out.write_str(" {\n")?;
                    print_items(out, body, depth + 1)?;
                    writeln!(out, "{:indent$}}}", "")?;
                }
            }
        }
    }
    Ok(())
}

/// Renders `name = value` for each attribute. Neighbours whose value stays on one line have their
/// `=` in one column; whatever has no value, or one of several lines, ends the column.
fn render(attributes: &[Option<(String, &Value)>], depth: usize) -> Vec<Option<String>> {
    let values: Vec<_> = attributes
        .iter()
        .map(|attribute| attribute.as_ref().map(|(_, value)| value_text(value, depth)))
        .collect();
    let is_aligned = |index: usize| {
        values.get(index).and_then(Option::as_ref).is_some_and(|value| !value.contains('\n'))
    };
    let mut lines = Vec::with_capacity(attributes.len());
    let mut column = 0;
    for (index, attribute) in attributes.iter().enumerate() {
        let Some(((name, _), Some(value))) = attribute.as_ref().zip(values.get(index)) else {
            lines.push(None);
            continue;
        };
        if !is_aligned(index) {
            lines.push(Some(format!("{name} = {value}")));
            continue;
        }
        let starts_column = index == 0 || !is_aligned(index - 1);
        if starts_column {
            column = attributes
                .iter()
                .enumerate()
                .skip(index)
                .take_while(|(other, _)| is_aligned(*other))
                .filter_map(|(_, other)| other.as_ref())
                .map(|(other, _)| other.chars().count())
                .max()
                .unwrap_or_default();
        }
        lines.push(Some(format!("{name:column$} = {value}")));
    }
    lines
}

fn value_text(value: &Value, depth: usize) -> String {
    match value {
        Value::Text(text) => quote(text),
        Value::Block(text) => quote_block(text, 2 * depth).unwrap_or_else(|| quote(text)),
        Value::Template(pieces) => {
            let mut text = String::from("\"");
            for piece in pieces {
                match piece {
                    Piece::Text(literal) => text.push_str(&escape_before_reference(literal)),
                    Piece::Reference(reference) => {
                        let _ = write!(text, "${{{reference}}}");
                    }
                }
            }
            text.push('"');
            text
        }
        Value::Reference(reference) => reference.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(truth) => truth.to_string(),
        Value::List(values) => {
            let values: Vec<_> = values.iter().map(|value| value_text(value, depth)).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Lines(values) => {
            let mut text = String::from("[\n");
            for value in values {
                let value = value_text(value, depth + 1);
                let _ = writeln!(text, "{:indent$}{value},", "", indent = 2 * depth + 2);
            }
            let _ = write!(text, "{:indent$}]", "", indent = 2 * depth);
            text
        }
        Value::Call(function, argument) => format!("{function}({})", value_text(argument, depth)),
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let attributes: Vec<_> = fields
                .iter()
                .map(|(name, value)| {
                    Some((if is_identifier(name) { name.clone() } else { quote(name) }, value))
                })
                .collect();
            let mut text = String::from("{\n");
            for line in render(&attributes, depth + 1).into_iter().flatten() {
                let _ = writeln!(text, "{:indent$}{line}", "", indent = 2 * depth + 2);
            }
            let _ = write!(text, "{:indent$}}}", "", indent = 2 * depth);
            text
        }
    }
}

/// Escapes a text after which a `${` may follow, so that no sign at its end joins it.
fn escape_before_reference(text: &str) -> String {
    let escaped = escape(text);
    let signs = escaped.len() - escaped.trim_end_matches(['$', '%']).len();
    let (head, tail) = escaped.split_at(escaped.len() - signs);
    let tail: String = tail.chars().map(|sign| format!(r"\u{:04x}", u32::from(sign))).collect();
    format!("{head}{tail}")
}
