//! Terraform: configuration and variable files.

mod templates;

use super::bicep::pick;
use crate::expr::{Expr, Field, Item, ItemKind, Kind, MAX_DEPTH, Module, Part};
use crate::scan::{Parts, Scanner};
use crate::text::offset;
use diagnostics::Span;

/// Blocks whose `condition` is an expression of Terraform and none of Azure.
const CHECKS: [&str; 5] = ["precondition", "postcondition", "validation", "assert", "check"];

/// Reads the file that stands at a span of a source. What cannot be read is passed over.
pub(crate) fn read(source: &str, span: Span) -> Module {
    let mut reader =
        Reader { scan: Scanner::within(source, span), depth: 0, module: Module::default() };
    let fields = reader.body(true);
    for field in fields {
        // The values of a variable file, or attributes that stand alone.
        let span = field.value.span;
        let kind = ItemKind::Binding(field.name.clone());
        let body = Expr::new(span, Kind::Object(vec![field]));
        reader.module.items.push(Item { kind, span, body });
    }
    reader.module
}

/// Returns the pieces of a template: a file that `templatefile` reads.
pub(crate) fn template_parts(source: &str, span: Span) -> Vec<Part> {
    let scan = Scanner::within(source, span);
    let mut reader = Reader { scan, depth: 0, module: Module::default() };
    let mut parts = Parts::default();
    while !reader.scan.is_end() {
        match reader.scan.peek() {
            b'$' | b'%' => reader.template(&mut parts),
            _ => {
                parts.copy(reader.scan.at);
                reader.scan.bump();
            }
        }
    }
    parts.flush(reader.scan.at);
    parts.parts
}

struct Reader<'s> {
    scan: Scanner<'s>,
    depth: usize,
    module: Module,
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

