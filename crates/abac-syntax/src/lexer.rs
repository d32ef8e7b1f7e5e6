//! Text to tokens. The lexer is total: it takes any text and loses no byte of it.

use crate::Holes;
use crate::character::{BODY_END, SPACE, SYMBOL, WORD, is, is_curly_quote, is_invisible};
use crate::hole;
use crate::operator::AttributeSource;
use crate::token::{Token, TokenKind};
use diagnostics::Span;
use memchr::{memchr, memchr2};

/// Splits a text into tokens that tile it.
#[must_use]
pub fn tokenize(source: &str, holes: Holes) -> Vec<Token> {
    Lexer::new(source, holes).collect()
}

pub(crate) struct Lexer<'s> {
    source: &'s str,
    bytes: &'s [u8],
    at: usize,
    /// Whether holes are looked for within strings and attributes too. Elsewhere they always are,
    /// so that one that was not filled in is one finding.
    holes: bool,
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    #[inline(always)]
    fn next(&mut self) -> Option<Token> {
        let start = self.at;
        let first = *self.bytes.get(start)?;
        // Invariant: every scan moves on by at least one character, so the lexer ends.
        let kind = self.scan(first);
        Some(Token { kind, span: Span { start: start as u32, end: self.at as u32 } })
    }
}

impl<'s> Lexer<'s> {
    pub(crate) fn new(source: &'s str, holes: Holes) -> Self {
        Self { source, bytes: source.as_bytes(), at: 0, holes: holes == Holes::Allowed }
    }

    /// Passes over plain white space, which most tokens are followed by.
    #[inline]
    pub(crate) fn skip_space(&mut self) {
        self.skip(SPACE);
    }

    #[inline]
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    #[inline]
    fn rest(&self) -> &'s [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    #[inline]
    fn one(&mut self, kind: TokenKind) -> TokenKind {
        self.at += 1;
        kind
    }

    #[inline]
    fn skip(&mut self, class: u8) {
        let mut at = self.at;
        while let Some(byte) = self.bytes.get(at)
            && is(*byte, class)
        {
            at += 1;
        }
        self.at = at;
    }

    #[inline(always)]
    fn scan(&mut self, first: u8) -> TokenKind {
        match first {
            b' ' | b'\t' | b'\n' | b'\r' => {
                self.at += 1;
                self.skip(SPACE);
                TokenKind::Whitespace
            }
            b'a'..=b'f' | b'A'..=b'F' | b'0'..=b'9' => match self.dashed_guid() {
                true => TokenKind::Guid,
                false => self.word(),
            },
            b'g'..=b'z' | b'G'..=b'Z' | b'_' | b'.' | b':' | b'/' | b'-' | b'*' => self.word(),
            b'(' => self.one(TokenKind::LeftParenthesis),
            b')' => self.one(TokenKind::RightParenthesis),
            b'{' => self.left_brace(),
            b'}' => self.one(TokenKind::RightBrace),
            b'[' => self.one(TokenKind::LeftBracket),
            b']' => self.one(TokenKind::RightBracket),
            b',' => self.one(TokenKind::Comma),
            b'@' => self.attribute(1),
            b'\'' => self.single_quoted(),
            b'"' => self.double_quoted(),
            _ => self.other(first),
        }
    }

    fn other(&mut self, first: u8) -> TokenKind {
        if first == b'#' {
            self.skip_line();
            return TokenKind::Comment;
        }
        if let Some(length) = hole::at(self.rest()) {
            self.at += length;
            self.rest_of_hole();
            return TokenKind::Hole;
        }
        if first == b'!' && self.peek(1) != b'=' {
            return self.one(TokenKind::Not);
        }
        if (first == b'&' || first == b'|') && self.peek(1) == first {
            self.at += 2;
            return if first == b'&' { TokenKind::And } else { TokenKind::Or };
        }
        if first.is_ascii() && is(first, SYMBOL) {
            return self.symbol();
        }
        self.not_ascii()
    }

