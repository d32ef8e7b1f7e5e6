//! Quoted templates and heredocs of Terraform.

use super::{Reader, heredoc_lines};
use crate::expr::{Expr, Kind, Literal, Part};
use crate::form::Form;
use crate::scan::{Parts, code_point};
use crate::text::offset;
use diagnostics::Span;

impl Reader<'_> {
    /// `"…"`
    pub(super) fn quoted(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 1;
        let content = self.scan.at;
        let mut parts = Parts::default();
        loop {
            let at = self.scan.at;
            match self.scan.peek() {
                0 | b'"' | b'\n' | b'\r' => break,
                b'\\' => {
                    self.scan.at += 1;
                    let value = match self.scan.bump() {
                        Some('n') => "\n".to_owned(),
                        Some('r') => "\r".to_owned(),
                        Some('t') => "\t".to_owned(),
                        Some(letter @ ('u' | 'U')) => {
                            let most = if letter == 'u' { 4 } else { 8 };
                            let digits = self.scan.rest().get(..most).unwrap_or("");
                            match code_point(digits) {
                                Some(value) => {
                                    self.scan.at += most;
                                    value.to_string()
                                }
                                None => String::new(),
                            }
                        }
                        Some(other) => other.to_string(),
                        None => String::new(),
                    };
                    parts.escape(self.scan.span_from(at), value);
                }
                b'$' | b'%' => self.template(&mut parts),
                _ => {
                    parts.copy(at);
                    self.scan.bump();
                }
            }
        }
        parts.flush(self.scan.at);
        let content = self.scan.span_from(content);
        self.scan.eat("\"");
        let literal = Literal { form: Form::Hcl, content, parts: parts.parts };
        Expr::new(self.scan.span_from(start), Kind::Literal(literal))
    }

    /// `${…}`, `%{…}`, their doubled forms, or the sign alone.
    pub(super) fn template(&mut self, parts: &mut Parts) {
        let at = self.scan.at;
        let sign = self.scan.peek();
        if self.scan.peek_at(1) == sign && self.scan.peek_at(2) == b'{' {
            self.scan.at += 3;
            let span = self.scan.span_from(at);
            let value = if sign == b'$' { "${" } else { "%{" };
            parts.escape(span, value);
            return;
        }
        if self.scan.peek_at(1) != b'{' {
            parts.copy(at);
            self.scan.at += 1;
            return;
        }
        self.scan.at += 2;
        self.scan.eat("~");
        self.space(true);
        if sign == b'%' {
            self.directive(at, parts);
            return;
        }
        let value = self.expression(true);
        self.space(true);
        self.scan.eat("~");
        if !self.scan.eat("}") {
            while !matches!(self.scan.peek(), 0 | b'}' | b'\n') {
                self.scan.bump();
            }
            self.scan.eat("}");
        }
        parts.hole(self.scan.span_from(at), value);
    }

    /// `%{ if … } … %{ endif }` and `%{ for … } … %{ endfor }`: one hole.
    pub(super) fn directive(&mut self, start: usize, parts: &mut Parts) {
        let end = if self.scan.looking_at("for") { "endfor" } else { "endif" };
        self.scan.skip_past(end);
        self.scan.skip_past("}");
        let span = self.scan.span_from(start);
        parts.hole(span, Expr::new(span, Kind::Other(Vec::new())));
    }

    /// `<<EOT` and `<<-EOT`
    pub(super) fn heredoc(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 2;
        let strips = self.scan.eat("-");
        let word = self.name();
        self.scan.skip_line();
        if !self.scan.eat("\r\n") {
            let _ = self.scan.eat("\n") || self.scan.eat("\r");
        }
        let content = self.scan.at;
        let (lines, close) = heredoc_lines(self.scan.source, self.scan.at, self.scan.end, &word);
        let indent = if strips {
            let text = |line: &Span| line.of(self.scan.source);
            let blank = |line: &&Span| text(line).trim().is_empty();
            let width = |line: &Span| {
                let text = text(line);
                text.len() - text.trim_start_matches([' ', '\t']).len()
            };
            let lines: Vec<Span> = lines.iter().filter(|line| !blank(line)).copied().collect();
            lines.iter().map(width).min().unwrap_or(0)
        } else {
            0
        };
        let mut parts = Parts::default();
        let end = lines.last().map_or(content, |line| line.end as usize);
        let outer = self.scan.end;
        for line in &lines {
            let at = line.start as usize;
            // A template may have gone on over this line.
            if at < self.scan.at {
                continue;
            }
            parts.flush(at);
            self.scan.at = at;
            let text = line.of(self.scan.source);
            let white = text.len() - text.trim_start_matches([' ', '\t']).len();
            self.scan.at += white.min(indent);
            self.scan.end = end;
            while self.scan.at < line.end as usize {
                match self.scan.peek() {
                    b'$' | b'%' => self.template(&mut parts),
                    _ => {
                        parts.copy(self.scan.at);
                        self.scan.bump();
                    }
                }
            }
        }
        self.scan.end = outer;
        parts.flush(self.scan.at);
        self.scan.at = close;
        let indent = lines.first().map(|line| {
            let text = line.of(self.scan.source);
            text.get(..indent.min(text.len())).unwrap_or("").to_owned()
        });
        let form = Form::HclHeredoc { indent: indent.unwrap_or_default() };
        // The white space before the first line is not a part of the text.
        let content = match parts.parts.first() {
            Some(Part::Copied(span) | Part::Escaped(span, _) | Part::Hole(span, _)) => span.start,
            None => offset(content),
        };
        let content = Span::new(content, offset(end));
        let literal = Literal { form, content, parts: parts.parts };
        Expr::new(self.scan.span_from(start), Kind::Literal(literal))
    }
}
