//! Expressions of PowerShell.

use super::{OPERATORS, Reader, is_double, is_name, is_single};
use crate::expr::{Expr, Field, Kind, Literal, MAX_DEPTH};
use crate::form::Form;
use diagnostics::Span;

impl Reader<'_> {
    pub(super) fn expression(&mut self) -> Expr {
        if self.depth >= MAX_DEPTH {
            let span = self.scan.place();
            self.scan.skip_line();
            return Expr::new(span, Kind::Other(Vec::new()));
        }
        self.depth += 1;
        let result = self.operators();
        self.depth -= 1;
        result
    }

    pub(super) fn operators(&mut self) -> Expr {
        let start = self.scan.at;
        if self.operator("-join") {
            self.space(true);
            let list = self.unary();
            let span = self.scan.span_from(start);
            let empty = Literal {
                form: Form::PowerShellSingle,
                content: Span::at(span.end),
                parts: Vec::new(),
            };
            let empty = Expr::new(Span::at(span.end), Kind::Literal(empty));
            return Expr::new(span, Kind::Call("join".to_owned(), vec![list, empty]));
        }
        let mut left = self.unary();
        loop {
            let back = self.scan;
            self.space(false);
            let span = |reader: &Self| reader.scan.span_from(start);
            if self.scan.peek() == b'+' && self.scan.peek_at(1) != b'=' {
                self.scan.at += 1;
                self.space(true);
                let right = self.unary();
                let mut parts = match left.kind {
                    Kind::Concat(parts) => parts,
                    _ => vec![left],
                };
                parts.push(right);
                left = Expr::new(span(self), Kind::Concat(parts));
            } else if self.scan.peek() == b',' {
                self.scan.at += 1;
                self.space(true);
                let right = self.unary();
                let mut items = match left.kind {
                    Kind::List(items) => items,
                    _ => vec![left],
                };
                items.push(right);
                left = Expr::new(span(self), Kind::List(items));
            } else if self.operator("-f") {
                self.space(true);
                let mut arguments = vec![left];
                loop {
                    arguments.push(self.unary());
                    let back = self.scan;
                    self.space(false);
                    if !self.scan.eat(",") {
                        self.scan = back;
                        break;
                    }
                    self.space(true);
                }
                left = Expr::new(span(self), Kind::Call("format".to_owned(), arguments));
            } else if self.operator("-join") {
                self.space(true);
                let separator = self.unary();
                let arguments = vec![left, separator];
                left = Expr::new(span(self), Kind::Call("join".to_owned(), arguments));
            } else if OPERATORS.iter().any(|one| self.operator(one)) {
                self.space(true);
                let right = self.unary();
                left = Expr::new(span(self), Kind::Other(vec![left, right]));
            } else {
                self.scan = back;
                return left;
            }
            if self.scan.is_end() {
                return left;
            }
        }
    }

    /// Passes over a word operator.
    pub(super) fn operator(&mut self, word: &str) -> bool {
        let found = self.scan.rest().get(..word.len());
        let ends = !is_name(self.scan.peek_at(word.len()));
        let is_it = ends && found.is_some_and(|found| found.eq_ignore_ascii_case(word));
        if is_it {
            self.scan.at += word.len();
        }
        is_it
    }

    pub(super) fn unary(&mut self) -> Expr {
        let start = self.scan.at;
        if self.depth >= MAX_DEPTH {
            self.scan.skip_line();
            return Expr::new(self.scan.span_from(start), Kind::Other(Vec::new()));
        }
        self.depth += 1;
        let mut value = self.primary();
        loop {
            match self.scan.peek() {
                b'.' if is_name(self.scan.peek_at(1)) => {
                    self.scan.at += 1;
                    let name = self.scan.word(is_name).to_owned();
                    if self.scan.peek() == b'(' {
                        value = self.method(value, &name, start);
                        continue;
                    }
                    let span = self.scan.span_from(start);
                    value = match value.kind {
                        Kind::Name(path) => {
                            Expr::new(span, Kind::Name(format!("{path}.{}", name.to_lowercase())))
                        }
                        kind => {
                            let inner = Expr::new(value.span, kind);
                            Expr::new(span, Kind::Other(vec![inner]))
                        }
                    };
                }
                b'[' => {
                    self.scan.at += 1;
                    self.space(true);
                    let index = self.expression();
                    self.space(true);
                    self.scan.eat("]");
                    let span = self.scan.span_from(start);
                    let name = index.plain(self.scan.source);
                    value = match (value.kind, name) {
                        (Kind::Name(path), Some(name)) => {
                            Expr::new(span, Kind::Name(format!("{path}.{}", name.to_lowercase())))
                        }
                        (kind, _) => {
                            let inner = Expr::new(value.span, kind);
                            Expr::new(span, Kind::Other(vec![inner, index]))
                        }
                    };
                }
                _ => break,
            }
        }
        self.depth -= 1;
        value
    }

    /// `.Trim()`, `.Replace('a', 'b')`
    pub(super) fn method(&mut self, value: Expr, name: &str, start: usize) -> Expr {
        let mut arguments = vec![value];
        arguments.extend(self.arguments());
        let name = name.to_lowercase();
        let kind = match (name.as_str(), arguments.len()) {
            ("trim", 1) | ("replace", 3) | ("tostring", 1) => Kind::Call(name, arguments),
            _ => Kind::Other(arguments),
        };
        Expr::new(self.scan.span_from(start), kind)
    }

    pub(super) fn arguments(&mut self) -> Vec<Expr> {
        let mut arguments = Vec::new();
        self.scan.at += 1;
        loop {
            self.space(true);
            if self.scan.eat(")") || self.scan.is_end() {
                return arguments;
            }
            let before = self.scan.at;
            match self.expression() {
                Expr { kind: Kind::List(items), .. } => arguments.extend(items),
                one => arguments.push(one),
            }
            if self.scan.at == before {
                self.scan.bump();
            }
        }
    }

    pub(super) fn primary(&mut self) -> Expr {
        let start = self.scan.at;
        let next = self.next();
        if is_single(next) {
            return self.single();
        }
        if is_double(next) {
            return self.double();
        }
        match self.scan.peek() {
            b'@' => match self.scan.peek_at(1) {
                b'{' => return self.hashtable(),
                b'(' => {
                    self.scan.at += 1;
                    let items = self.arguments();
                    return Expr::new(self.scan.span_from(start), Kind::List(items));
                }
                _ => {
                    self.scan.at += 1;
                    let next = self.next();
                    if is_single(next) || is_double(next) {
                        return self.here_string(start);
                    }
                }
            },
            b'$' => return self.variable(),
            b'(' => {
                self.scan.at += 1;
                self.space(true);
                let inside = if self.scan.peek().is_ascii_alphabetic() {
                    let at = self.scan.at;
                    self.statement();
                    while !self.scan.is_end() && self.scan.peek() != b')' {
                        self.scan.bump();
                    }
                    Expr::new(self.scan.span_from(at), Kind::Other(Vec::new()))
                } else {
                    self.expression()
                };
                self.space(true);
                self.scan.eat(")");
                return Expr::new(self.scan.span_from(start), inside.kind);
            }
            b'{' => {
                self.block();
                return Expr::new(self.scan.span_from(start), Kind::Other(Vec::new()));
            }
            b'[' => {
                self.skip_type();
                if self.scan.eat("::") {
                    let name = self.scan.word(is_name).to_lowercase();
                    let arguments =
                        if self.scan.peek() == b'(' { self.arguments() } else { Vec::new() };
                    let kind = match (name.as_str(), arguments.as_slice()) {
                        ("format", _) => Kind::Call(name, arguments),
                        ("join", [separator, list]) => {
                            Kind::Call(name, vec![list.clone(), separator.clone()])
                        }
                        _ => Kind::Other(arguments),
                    };
                    return Expr::new(self.scan.span_from(start), kind);
                }
                self.space(false);
                // A cast.
                let mut value = self.unary();
                value.span = self.scan.span_from(start);
                return value;
            }
            _ => {}
        }
        let word = self.scan.word(|byte| is_name(byte) || matches!(byte, b'.' | b'-'));
        let kind = match word {
            "" => Kind::Other(Vec::new()),
            word => Kind::Word(word.to_owned()),
        };
        Expr::new(self.scan.span_from(start), kind)
    }

    /// `$name`, `${name}`, `$script:name`, `$(…)`
    pub(super) fn variable(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 1;
        if self.scan.peek() == b'(' {
            self.scan.at += 1;
            self.space(true);
            // What is picked from one name is that name.
            let kind = if self.scan.peek() == b'$' {
                self.expression().kind
            } else {
                Kind::Other(Vec::new())
            };
            let whole = {
                self.space(true);
                self.scan.peek() == b')'
            };
            self.skip_balanced();
            let kind = if whole { kind } else { Kind::Other(Vec::new()) };
            return Expr::new(self.scan.span_from(start), kind);
        }
        let name = if self.scan.eat("{") {
            let name = self.scan.word(|byte| byte != b'}' && byte != b'\n').to_lowercase();
            self.scan.eat("}");
            name
        } else {
            let mut name = self.scan.word(is_name).to_lowercase();
            if self.scan.peek() == b':' && is_name(self.scan.peek_at(1)) {
                self.scan.at += 1;
                let member = self.scan.word(is_name).to_lowercase();
                name = match name.as_str() {
                    "script" | "global" | "local" | "private" => member,
                    _ => format!("{name}:{member}"),
                };
            }
            name
        };
        let kind = if name.is_empty() { Kind::Other(Vec::new()) } else { Kind::Name(name) };
        let kind = match kind {
            Kind::Name(name) if matches!(name.as_str(), "true" | "false" | "null") => {
                Kind::Word(name)
            }
            kind => kind,
        };
        Expr::new(self.scan.span_from(start), kind)
    }

    /// Goes behind the `)` that closes.
    pub(super) fn skip_balanced(&mut self) {
        let mut depth = 1_usize;
        while !self.scan.is_end() {
            let next = self.next();
            if is_single(next) {
                self.single();
                continue;
            }
            if is_double(next) && self.depth < MAX_DEPTH {
                self.depth += 1;
                self.double();
                self.depth -= 1;
                continue;
            }
            self.scan.bump();
            match next {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    pub(super) fn hashtable(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 2;
        let mut fields = Vec::new();
        loop {
            self.space(true);
            while self.scan.eat(";") {
                self.space(true);
            }
            if self.scan.eat("}") || self.scan.is_end() {
                break;
            }
            let at = self.scan.at;
            let next = self.next();
            let name = if is_single(next) || is_double(next) {
                self.primary().plain(self.scan.source).unwrap_or_default()
            } else {
                self.scan.word(|byte| is_name(byte) || matches!(byte, b'-' | b'.')).to_owned()
            };
            let name_span = self.scan.span_from(at);
            self.space(false);
            if self.scan.eat("=") {
                self.space(true);
                let value = self.assigned_value();
                fields.push(Field { name, name_span, value });
            }
            if self.scan.at == at {
                self.scan.bump();
            }
        }
        Expr::new(self.scan.span_from(start), Kind::Object(fields))
    }

    pub(super) fn skip_type(&mut self) {
        let mut depth = 0_usize;
        while !self.scan.is_end() {
            match self.scan.peek() {
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                b'\n' if depth == 0 => return,
                b'\'' => {
                    self.single();
                    continue;
                }
                b'"' => {
                    self.double();
                    continue;
                }
                _ => {}
            }
            self.scan.bump();
            if depth == 0 {
                return;
            }
        }
    }
}
