//! Quoted texts of PowerShell.

use super::{Reader, is_double, is_name, is_single};
use crate::expr::{Expr, Kind, Literal, MAX_DEPTH};
use crate::form::Form;
use crate::scan::{Parts, code_point};
use diagnostics::Span;

impl Reader<'_> {
    pub(super) fn finish(&self, form: Form, start: usize, content: Span, mut parts: Parts) -> Expr {
        parts.flush(content.end as usize);
        let literal = Literal { form, content, parts: parts.parts };
        Expr::new(self.scan.span_from(start), Kind::Literal(literal))
    }

    pub(super) fn single(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.bump();
        let content = self.scan.at;
        let mut parts = Parts::default();
        while !self.scan.is_end() {
            let at = self.scan.at;
            let next = self.next();
            if !is_single(next) {
                parts.copy(at);
                self.scan.bump();
                continue;
            }
            let mut ahead = self.scan;
            ahead.bump();
            let second = ahead.rest().chars().next().unwrap_or('\0');
            if !is_single(second) {
                break;
            }
            ahead.bump();
            self.scan = ahead;
            parts.escape(self.scan.span_from(at), second);
        }
        let content = self.scan.span_from(content);
        self.scan.bump();
        self.finish(Form::PowerShellSingle, start, content, parts)
    }

    pub(super) fn double(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.bump();
        let content = self.scan.at;
        let mut parts = Parts::default();
        while !self.scan.is_end() {
            let at = self.scan.at;
            if is_double(self.next()) {
                let mut ahead = self.scan;
                ahead.bump();
                let second = ahead.rest().chars().next().unwrap_or('\0');
                if !is_double(second) {
                    break;
                }
                ahead.bump();
                self.scan = ahead;
                parts.escape(self.scan.span_from(at), second);
                continue;
            }
            self.quoted_step(&mut parts);
        }
        let content = self.scan.span_from(content);
        self.scan.bump();
        self.finish(Form::PowerShellDouble, start, content, parts)
    }

    /// A step within `"…"` or `@"…"@`.
    pub(super) fn quoted_step(&mut self, parts: &mut Parts) {
        let at = self.scan.at;
        match self.scan.peek() {
            b'`' => {
                self.scan.at += 1;
                let value = match self.scan.bump() {
                    Some('n') => "\n".to_owned(),
                    Some('r') => "\r".to_owned(),
                    Some('t') => "\t".to_owned(),
                    Some('0') => "\0".to_owned(),
                    Some('a') => "\u{7}".to_owned(),
                    Some('b') => "\u{8}".to_owned(),
                    Some('e') => "\u{1b}".to_owned(),
                    Some('f') => "\u{c}".to_owned(),
                    Some('v') => "\u{b}".to_owned(),
                    Some('u') if self.scan.eat("{") => {
                        let digits = self.scan.word(|byte| byte.is_ascii_hexdigit());
                        self.scan.eat("}");
                        code_point(digits).map(String::from).unwrap_or_default()
                    }
                    Some(other) => other.to_string(),
                    None => String::new(),
                };
                parts.escape(self.scan.span_from(at), value);
            }
            b'$' => {
                let next = self.scan.peek_at(1);
                let is_variable = is_name(next) || matches!(next, b'{' | b'(');
                if is_variable && self.depth < MAX_DEPTH {
                    self.depth += 1;
                    let value = self.variable();
                    self.depth -= 1;
                    parts.hole(value.span, value);
                } else {
                    parts.copy(at);
                    self.scan.at += 1;
                }
            }
            _ => {
                parts.copy(at);
                self.scan.bump();
            }
        }
    }

    /// `@'…'@` and `@"…"@`; the place is at the quote.
    pub(super) fn here_string(&mut self, start: usize) -> Expr {
        let single = is_single(self.next());
        self.scan.bump();
        self.scan.skip_line();
        if !self.scan.eat("\r\n") {
            self.scan.eat("\n");
        }
        let content = self.scan.at;
        let end = self.here_end(single);
        let mut parts = Parts::default();
        let outer = self.scan.end;
        self.scan.end = end.0;
        while !self.scan.is_end() {
            if single {
                parts.copy(self.scan.at);
                self.scan.at = self.scan.end;
            } else {
                self.quoted_step(&mut parts);
            }
        }
        self.scan.end = outer;
        parts.flush(self.scan.at);
        let content = self.scan.span_from(content);
        self.scan.at = end.1;
        let form = if single { Form::PowerShellHereSingle } else { Form::PowerShellHereDouble };
        self.finish(form, start, content, parts)
    }

    /// Returns where the text of a here-string ends, and where its closing quote does.
    pub(super) fn here_end(&self, single: bool) -> (usize, usize) {
        let from = self.scan.at;
        let mut at = from;
        while at < self.scan.end {
            let rest = self.scan.source.get(at..self.scan.end).unwrap_or("");
            let mut letters = rest.chars();
            let first = letters.next().unwrap_or('\0');
            let is_quote = if single { is_single(first) } else { is_double(first) };
            if is_quote && letters.next() == Some('@') {
                let before = self.scan.source.get(from..at).unwrap_or("");
                let text = before.strip_suffix('\n').unwrap_or(before);
                let text = text.strip_suffix('\r').unwrap_or(text);
                return (from + text.len(), at + first.len_utf8() + 1);
            }
            at += memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |line| line + 1);
        }
        (self.scan.end, self.scan.end)
    }
}
