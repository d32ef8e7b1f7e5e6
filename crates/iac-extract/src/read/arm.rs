//! Expressions of ARM templates: `[concat('a', parameters('b'))]`.
//!
//! The expression stands in a JSON string, so that each of its bytes has its own place in the
//! file; literals get pieces that lead back through both layers.

use super::bicep::pick;
use crate::expr::{Expr, Kind, Literal, MAX_DEPTH, Part};
use crate::form::Form;
use crate::scan::Scanner;
use crate::text::{Origin, Text};
use diagnostics::Span;

/// Reads an expression that is the value of a JSON string.
pub(super) fn expression(
    value: &str,
    span: Span,
    content: Span,
    parts: &[Part],
    source: &str,
) -> Expr {
    let outer = decoded(parts, source);
    let mut reader = Reader { span, scan: Scanner::new(value), depth: 0, outer: &outer, content };
    reader.scan.at = 1;
    let mut inside = reader.value();
    // The whole string is what carries the text.
    inside.span = span;
    inside
}

/// `[[text]` is the text `[text]`.
pub(super) fn escaped_bracket(content: Span, parts: Vec<Part>) -> Literal {
    let mut changed = Vec::with_capacity(parts.len() + 1);
    for (number, part) in parts.into_iter().enumerate() {
        match part {
            Part::Copied(span) if number == 0 && span.len() >= 2 => {
                let bracket = Span::new(span.start, span.start + 2);
                changed.push(Part::Escaped(bracket, "[".to_owned()));
                changed.push(Part::Copied(Span::new(bracket.end, span.end)));
            }
            part => changed.push(part),
        }
    }
    Literal { form: Form::Json, content, parts: changed }
}

fn decoded(parts: &[Part], source: &str) -> Text {
    let mut text = Text::default();
    for part in parts {
        match part {
            Part::Copied(span) => text.push(span.of(source), *span, Origin::Copied, 0),
            Part::Escaped(span, value) => text.push(value, *span, Origin::Escaped, 0),
            Part::Hole(..) => {}
        }
    }
    text
}

struct Reader<'s> {
    /// The whole JSON string.
    span: Span,
    scan: Scanner<'s>,
    depth: usize,
    outer: &'s Text,
    /// What lies between the quotes of the JSON string.
    content: Span,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.scan.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// Returns the place in the file of what was read from `start` on.
    fn span_from(&self, start: usize) -> Span {
        self.outer.host_span(self.scan.span_from(start)).unwrap_or(self.content)
    }

    fn value(&mut self) -> Expr {
        self.space();
        let start = self.scan.at;
        if self.depth >= MAX_DEPTH {
            self.scan.at = self.scan.end;
            return Expr::new(self.span_from(start), Kind::Other(Vec::new()));
        }
        self.depth += 1;
        let mut value = self.primary(start);
        loop {
            if self.scan.eat(".") || self.scan.eat("?.") {
                let name = self.name();
                value = pick(value, &name, self.span_from(start));
            } else if self.scan.eat("[") {
                let index = self.value();
                self.space();
                self.scan.eat("]");
                let span = self.span_from(start);
                value = match self.plain(&index) {
                    Some(name) => pick(value, &name, span),
                    None => Expr::new(span, Kind::Other(vec![value, index])),
                };
            } else {
                break;
            }
        }
        self.depth -= 1;
        value
    }

    fn name(&mut self) -> String {
        self.scan.word(|byte| byte.is_ascii_alphanumeric() || byte == b'_').to_owned()
    }

    fn primary(&mut self, start: usize) -> Expr {
        if self.scan.peek() == b'\'' {
            return self.string();
        }
        if self.scan.peek().is_ascii_digit() || self.scan.peek() == b'-' {
            let word = self.scan.word(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
            return Expr::new(self.span_from(start), Kind::Word(word.to_owned()));
        }
        let mut name = self.name();
        while self.scan.peek() == b'.' {
            self.scan.at += 1;
            name.push('.');
            name.push_str(&self.name());
        }
        self.space();
        if !self.scan.eat("(") {
            if self.scan.at == start {
                self.scan.bump();
            }
            let kind = match name.as_str() {
                "true" | "false" | "null" => Kind::Word(name),
                _ => Kind::Other(Vec::new()),
            };
            return Expr::new(self.span_from(start), kind);
        }
        let mut arguments = Vec::new();
        loop {
            self.space();
            if self.scan.eat(")") || self.scan.is_end() {
                break;
            }
            let before = self.scan.at;
            arguments.push(self.value());
            self.space();
            self.scan.eat(",");
            if self.scan.at == before {
                break;
            }
        }
        let span = self.span_from(start);
        let name = name.to_lowercase();
        let kind = match (name.as_str(), arguments.as_slice()) {
            ("variables" | "parameters", [only]) => match self.plain(only) {
                Some(of) => Kind::Name(format!("{name}.{}", of.to_lowercase())),
                None => Kind::Call(name, arguments),
            },
            ("if", [_, first, second]) => Kind::Choice(vec![first.clone(), second.clone()]),
            ("coalesce", _) => Kind::Choice(arguments),
            ("concat", _) if !arguments.iter().any(|one| matches!(one.kind, Kind::List(_))) => {
                Kind::Concat(arguments)
            }
            ("createarray", _) => Kind::List(arguments),
            ("format", _) => {
                if let Some(Expr { kind: Kind::Literal(literal), .. }) = arguments.first_mut() {
                    literal.form = Form::Arm { braces: true };
                }
                Kind::Call(name, arguments)
            }
            _ => Kind::Call(name, arguments),
        };
        Expr::new(span, kind)
    }

    /// Returns the text of a literal.
    fn plain(&self, expr: &Expr) -> Option<String> {
        let Kind::Literal(literal) = &expr.kind else { return None };
        let mut text = String::new();
        for part in &literal.parts {
            match part {
                // Pieces of this reader carry their text with them.
                Part::Escaped(_, value) => text.push_str(value),
                Part::Copied(span) => {
                    let inner = self.outer.value_of_host(*span)?;
                    text.push_str(inner);
                }
                Part::Hole(..) => return None,
            }
        }
        Some(text)
    }

    /// `'…'`, in which `''` is one quote.
    fn string(&mut self) -> Expr {
        self.scan.at += 1;
        let content = self.scan.at;
        let mut pieces: Vec<(Span, Option<&str>)> = Vec::new();
        let mut from = self.scan.at;
        while !self.scan.is_end() {
            if self.scan.peek() != b'\'' {
                self.scan.bump();
                continue;
            }
            if self.scan.peek_at(1) != b'\'' {
                break;
            }
            pieces.push((self.scan.span_from(from), None));
            let quote = self.scan.at;
            self.scan.at += 2;
            pieces.push((self.scan.span_from(quote), Some("'")));
            from = self.scan.at;
        }
        pieces.push((self.scan.span_from(from), None));
        let content = self.span_from(content);
        self.scan.eat("'");
        let mut parts = Vec::new();
        for (inner, value) in pieces {
            if let Some(value) = value {
                let host = self.outer.host_span(inner).unwrap_or(self.content);
                parts.push(Part::Escaped(host, value.to_owned()));
                continue;
            }
            let slice = self.outer.slice(inner);
            for one in slice.segments() {
                let value = one.value.of(slice.value()).to_owned();
                parts.push(match one.origin {
                    Origin::Copied => Part::Copied(one.host),
                    _ => Part::Escaped(one.host, value),
                });
            }
        }
        let literal = Literal { form: Form::Arm { braces: false }, content, parts };
        // What carries the text is the whole JSON string.
        Expr::new(self.span, Kind::Literal(literal))
    }
}