    /// Takes a run of punctuation such as `==`, but leaves what could begin something else.
    fn symbol(&mut self) -> TokenKind {
        self.at += 1;
        while matches!(self.peek(0), b'=' | b'<' | b'>' | b'~' | b'&' | b'|' | b'^' | b'+') {
            self.at += 1;
        }
        TokenKind::Symbol
    }

    fn not_ascii(&mut self) -> TokenKind {
        let rest = self.source.get(self.at..).unwrap_or("");
        let Some(first) = rest.chars().next() else { return self.one(TokenKind::Symbol) };
        if is_curly_quote(first) {
            return self.curly_quoted(rest, first);
        }
        let invisible = is_invisible(first);
        let end = rest.char_indices().find(|(_, character)| {
            if invisible {
                !is_invisible(*character)
            } else {
                character.is_ascii() || is_invisible(*character) || is_curly_quote(*character)
            }
        });
        self.at += end.map_or(rest.len(), |(at, _)| at);
        if invisible { TokenKind::Invisible } else { TokenKind::Symbol }
    }

    /// Ends at the next typographic quote of the same kind on the same line.
    fn curly_quoted(&mut self, rest: &str, first: char) -> TokenKind {
        let double = matches!(first, '\u{201c}'..='\u{201f}');
        let mut characters = rest.char_indices().skip(1);
        for (at, character) in characters.by_ref() {
            if character == '\n' {
                break;
            }
            let closes = if double {
                matches!(character, '\u{201c}'..='\u{201f}')
            } else {
                matches!(character, '\u{2018}'..='\u{201b}')
            };
            if closes {
                self.at += at + character.len_utf8();
                return TokenKind::String;
            }
        }
        self.skip_line();
        TokenKind::UnclosedString
    }

    fn skip_line(&mut self) {
        let rest = self.rest();
        self.at += memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    }

    fn word(&mut self) -> TokenKind {
        let start = self.at;
        if self.peek(0) == b'/' && matches!(self.peek(1), b'/' | b'*') {
            return self.comment();
        }
        self.skip(WORD);
        if self.peek(0) == b'$' && hole::at(self.rest()).is_some() {
            self.rest_of_hole();
            return TokenKind::Hole;
        }
        let word = self.bytes.get(start..self.at).unwrap_or(&[]);
        if self.peek(0) == b'[' && is_source(word) {
            return self.attribute(0);
        }
        let kind = classify(word);
        if self.holes && kind == TokenKind::Word && hole::is_name(word) {
            return TokenKind::Hole;
        }
        kind
    }

    /// Takes a GUID with dashes, which a condition has more of than of anything else.
    #[inline]
    fn dashed_guid(&mut self) -> bool {
        const LENGTH: usize = 36;
        let Some(text) = self.rest().first_chunk::<LENGTH>() else { return false };
        let [_, _, _, _, _, _, _, _, b'-', _, _, _, _, b'-', _, _, _, _, b'-', ..] = text else {
            return false;
        };
        // Whether the digits are digits is for the parser to say; here it is enough that nothing
        // else, such as a space or a parenthesis, stands among them.
        let together = text.iter().fold(true, |all, byte| all & matches!(byte, b'-'..=b'z'));
        if text[23] != b'-' || !together || is(self.peek(LENGTH), WORD) {
            return false;
        }
        if self.peek(LENGTH) == b'$' {
            return false;
        }
        self.at += LENGTH;
        true
    }

