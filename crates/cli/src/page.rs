//! Markdown for the terminal: the pages of rules.

use crate::console::{CODE, STRONG, Style, wrap};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

/// How code and lists are indented.
const INDENT: &str = "  ";

/// Lays Markdown out for the terminal: headings, paragraphs, lists, code and tables.
pub(crate) fn render(markdown: &str, style: Style) -> String {
    let mut page = Page { style, text: String::new(), line: String::new(), lists: 0, table: None };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.event(event);
    }
    let mut text = page.text.trim_end().to_owned();
    text.push('\n');
    text
}

struct Page {
    style: Style,
    text: String,
    /// The paragraph, item or cell that is being read.
    line: String,
    /// How many lists are open.
    lists: usize,
    /// The rows of the table that is being read.
    table: Option<Vec<Vec<String>>>,
}

impl Page {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.end_line(),
            Event::Start(Tag::List(_)) => {
                self.end_line();
                self.lists += 1;
            }
            Event::Start(Tag::Table(_)) => self.table = Some(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(rows) = &mut self.table {
                    rows.push(Vec::new());
                }
            }
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.line.push_str(&text),
            Event::Code(code) => self.code(&code),
            Event::SoftBreak | Event::HardBreak => self.line.push(' '),
            Event::Html(text) | Event::InlineHtml(text) => self.line.push_str(&text),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let line = std::mem::take(&mut self.line);
                let line = self.style.paint(STRONG, &line);
                self.text.push_str(&line);
                self.text.push('\n');
            }
            TagEnd::Paragraph if self.lists == 0 => {
                self.end_line();
                self.text.push('\n');
            }
            TagEnd::Item => self.end_line(),
            TagEnd::List(_) => {
                self.end_line();
                self.lists = self.lists.saturating_sub(1);
                if self.lists == 0 {
                    self.text.push('\n');
                }
            }
            TagEnd::CodeBlock => {
                let code = std::mem::take(&mut self.line);
                for line in code.trim_end_matches('\n').split('\n') {
                    let line = format!("{INDENT}{}", self.style.paint(CODE, line));
                    self.text.push_str(line.trim_end());
                    self.text.push('\n');
                }
                self.text.push('\n');
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.line);
                if let Some(row) = self.table.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                let rows = self.table.take().unwrap_or_default();
                self.text.push_str(&table(&rows, self.style));
                self.text.push('\n');
            }
            _ => {}
        }
    }

    fn code(&mut self, code: &str) {
        self.line.push('`');
        self.line.push_str(code);
        self.line.push('`');
    }

    /// Writes what was read as a paragraph or an item.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        let indent = INDENT.repeat(self.lists.saturating_sub(1));
        let (first, rest) = match self.lists {
            0 => (String::new(), String::new()),
            _ => (format!("{indent}- "), format!("{indent}  ")),
        };
        let width = self.style.width.min(100);
        let wrapped = wrap(&line, width, &first, &rest);
        self.text.push_str(&self.style.code(&wrapped));
        self.text.push('\n');
    }
}

/// Lays out rows of cells in columns; the first row is the heading.
fn table(rows: &[Vec<String>], style: Style) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.width())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        let line = line.trim_end();
        text.push_str(&if number == 0 { style.paint(STRONG, line) } else { style.code(line) });
        text.push('\n');
    }
    text
}
