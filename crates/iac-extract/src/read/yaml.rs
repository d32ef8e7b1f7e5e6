//! YAML as far as pipelines and settings need it: mappings, lists, quoted texts and blocks.
//!
//! What is read is where each scalar stands and what it says; anchors, tags and flow collections
//! are passed over.

use crate::expr::{Expr, Field, Item, ItemKind, Kind, Literal, MAX_DEPTH, Module, Part};
use crate::form::Form;
use crate::text::offset;
use diagnostics::Span;

/// Reads a file.
pub(crate) fn read(source: &str) -> Module {
    let mut reader = Reader { source, lines: lines(source), at: 0 };
    let mut module = Module::default();
    while reader.at < reader.lines.len() {
        let before = reader.at;
        let indent = reader.peek().map_or(0, |line| line.indent);
        let body = reader.block(indent, 0);
        module.items.push(Item { kind: ItemKind::Value, span: body.span, body });
        if reader.at == before {
            reader.at += 1;
        }
    }
    module
}

/// A line that is not empty: where its text begins and ends, and how far it is indented.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    text: usize,
    end: usize,
    indent: usize,
}

fn lines(source: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        let indent = text.len() - text.trim_start_matches(' ').len();
        lines.push(Line { start: at, text: at + indent, end: at + text.len(), indent });
        at += line.len();
    }
    lines
}

struct Reader<'s> {
    source: &'s str,
    lines: Vec<Line>,
    at: usize,
}

