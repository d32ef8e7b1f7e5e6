//! Words, quoted texts and heredocs of bash.

use super::{Pending, Reader, ends_word, is_name};
use crate::expr::{Expr, Kind, Literal};
use crate::form::Form;
use crate::read::hcl::heredoc_lines;
use crate::scan::{Parts, code_point};
use crate::text::offset;
use diagnostics::Span;

impl Reader<'_> {
    pub(super) fn literal(
        &self,
        form: Form,
        start: usize,
        content: Span,
        mut parts: Parts,
    ) -> Expr {
        parts.flush(content.end as usize);
        let literal = Literal { form, content, parts: parts.parts };
        Expr::new(self.scan.span_from(start), Kind::Literal(literal))
    }

    /// Letters without quotes.
    pub(super) fn bare(&mut self) -> Expr {
        let start = self.scan.at;
        let mut parts = Parts::default();
        loop {
            let at = self.scan.at;
            match self.scan.peek() {
                byte if ends_word(byte) => break,
                b'\'' | b'"' | b'`' => break,
                b'$' if at > start || self.is_expansion() => break,
                b'\\' if matches!(self.scan.peek_at(1), b'\n' | b'\r') => break,
                b'\\' => {
                    self.scan.at += 1;
                    let value = self.scan.bump().map(String::from).unwrap_or_default();
                    parts.escape(self.scan.span_from(at), value);
                }
                _ => {
                    parts.copy(at);
                    self.scan.bump();
                }
            }
        }
        let content = self.scan.span_from(start);
        self.literal(Form::BashBare, start, content, parts)
    }

    /// `'…'`; `'\''` and `'"'"'` within it stand for a quote.
    pub(super) fn single(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 1;
        let content = self.scan.at;
        let mut parts = Parts::default();
        loop {
            parts.copy(self.scan.at);
            self.scan.skip_while(|byte| byte != b'\'');
            let at = self.scan.at;
            let joins = self.scan.eat(r"'\''") || self.scan.eat(r#"'"'"'"#);
            if !joins {
                break;
            }
            parts.escape(self.scan.span_from(at), "'");
        }
        let content = self.scan.span_from(content);
        self.scan.eat("'");
        self.literal(Form::BashSingle, start, content, parts)
    }

    /// `$'…'`
    pub(super) fn ansi(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 2;
        let content = self.scan.at;
        let mut parts = Parts::default();
        loop {
            let at = self.scan.at;
            match self.scan.peek() {
                0 | b'\'' => break,
                b'\\' => {
                    self.scan.at += 1;
                    let value = match self.scan.bump() {
                        Some('n') => "\n".to_owned(),
                        Some('r') => "\r".to_owned(),
                        Some('t') => "\t".to_owned(),
                        Some('a') => "\u{7}".to_owned(),
                        Some('b') => "\u{8}".to_owned(),
                        Some('e' | 'E') => "\u{1b}".to_owned(),
                        Some('f') => "\u{c}".to_owned(),
                        Some('v') => "\u{b}".to_owned(),
                        Some(letter @ ('x' | 'u' | 'U')) => {
                            let most = match letter {
                                'x' => 2,
                                'u' => 4,
                                _ => 8,
                            };
                            let start = self.scan.at;
                            while self.scan.at < start + most
                                && self.scan.peek().is_ascii_hexdigit()
                            {
                                self.scan.at += 1;
                            }
                            let digits = self.scan.source.get(start..self.scan.at).unwrap_or("");
                            code_point(digits).map(String::from).unwrap_or_default()
                        }
                        Some(other) => other.to_string(),
                        None => String::new(),
                    };
                    parts.escape(self.scan.span_from(at), value);
                }
                _ => {
                    parts.copy(at);
                    self.scan.bump();
                }
            }
        }
        let content = self.scan.span_from(content);
        self.scan.eat("'");
        self.literal(Form::BashAnsi, start, content, parts)
    }

    pub(super) fn double(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 1;
        let content = self.scan.at;
        let mut parts = Parts::default();
        while !matches!(self.scan.peek(), 0 | b'"') {
            self.quoted_step(&mut parts, true);
        }
        let content = self.scan.span_from(content);
        self.scan.eat("\"");
        self.literal(Form::BashDouble, start, content, parts)
    }

    /// A step within `"…"` or a heredoc.
    pub(super) fn quoted_step(&mut self, parts: &mut Parts, quotes: bool) {
        let at = self.scan.at;
        match self.scan.peek() {
            b'\\' => {
                let next = self.scan.peek_at(1);
                let is_escape = matches!(next, b'\\' | b'$' | b'`') || (quotes && next == b'"');
                if next == b'\n' {
                    self.scan.at += 2;
                    parts.flush(at);
                } else if is_escape {
                    self.scan.at += 1;
                    let value = self.scan.bump().map(String::from).unwrap_or_default();
                    parts.escape(self.scan.span_from(at), value);
                } else {
                    parts.copy(at);
                    self.scan.at += 1;
                }
            }
            b'$' | b'`' => match self.expansion() {
                Some(hole) => parts.hole(hole.span, hole),
                None => {
                    parts.copy(at);
                    self.scan.at += 1;
                }
            },
            _ => {
                parts.copy(at);
                self.scan.bump();
            }
        }
    }

    /// `<<EOF`, `<<'EOF'`, `<<-EOF`
    pub(super) fn heredoc_start(&mut self) -> Option<Pending> {
        let start = self.scan.at;
        self.scan.at += 2;
        let strips = self.scan.eat("-");
        self.space();
        let quote = self.scan.peek();
        let plain = matches!(quote, b'\'' | b'"' | b'\\');
        if plain {
            self.scan.at += 1;
        }
        let word = self.scan.word(|byte| is_name(byte) || matches!(byte, b'-' | b'.')).to_owned();
        if plain && quote != b'\\' && self.scan.peek() == quote {
            self.scan.at += 1;
        }
        (!word.is_empty()).then(|| Pending {
            word,
            plain,
            strips,
            span: self.scan.span_from(start),
        })
    }

    /// The lines of a heredoc; the place is at their start.
    pub(super) fn heredoc(&mut self, pending: &Pending) -> Expr {
        let start = self.scan.at;
        let (lines, close) =
            heredoc_lines(self.scan.source, self.scan.at, self.scan.end, &pending.word);
        let end = lines.last().map_or(start, |line| line.end as usize);
        let mut parts = Parts::default();
        let outer = self.scan.end;
        self.scan.end = end;
        for line in &lines {
            if (line.start as usize) < self.scan.at {
                continue;
            }
            parts.flush(self.scan.at);
            self.scan.at = line.start as usize;
            if pending.strips {
                self.scan.skip_while(|byte| byte == b'\t');
            }
            while self.scan.at < line.end as usize {
                if pending.plain {
                    parts.copy(self.scan.at);
                    self.scan.at = line.end as usize;
                } else {
                    self.quoted_step(&mut parts, false);
                }
            }
        }
        self.scan.end = outer;
        parts.flush(self.scan.at.min(end));
        self.scan.at = close;
        if !self.scan.eat("\r\n") {
            self.scan.eat("\n");
        }
        let form = if pending.plain { Form::BashHeredocPlain } else { Form::BashHeredoc };
        let content = Span::new(offset(start), offset(end));
        let literal = Literal { form, content, parts: parts.parts };
        let span = Span::new(pending.span.start, offset(close));
        Expr::new(span, Kind::Literal(literal))
    }
}
