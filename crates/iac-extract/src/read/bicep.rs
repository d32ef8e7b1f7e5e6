//! Bicep and its parameter files.
//!
//! Read by hand: the tree-sitter grammar takes `//`, `/*` and `#` within strings for comments, and
//! `StringLike 'logs/*'` stands in many conditions (1.1, tried 2026-11).

mod expressions;
mod strings;

use crate::expr::{Expr, Item, ItemKind, Kind, Module};
use crate::scan::{Scanner, is_name};
use diagnostics::Span;

/// Reads a file. What cannot be read is passed over.
pub(crate) fn read(source: &str) -> Module {
    let mut reader = Reader { scan: Scanner::new(source), depth: 0, module: Module::default() };
    while !reader.scan.is_end() {
        let before = reader.scan.at;
        reader.statement();
        if reader.scan.at == before {
            // A character that begins no statement.
            reader.scan.bump();
        }
    }
    reader.module
}

struct Reader<'s> {
    scan: Scanner<'s>,
    depth: usize,
    module: Module,
}

impl Reader<'_> {
    /// Passes over white space and comments; `lines` says whether over line breaks too.
    fn space(&mut self, lines: bool) {
        loop {
            match self.scan.peek() {
                b' ' | b'\t' => self.scan.at += 1,
                b'\n' | b'\r' if lines => self.scan.at += 1,
                b'/' if self.scan.looking_at("//") => self.scan.skip_line(),
                b'/' if self.scan.looking_at("/*") => {
                    self.scan.at += 2;
                    self.scan.skip_past("*/");
                }
                b'#' if self.scan.looking_at("#disable") => self.scan.skip_line(),
                _ => return,
            }
        }
    }

    fn name(&mut self) -> String {
        self.scan.word(is_name).to_owned()
    }

    fn statement(&mut self) {
        self.space(true);
        let start = self.scan.at;
        if self.scan.eat("@") {
            let call = self.expression();
            let span = call.span;
            self.module.items.push(Item { kind: ItemKind::Prose, span, body: call });
            return;
        }
        let word = self.name();
        self.space(false);
        match word.as_str() {
            "param" | "var" | "output" => self.declaration(&word, start),
            "resource" | "module" => self.resource(start),
            "func" => self.function(start),
            "targetScope" => {
                if let Some(value) = self.assigned() {
                    self.module.target_scope = value.plain(self.scan.source);
                }
            }
            "metadata" => {
                self.name();
                self.space(false);
                if let Some(body) = self.assigned() {
                    self.module.items.push(Item { kind: ItemKind::Prose, span: body.span, body });
                }
            }
            "" => {}
            _ => self.rest_of_line(start),
        }
    }

    /// `= value`
    fn assigned(&mut self) -> Option<Expr> {
        self.space(false);
        if self.scan.peek() == b'=' && self.scan.peek_at(1) != b'=' {
            self.scan.at += 1;
            self.space(true);
            return Some(self.expression());
        }
        None
    }

    fn declaration(&mut self, word: &str, start: usize) {
        let name = self.name();
        // The type stands between the name and the value.
        let mut depth = 0_usize;
        loop {
            self.space(depth > 0);
            match self.scan.peek() {
                0 => break,
                b'=' if depth == 0 && self.scan.peek_at(1) != b'>' => break,
                b'\n' | b'\r' if depth == 0 => break,
                b'{' | b'[' | b'(' => {
                    depth += 1;
                    self.scan.at += 1;
                }
                b'}' | b']' | b')' => {
                    depth = depth.saturating_sub(1);
                    self.scan.at += 1;
                }
                b'\'' => {
                    self.primary();
                }
                _ => {
                    self.scan.bump();
                }
            }
        }
        let Some(value) = self.assigned() else { return };
        let span = self.scan.span_from(start);
        if word != "output" {
            self.module.names.insert(name.clone(), value.clone());
            if word == "param" {
                self.module.parameters.insert(name.clone());
            }
        }
        self.module.items.push(Item { kind: ItemKind::Binding(name), span, body: value });
    }

    /// `resource name 'type@version' = [if (…)] {…}`
    fn resource(&mut self, start: usize) {
        self.name();
        self.space(false);
        let head = self.primary();
        self.space(false);
        let existing = self.scan.looking_at("existing");
        if existing {
            self.name();
        }
        let Some(body) = self.assigned() else { return };
        let resource_type = head.plain(self.scan.source).unwrap_or_default();
        let span = self.scan.span_from(start);
        let kind = if existing || resource_type.is_empty() {
            ItemKind::Value
        } else {
            ItemKind::Resource { resource_type, head: head.span, deletes: false }
        };
        self.module.items.push(Item { kind, span, body });
    }

    /// `func name(parameters) type => value`
    fn function(&mut self, start: usize) {
        let name = self.name();
        while !self.scan.is_end() && !self.scan.looking_at("=>") {
            self.space(true);
            match self.scan.peek() {
                b'=' if self.scan.looking_at("=>") => {}
                b'@' | b'{' | b'}' => return,
                _ => {
                    self.scan.bump();
                }
            }
        }
        if !self.scan.eat("=>") {
            return;
        }
        self.space(true);
        let body = self.expression();
        let span = self.scan.span_from(start);
        self.module.items.push(Item { kind: ItemKind::Binding(name), span, body });
    }

    fn rest_of_line(&mut self, start: usize) {
        // `using './main.bicep'`, `type …`, `import …`: nothing to follow, but strings to pass over.
        let mut inside = Vec::new();
        while !matches!(self.scan.peek(), b'\n' | b'\r' | 0) {
            if self.scan.peek() == b'@' {
                break;
            }
            inside.push(self.expression());
            self.space(false);
            if !matches!(self.scan.peek(), b'\n' | b'\r' | 0) {
                self.scan.bump();
            }
            self.space(false);
        }
        let span = self.scan.span_from(start);
        let body = Expr::new(span, Kind::Other(inside));
        self.module.items.push(Item { kind: ItemKind::Value, span, body });
    }
}

/// Picks a member: of a name it makes a longer name.
pub(crate) fn pick(value: Expr, name: &str, span: Span) -> Expr {
    match value.kind {
        Kind::Name(path) => Expr::new(span, Kind::Name(format!("{path}.{name}"))),
        Kind::Object(fields) => {
            let found = fields.into_iter().find(|field| field.name == name);
            match found {
                Some(field) => field.value,
                None => Expr::new(span, Kind::Other(Vec::new())),
            }
        }
        kind => {
            let inner = Expr::new(value.span, kind);
            Expr::new(span, Kind::Other(vec![inner]))
        }
    }
}