impl Reader<'_> {
    fn space(&mut self, lines: bool) {
        loop {
            match self.scan.peek() {
                b' ' | b'\t' => self.scan.at += 1,
                b'\n' | b'\r' if lines => self.scan.at += 1,
                b'#' => self.scan.skip_line(),
                b'/' if self.scan.looking_at("//") => self.scan.skip_line(),
                b'/' if self.scan.looking_at("/*") => {
                    self.scan.at += 2;
                    self.scan.skip_past("*/");
                }
                _ => return,
            }
        }
    }

    fn name(&mut self) -> String {
        self.scan.word(is_name).to_owned()
    }

    /// The attributes and blocks of a body, up to its bracket.
    fn body(&mut self, top: bool) -> Vec<Field> {
        let opened = self.scan.at.saturating_sub(1);
        let mut fields = Vec::new();
        loop {
            self.space(true);
            let start = self.scan.at;
            if self.scan.is_end() {
                if !top {
                    self.module.unclosed = Some(Span::at(offset(opened)));
                }
                return fields;
            }
            if self.scan.peek() == b'}' {
                self.scan.at += 1;
                if top {
                    continue;
                }
                return fields;
            }
            let name = match self.scan.peek() {
                b'"' => {
                    let text = self.quoted();
                    text.plain(self.scan.source).unwrap_or_default()
                }
                _ => self.name(),
            };
            if name.is_empty() {
                self.scan.bump();
                continue;
            }
            let name_span = self.scan.span_from(start);
            self.space(false);
            if self.scan.peek() == b'=' && self.scan.peek_at(1) != b'=' {
                self.scan.at += 1;
                self.space(false);
                let value = self.expression(false);
                fields.push(Field { name, name_span, value });
                continue;
            }
            let mut labels = Vec::new();
            while matches!(self.scan.peek(), b'"') || is_name(self.scan.peek()) {
                let start = self.scan.at;
                let label = match self.scan.peek() {
                    b'"' => {
                        let text = self.quoted();
                        text.plain(self.scan.source).unwrap_or_default()
                    }
                    _ => self.name(),
                };
                labels.push((label, self.scan.span_from(start)));
                self.space(false);
            }
            if self.scan.peek() != b'{' {
                self.scan.skip_line();
                continue;
            }
            self.scan.at += 1;
            if self.depth >= MAX_DEPTH {
                continue;
            }
            self.depth += 1;
            let inner_start = self.scan.at - 1;
            let inside = self.body(false);
            self.depth -= 1;
            let body = Expr::new(self.scan.span_from(inner_start), Kind::Object(inside));
            let span = self.scan.span_from(start);
            if top {
                self.block(&name, &labels, span, body);
            } else if !CHECKS.contains(&name.as_str()) {
                // `dynamic "schedule" { content {…} }` is a `schedule`.
                let (name, body) = match (name.as_str(), labels.first(), body.get("content")) {
                    ("dynamic", Some((label, _)), Some(content)) => {
                        (label.clone(), content.clone())
                    }
                    _ => (name, body),
                };
                fields.push(Field { name, name_span, value: body });
            }
        }
    }

    /// A block of the file.
    fn block(&mut self, name: &str, labels: &[(String, Span)], span: Span, body: Expr) {
        let kind = match (name, labels.first()) {
            ("resource", Some((resource_type, head))) => ItemKind::Resource {
                resource_type: resource_type.clone(),
                head: *head,
                deletes: false,
            },
            ("variable", Some((label, _))) => {
                if let Some(default) = body.get("default") {
                    let name = format!("var.{label}");
                    self.module.names.insert(name.clone(), default.clone());
                    self.module.parameters.insert(name);
                }
                let fields = body.fields().iter();
                let kept = fields.filter(|one| one.name != "description").cloned().collect();
                let body = Expr::new(body.span, Kind::Object(kept));
                let kind = ItemKind::Binding(label.clone());
                self.module.items.push(Item { kind, span, body });
                return;
            }
            ("locals", _) => {
                for field in body.fields() {
                    let name = format!("local.{}", field.name);
                    self.module.names.insert(name, field.value.clone());
                    let kind = ItemKind::Binding(field.name.clone());
                    let span = field.value.span;
                    self.module.items.push(Item { kind, span, body: field.value.clone() });
                }
                return;
            }
            ("terraform" | "provider" | "check" | "moved" | "import" | "removed", _) => return,
            _ => ItemKind::Value,
        };
        self.module.items.push(Item { kind, span, body });
    }

    /// An expression; within brackets it goes over lines.
    fn expression(&mut self, lines: bool) -> Expr {
        if self.depth >= MAX_DEPTH {
            let span = self.scan.place();
            self.scan.skip_line();
            return Expr::new(span, Kind::Other(Vec::new()));
        }
        self.depth += 1;
        let result = self.operators(lines);
        self.depth -= 1;
        result
    }

    fn operators(&mut self, lines: bool) -> Expr {
        const OPERATORS: [&str; 12] =
            ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "%"];
        let start = self.scan.at;
        let mut operands = vec![self.unary(lines)];
        loop {
            let back = self.scan;
            self.space(lines);
            if self.scan.eat("?") {
                self.space(true);
                let first = self.expression(lines);
                self.space(true);
                self.scan.eat(":");
                self.space(true);
                let second = self.expression(lines);
                let span = self.scan.span_from(start);
                return Expr::new(span, Kind::Choice(vec![first, second]));
            }
            let found = OPERATORS.iter().find(|one| self.scan.looking_at(one));
            if self.scan.looking_at("=>") {
                self.scan = back;
                break;
            }
            if let Some(found) = found {
                self.scan.at += found.len();
            } else if self.scan.peek() == b'/' && !self.scan.looking_at("//") {
                self.scan.at += 1;
            } else {
                self.scan = back;
                break;
            }
            self.space(true);
            operands.push(self.unary(lines));
        }
        if operands.len() == 1
            && let Some(only) = operands.pop()
        {
            return only;
        }
        Expr::new(self.scan.span_from(start), Kind::Other(operands))
    }

    fn unary(&mut self, lines: bool) -> Expr {
        let start = self.scan.at;
        while matches!(self.scan.peek(), b'!' | b'-') {
            self.scan.at += 1;
        }
        let mut value = self.primary(lines);
        loop {
            match self.scan.peek() {
                b'.' if is_name(self.scan.peek_at(1)) => {
                    self.scan.at += 1;
                    let name = self.name();
                    value = pick(value, &name, self.scan.span_from(start));
                }
                b'.' if self.scan.peek_at(1) == b'*' => {
                    self.scan.at += 2;
                    value = Expr::new(self.scan.span_from(start), Kind::Other(vec![value]));
                }
                b'[' => {
                    self.scan.at += 1;
                    self.space(true);
                    let index = self.expression(true);
                    self.space(true);
                    if self.scan.eat("*") {
                        self.space(true);
                    }
                    self.scan.eat("]");
                    let span = self.scan.span_from(start);
                    value = match index.plain(self.scan.source) {
                        Some(name) => pick(value, &name, span),
                        None => Expr::new(span, Kind::Other(vec![value, index])),
                    };
                }
                _ => return value,
            }
        }
    }

    fn primary(&mut self, lines: bool) -> Expr {
        let start = self.scan.at;
        match self.scan.peek() {
            b'"' => return self.quoted(),
            b'<' if self.scan.looking_at("<<") => return self.heredoc(),
            b'(' => {
                self.scan.at += 1;
                self.space(true);
                let mut inside = self.expression(true);
                self.space(true);
                self.scan.eat(")");
                inside.span = self.scan.span_from(start);
                return inside;
            }
            b'[' => return self.list(),
            b'{' => return self.object(),
            _ => {}
        }
        if self.scan.peek().is_ascii_digit() {
            let word = self.scan.word(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
            return Expr::new(self.scan.span_from(start), Kind::Word(word.to_owned()));
        }
        let name = self.name();
        match name.as_str() {
            "" => return Expr::new(self.scan.place(), Kind::Other(Vec::new())),
            "true" | "false" | "null" => {
                return Expr::new(self.scan.span_from(start), Kind::Word(name));
            }
            _ => {}
        }
        let _ = lines;
        if self.scan.peek() == b'(' {
            self.scan.at += 1;
            let arguments = self.items(")");
            let span = self.scan.span_from(start);
            return Expr::new(span, Kind::Call(name.to_lowercase(), arguments));
        }
        Expr::new(self.scan.span_from(start), Kind::Name(name))
    }

    /// Expressions with commas between them, up to a bracket.
    fn items(&mut self, close: &str) -> Vec<Expr> {
        let mut items = Vec::new();
        loop {
            self.space(true);
            if self.scan.eat(close) || self.scan.is_end() {
                return items;
            }
            let before = self.scan.at;
            items.push(self.expression(true));
            self.space(true);
            self.scan.eat("...");
            self.space(true);
            self.scan.eat(",");
            if self.scan.at == before {
                return items;
            }
        }
    }

    fn list(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 1;
        self.space(true);
        if self.scan.looking_at("for ") {
            return self.comprehension(start, "]");
        }
        let items = self.items("]");
        Expr::new(self.scan.span_from(start), Kind::List(items))
    }

    /// `[for x in y : z]` and `{for k, v in y : k => v}`: looked into, not followed.
    fn comprehension(&mut self, start: usize, close: &str) -> Expr {
        let mut inside = Vec::new();
        while !self.scan.is_end() {
            self.space(true);
            if self.scan.eat(close) {
                break;
            }
            let before = self.scan.at;
            inside.push(self.expression(true));
            self.space(true);
            let _ = self.scan.eat("=>") || self.scan.eat(":") || self.scan.eat(",");
            if self.scan.at == before {
                self.scan.bump();
            }
        }
        Expr::new(self.scan.span_from(start), Kind::Other(inside))
    }

    fn object(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 1;
        self.space(true);
        if self.scan.looking_at("for ") {
            return self.comprehension(start, "}");
        }
        let mut fields = Vec::new();
        loop {
            self.space(true);
            if self.scan.eat("}") || self.scan.is_end() {
                break;
            }
            let before = self.scan.at;
            let key = self.unary(true);
            let name = match &key.kind {
                Kind::Name(name) | Kind::Word(name) => name.clone(),
                _ => key.plain(self.scan.source).unwrap_or_default(),
            };
            self.space(true);
            if self.scan.eat("=") || self.scan.eat(":") {
                self.space(true);
                let value = self.expression(false);
                fields.push(Field { name, name_span: key.span, value });
            }
            self.space(true);
            self.scan.eat(",");
            if self.scan.at == before {
                self.scan.bump();
            }
        }
        Expr::new(self.scan.span_from(start), Kind::Object(fields))
    }
}

/// Returns the lines of a heredoc, each with its line break, and where its closing word ends.
pub(crate) fn heredoc_lines(
    source: &str,
    from: usize,
    end: usize,
    word: &str,
) -> (Vec<Span>, usize) {
    let mut lines = Vec::new();
    let mut at = from;
    while at < end {
        let rest = source.get(at..end).unwrap_or("");
        let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |found| found + 1);
        let line = rest.get(..length).unwrap_or("");
        if line.trim() == word {
            return (lines, at + line.trim_end().len());
        }
        lines.push(Span::new(offset(at), offset(at + length)));
        at += length;
    }
    (lines, end)
}