    fn comment(&mut self) -> TokenKind {
        if self.peek(1) == b'/' {
            self.skip_line();
        } else {
            let rest = self.rest();
            self.at += memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2);
        }
        TokenKind::Comment
    }

    /// Takes what touches a hole: `${prefix}-suffix`, `${a}${b}`.
    fn rest_of_hole(&mut self) {
        loop {
            self.skip(WORD);
            match hole::at(self.rest()) {
                Some(length) => self.at += length,
                None => return,
            }
        }
    }

    fn left_brace(&mut self) -> TokenKind {
        // `{{{x}}}` is a set with a hole in it, `{{x}}` a hole.
        if self.peek(1) == b'{'
            && self.peek(2) != b'{'
            && let Some(length) = hole::at(self.rest())
        {
            self.at += length;
            self.rest_of_hole();
            return TokenKind::Hole;
        }
        self.one(TokenKind::LeftBrace)
    }

    /// Takes `@Source[body]`; called on the `@`, or on the bracket where the word was read.
    #[inline]
    fn attribute(&mut self, at_sign: usize) -> TokenKind {
        self.at += at_sign;
        if at_sign > 0 {
            while self.peek(0).is_ascii_alphanumeric() {
                self.at += 1;
            }
        }
        if self.peek(0) != b'[' {
            return TokenKind::UnclosedAttribute;
        }
        self.at += 1;
        let body = self.at;
        loop {
            let mut at = self.at;
            while let Some(byte) = self.bytes.get(at)
                && !is(*byte, BODY_END)
            {
                at += 1;
            }
            self.at = at;
            match self.peek(0) {
                b']' => return self.one(TokenKind::Attribute),
                b'{' if self.holes => match hole::before_brace(self.bytes, self.at, body) {
                    Some(end) => self.at = end,
                    None => break,
                },
                _ => break,
            }
        }
        // Nothing closes it: keep what cannot be anything else, so that the rest can be read.
        let rest = self.bytes.get(body..self.at).unwrap_or(&[]);
        self.at = body + rest.iter().position(|byte| is(*byte, SPACE)).unwrap_or(rest.len());
        TokenKind::UnclosedAttribute
    }

    #[inline]
    fn single_quoted(&mut self) -> TokenKind {
        let mut at = self.at + 1;
        loop {
            let rest = self.bytes.get(at..).unwrap_or(&[]);
            let found = if self.holes { hole::quote_in(rest) } else { memchr(b'\'', rest) };
            let Some(quote) = found else {
                self.at += 1;
                self.skip_line();
                return TokenKind::UnclosedString;
            };
            let end = at + quote;
            let next = self.bytes.get(end + 1).copied().unwrap_or(0);
            if next == b'\'' {
                at = end + 2;
                continue;
            }
            // `'it\'s'`: a word goes on behind the apostrophe. `'C:\'` ends there.
            let escaped = end > self.at + 1 && self.bytes.get(end - 1) == Some(&b'\\');
            if escaped && next.is_ascii_alphanumeric() {
                at = end + 1;
                continue;
            }
            self.at = end + 1;
            return TokenKind::String;
        }
    }

    fn double_quoted(&mut self) -> TokenKind {
        self.at += 1;
        match memchr2(b'"', b'\n', self.rest()) {
            Some(end) if self.peek(end) == b'"' => {
                self.at += end + 1;
                TokenKind::String
            }
            Some(end) => {
                self.at += end;
                TokenKind::UnclosedString
            }
            None => {
                self.at = self.bytes.len();
                TokenKind::UnclosedString
            }
        }
    }
}

fn is_source(word: &[u8]) -> bool {
    AttributeSource::ALL.iter().any(|source| word.eq_ignore_ascii_case(source.as_str().as_bytes()))
}

#[inline]
fn classify(word: &[u8]) -> TokenKind {
    match word.len() {
        2 if word.eq_ignore_ascii_case(b"OR") => TokenKind::Or,
        3 if word.eq_ignore_ascii_case(b"AND") => TokenKind::And,
        3 if word.eq_ignore_ascii_case(b"NOT") => TokenKind::Not,
        4 if word.eq_ignore_ascii_case(b"true") => TokenKind::Boolean,
        5 if word.eq_ignore_ascii_case(b"false") => TokenKind::Boolean,
        32 if word.iter().all(u8::is_ascii_hexdigit) => TokenKind::Guid,
        _ if is_integer(word) => TokenKind::Integer,
        _ => TokenKind::Word,
    }
}

fn is_integer(word: &[u8]) -> bool {
    let digits = word.strip_prefix(b"-").unwrap_or(word);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}
