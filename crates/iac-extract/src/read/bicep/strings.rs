//! Quoted texts of Bicep.

use super::Reader;
use crate::expr::{Expr, Kind, Literal};
use crate::form::Form;
use crate::scan::{Parts, code_point};

impl Reader<'_> {
    pub(super) fn string(&mut self) -> Expr {
        let start = self.scan.at;
        let signs = self.scan.word(|byte| byte == b'$').len();
        if self.scan.looking_at("'''") {
            return self.block(start, signs);
        }
        self.scan.at += 1;
        let content = self.scan.at;
        let mut parts = Parts::default();
        loop {
            let at = self.scan.at;
            match self.scan.peek() {
                0 | b'\'' | b'\n' | b'\r' => break,
                b'\\' => {
                    self.scan.at += 1;
                    let value = match self.scan.bump() {
                        Some('n') => "\n".to_owned(),
                        Some('r') => "\r".to_owned(),
                        Some('t') => "\t".to_owned(),
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
                b'$' if self.scan.peek_at(1) == b'{' => self.interpolation(&mut parts, 1),
                _ => {
                    parts.copy(at);
                    self.scan.bump();
                }
            }
        }
        self.finish(parts, Form::Bicep, start, content, "'")
    }

    /// `${…}`
    pub(super) fn interpolation(&mut self, parts: &mut Parts, signs: usize) {
        let start = self.scan.at;
        self.scan.at += signs + 1;
        self.space(true);
        let value = self.expression();
        self.space(true);
        if !self.scan.eat("}") {
            // Something in it cannot be read; the hole goes to its bracket.
            while !matches!(self.scan.peek(), 0 | b'}' | b'\n' | b'\'') {
                self.scan.bump();
            }
            self.scan.eat("}");
        }
        parts.hole(self.scan.span_from(start), value);
    }

    /// `'''…'''`, and `$'''…'''` with interpolations.
    pub(super) fn block(&mut self, start: usize, signs: usize) -> Expr {
        self.scan.at += 3;
        if !self.scan.eat("\r\n") {
            self.scan.eat("\n");
        }
        let content = self.scan.at;
        let mut parts = Parts::default();
        let sign = format!("{}{{", "$".repeat(signs));
        while !self.scan.is_end() {
            if self.scan.looking_at("'''") {
                // Of more than three quotes the last three close.
                while self.scan.peek_at(3) == b'\'' {
                    parts.copy(self.scan.at);
                    self.scan.at += 1;
                }
                break;
            }
            if signs > 0 && self.scan.looking_at(&sign) {
                self.interpolation(&mut parts, signs);
            } else {
                parts.copy(self.scan.at);
                self.scan.bump();
            }
        }
        self.finish(parts, Form::BicepBlock, start, content, "'''")
    }

    pub(super) fn finish(
        &mut self,
        mut parts: Parts,
        form: Form,
        start: usize,
        content: usize,
        close: &str,
    ) -> Expr {
        parts.flush(self.scan.at);
        let content = self.scan.span_from(content);
        self.scan.eat(close);
        let literal = Literal { form, content, parts: parts.parts };
        Expr::new(self.scan.span_from(start), Kind::Literal(literal))
    }
}