impl Reader<'_> {
    fn text(&self, line: Line) -> &str {
        self.source.get(line.text..line.end).unwrap_or("")
    }

    /// Returns the next line that says something.
    fn peek(&mut self) -> Option<Line> {
        while let Some(line) = self.lines.get(self.at).copied() {
            let text = self.text(line);
            if text.is_empty() || text.starts_with('#') || text == "---" || text == "..." {
                self.at += 1;
            } else {
                return Some(line);
            }
        }
        None
    }

    /// The mapping or list whose lines are indented so far.
    fn block(&mut self, indent: usize, depth: usize) -> Expr {
        let start = self.peek().map_or(self.source.len(), |line| line.text);
        let mut fields: Vec<Field> = Vec::new();
        let mut items: Vec<Expr> = Vec::new();
        let mut end = start;
        while let Some(line) = self.peek() {
            if line.indent != indent || depth > MAX_DEPTH {
                if line.indent < indent || depth > MAX_DEPTH {
                    break;
                }
                // More indented than what it belongs to: nothing that is understood.
                self.at += 1;
                continue;
            }
            let text = self.text(line);
            if text == "-" || text.starts_with("- ") {
                // The item begins behind the dash, as if it were indented so far.
                let inner = text.len() - text.trim_start_matches(['-', ' ']).len();
                if let Some(own) = self.lines.get_mut(self.at) {
                    own.text += inner.max(2).min(own.end - own.text);
                    own.indent += inner.max(2);
                }
                let own = self.lines.get(self.at).copied().unwrap_or(line);
                let item = if self.text(own).is_empty() {
                    self.at += 1;
                    self.nested(indent, depth)
                } else if self.key(own).is_some() {
                    self.block(own.indent, depth + 1)
                } else {
                    self.at += 1;
                    self.scalar(own.text, own, indent)
                };
                end = end.max(item.span.end as usize);
                items.push(item);
                continue;
            }
            let Some((name, name_span, value_at)) = self.key(line) else {
                self.at += 1;
                continue;
            };
            self.at += 1;
            let rest = self.source.get(value_at..line.end).unwrap_or("").trim();
            let value = if rest.is_empty() || rest.starts_with('#') {
                self.nested(indent, depth)
            } else {
                self.scalar(value_at, line, indent)
            };
            end = end.max(value.span.end as usize);
            fields.push(Field { name, name_span, value });
        }
        let span = Span::new(offset(start), offset(end));
        if fields.is_empty() {
            return Expr::new(span, Kind::List(items));
        }
        Expr::new(span, Kind::Object(fields))
    }

    /// What stands under a key or a dash.
    fn nested(&mut self, indent: usize, depth: usize) -> Expr {
        let here = Span::at(offset(self.lines.get(self.at).map_or(0, |line| line.start)));
        match self.peek() {
            Some(line) if line.indent > indent => self.block(line.indent, depth + 1),
            // A list may stand as far left as its key.
            Some(line) if line.indent == indent && self.text(line).starts_with("- ") => {
                self.list_at(indent, depth)
            }
            _ => Expr::new(here, Kind::Word("null".to_owned())),
        }
    }

    /// The items of a list that stands as far left as its key.
    fn list_at(&mut self, indent: usize, depth: usize) -> Expr {
        let start = self.peek().map_or(0, |line| line.text);
        let mut items = Vec::new();
        while let Some(line) = self.peek() {
            if line.indent != indent || !self.text(line).starts_with('-') {
                break;
            }
            let before = self.at;
            // One item: the block ends where the next dash or key begins.
            let text = self.text(line);
            let inner = text.len() - text.trim_start_matches(['-', ' ']).len();
            if let Some(own) = self.lines.get_mut(self.at) {
                own.text += inner.max(2).min(own.end - own.text);
                own.indent += inner.max(2);
            }
            let own = self.lines.get(self.at).copied().unwrap_or(line);
            let item = if self.text(own).is_empty() {
                self.at += 1;
                self.nested(indent, depth)
            } else if self.key(own).is_some() && depth < MAX_DEPTH {
                self.block(own.indent, depth + 1)
            } else {
                self.at += 1;
                self.scalar(own.text, own, indent)
            };
            items.push(item);
            if self.at == before {
                self.at += 1;
            }
        }
        let end = items.last().map_or(start, |last| last.span.end as usize);
        Expr::new(Span::new(offset(start), offset(end)), Kind::List(items))
    }

    /// Returns the key of a line, where it stands, and where its value begins.
    fn key(&self, line: Line) -> Option<(String, Span, usize)> {
        let text = self.text(line);
        let (name, behind) = match text.chars().next()? {
            quote @ ('\'' | '"') => {
                let end = text.get(1..)?.find(quote)? + 1;
                (text.get(1..end)?, end + 1)
            }
            '{' | '[' | '&' | '*' | '|' | '>' | '%' => return None,
            _ => {
                let end =
                    text.find(": ").or_else(|| text.ends_with(':').then(|| text.len() - 1))?;
                (text.get(..end)?, end)
            }
        };
        let rest = text.get(behind..)?;
        let tail = rest.strip_prefix(':')?;
        if !tail.is_empty() && !tail.starts_with([' ', '\t']) {
            return None;
        }
        let span = Span::new(offset(line.text), offset(line.text + behind));
        Some((name.trim().to_owned(), span, line.text + behind + 1))
    }

    /// A scalar that begins on a line, perhaps a block below it.
    fn scalar(&mut self, from: usize, line: Line, indent: usize) -> Expr {
        let rest = self.source.get(from..line.end).unwrap_or("");
        let start = from + (rest.len() - rest.trim_start().len());
        let text = self.source.get(start..line.end).unwrap_or("");
        match text.bytes().next().unwrap_or(0) {
            sign @ (b'|' | b'>') => self.lines_below(start, line, indent, sign == b'>'),
            b'\'' => self.single(start),
            b'"' => self.double(start),
            b'{' | b'[' | b'&' | b'*' | b'!' => {
                let span = Span::new(offset(start), offset(line.end));
                Expr::new(span, Kind::Other(Vec::new()))
            }
            _ => {
                let text = text.split(" #").next().unwrap_or("").trim_end();
                let span = Span::new(offset(start), offset(start + text.len()));
                if text == "null" || text == "~" || text.is_empty() {
                    return Expr::new(span, Kind::Word("null".to_owned()));
                }
                let parts = vec![Part::Copied(span)];
                let literal = Literal { form: Form::YamlPlain, content: span, parts };
                Expr::new(span, Kind::Literal(literal))
            }
        }
    }

    /// `|` and `>`: the lines below that are indented further.
    fn lines_below(&mut self, start: usize, line: Line, indent: usize, folds: bool) -> Expr {
        let header = self.source.get(start..line.end).unwrap_or("");
        let strips = header.contains('-');
        let first = self.lines.get(self.at..).unwrap_or_default().iter();
        let own = first.clone().find(|line| line.text < line.end).map_or(0, |line| line.indent);
        let mut parts: Vec<Part> = Vec::new();
        let mut end = line.end;
        if own > indent || (own > 0 && own == indent && line.indent < own) {
            let mut last = self.at;
            for (number, line) in self.lines.iter().enumerate().skip(self.at) {
                if line.text < line.end {
                    if line.indent < own {
                        break;
                    }
                    last = number + 1;
                }
            }
            let taken = self.lines.get(self.at..last).unwrap_or_default();
            for (number, line) in taken.iter().enumerate() {
                let from = (line.start + own).min(line.end);
                if from < line.end {
                    parts.push(Part::Copied(Span::new(offset(from), offset(line.end))));
                }
                let is_last = number + 1 == taken.len();
                let next = taken.get(number + 1).map(|next| next.start);
                let behind = next.unwrap_or_else(|| self.break_after(line.end));
                let span = Span::new(offset(line.end), offset(behind));
                end = if is_last && strips { line.end } else { behind };
                if is_last && strips || span.is_empty() {
                    continue;
                }
                // A fold joins two lines that are not indented further.
                let joins = folds
                    && !is_last
                    && line.indent == own
                    && taken.get(number + 1).is_some_and(|next| next.indent == own);
                if joins {
                    parts.push(Part::Escaped(span, " ".to_owned()));
                } else {
                    parts.push(Part::Escaped(span, "\n".to_owned()));
                }
            }
            self.at = last;
        }
        let content = parts.first().map_or(offset(line.end), |part| match part {
            Part::Copied(span) | Part::Escaped(span, _) | Part::Hole(span, _) => span.start,
        });
        let form = Form::YamlBlock { indent: " ".repeat(own) };
        let literal = Literal { form, content: Span::new(content, offset(end)), parts };
        Expr::new(Span::new(offset(start), offset(end)), Kind::Literal(literal))
    }

    /// Returns where the line break at the end of a line ends.
    fn break_after(&self, end: usize) -> usize {
        let rest = self.source.get(end..).unwrap_or("");
        end + if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) }
    }

    /// `'…'`, in which `''` is one quote; over lines, breaks are folded.
    fn single(&mut self, start: usize) -> Expr {
        let mut parts = Vec::new();
        let (mut at, mut from) = (start + 1, start + 1);
        while let Some(rest) = self.source.get(at..) {
            match rest.bytes().next() {
                None => break,
                Some(b'\'') if rest.starts_with("''") => {
                    push_copied(&mut parts, from, at);
                    parts.push(Part::Escaped(span(at, at + 2), "'".to_owned()));
                    at += 2;
                    from = at;
                }
                Some(b'\'') => break,
                Some(b'\n' | b'\r') => (at, from) = self.fold(&mut parts, from, at),
                Some(_) => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        push_copied(&mut parts, from, at);
        self.quoted(Form::YamlSingle, start, at, parts)
    }

    /// `"…"`, with the escapes of JSON and a few more.
    fn double(&mut self, start: usize) -> Expr {
        let mut parts = Vec::new();
        let (mut at, mut from) = (start + 1, start + 1);
        while let Some(rest) = self.source.get(at..) {
            match rest.bytes().next() {
                None | Some(b'"') => break,
                Some(b'\\') => {
                    push_copied(&mut parts, from, at);
                    let next = rest.chars().nth(1).map_or(1, |next| 1 + next.len_utf8());
                    let length = if rest.starts_with("\\u") { 6 } else { next };
                    let piece = span(at, (at + length).min(self.source.len()));
                    parts.extend(super::json::parts(self.source, piece));
                    at += length;
                    from = at;
                }
                Some(b'\n' | b'\r') => (at, from) = self.fold(&mut parts, from, at),
                Some(_) => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        push_copied(&mut parts, from, at);
        self.quoted(Form::YamlDouble, start, at, parts)
    }

    /// A line break within quotes and the white space around it are one blank.
    fn fold(&self, parts: &mut Vec<Part>, from: usize, at: usize) -> (usize, usize) {
        let before = self.source.get(from..at).unwrap_or("");
        let kept = from + before.trim_end().len();
        push_copied(parts, from, kept);
        let rest = self.source.get(at..).unwrap_or("");
        let behind = at + (rest.len() - rest.trim_start().len());
        parts.push(Part::Escaped(span(kept, behind), " ".to_owned()));
        (behind, behind)
    }

    fn quoted(&mut self, form: Form, start: usize, end: usize, parts: Vec<Part>) -> Expr {
        // The text may have gone over lines.
        while self.lines.get(self.at).is_some_and(|line| line.end <= end && line.start > start) {
            self.at += 1;
        }
        while self.lines.get(self.at).is_some_and(|line| line.start > start && line.start < end) {
            self.at += 1;
        }
        let literal = Literal { form, content: span(start + 1, end), parts };
        let whole = span(start, (end + 1).min(self.source.len()));
        Expr::new(whole, Kind::Literal(literal))
    }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(offset(start), offset(end))
}

fn push_copied(parts: &mut Vec<Part>, from: usize, to: usize) {
    if from < to {
        parts.push(Part::Copied(span(from, to)));
    }
}
