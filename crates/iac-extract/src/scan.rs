//! Walking over source text, byte by byte and without panic.

use crate::text::offset;
use diagnostics::Span;

/// A place in a source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scanner<'s> {
    pub(crate) source: &'s str,
    pub(crate) at: usize,
    /// Where reading stops.
    pub(crate) end: usize,
}

impl<'s> Scanner<'s> {
    pub(crate) const fn new(source: &'s str) -> Self {
        Self { source, at: 0, end: source.len() }
    }

    /// Reads only a part of the source.
    pub(crate) fn within(source: &'s str, span: Span) -> Self {
        let end = (span.end as usize).min(source.len());
        Self { source, at: (span.start as usize).min(end), end }
    }

    pub(crate) fn rest(&self) -> &'s str {
        self.source.get(self.at..self.end).unwrap_or("")
    }

    pub(crate) const fn is_end(&self) -> bool {
        self.at >= self.end
    }

    /// Returns the byte at the place; 0 at the end.
    pub(crate) fn peek(&self) -> u8 {
        self.peek_at(0)
    }

    pub(crate) fn peek_at(&self, ahead: usize) -> u8 {
        let at = self.at + ahead;
        if at >= self.end { 0 } else { self.source.as_bytes().get(at).copied().unwrap_or(0) }
    }

    pub(crate) fn looking_at(&self, word: &str) -> bool {
        self.rest().as_bytes().starts_with(word.as_bytes())
    }

    /// Passes over a character.
    pub(crate) fn bump(&mut self) -> Option<char> {
        let character = self.rest().chars().next()?;
        self.at += character.len_utf8();
        Some(character)
    }

    /// Passes over a word if it stands here.
    pub(crate) fn eat(&mut self, word: &str) -> bool {
        let found = self.looking_at(word);
        if found {
            self.at += word.len();
        }
        found
    }

    pub(crate) fn skip_while(&mut self, accept: impl Fn(u8) -> bool) {
        while !self.is_end() && accept(self.peek()) {
            self.at += 1;
        }
        self.align();
    }

    /// Goes to the end of the line, before its break.
    pub(crate) fn skip_line(&mut self) {
        let rest = self.rest().as_bytes();
        self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    }

    /// Goes behind a word, or to the end.
    pub(crate) fn skip_past(&mut self, word: &str) {
        let rest = self.rest();
        self.at += match memchr::memmem::find(rest.as_bytes(), word.as_bytes()) {
            Some(found) => found + word.len(),
            None => rest.len(),
        };
    }

    /// Goes on to the next character boundary.
    fn align(&mut self) {
        while self.at < self.end && !self.source.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    pub(crate) fn word(&mut self, accept: impl Fn(u8) -> bool) -> &'s str {
        let start = self.at;
        self.skip_while(accept);
        self.source.get(start..self.at).unwrap_or("")
    }

    pub(crate) fn span_from(&self, start: usize) -> Span {
        Span::new(offset(start), offset(self.at))
    }

    pub(crate) fn place(&self) -> Span {
        Span::at(offset(self.at))
    }
}

/// Collects the pieces of a literal.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) parts: Vec<crate::expr::Part>,
    /// Where the bytes that stand for themselves began.
    from: Option<usize>,
}

impl Parts {
    /// Notes that bytes from `start` stand for themselves.
    pub(crate) fn copy(&mut self, start: usize) {
        self.from.get_or_insert(start);
    }

    /// Ends the bytes that stand for themselves.
    pub(crate) fn flush(&mut self, end: usize) {
        if let Some(start) = self.from.take()
            && start < end
        {
            self.parts.push(crate::expr::Part::Copied(Span::new(offset(start), offset(end))));
        }
    }

    pub(crate) fn escape(&mut self, span: Span, value: impl Into<String>) {
        self.flush(span.start as usize);
        self.parts.push(crate::expr::Part::Escaped(span, value.into()));
    }

    pub(crate) fn hole(&mut self, span: Span, expr: crate::expr::Expr) {
        self.flush(span.start as usize);
        self.parts.push(crate::expr::Part::Hole(span, Box::new(expr)));
    }
}

/// Reads the hexadecimal digits of an escape.
pub(crate) fn code_point(digits: &str) -> Option<char> {
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}

/// Says whether a byte may stand in a name of Bicep, PowerShell or bash.
pub(crate) const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
