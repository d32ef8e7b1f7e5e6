//! Tokens: every byte of a text is in exactly one.

use crate::tree::Quote;
use diagnostics::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "typescript",
    derive(serde::Serialize, tsify::Tsify),
    serde(rename_all = "camelCase")
)]
pub enum TokenKind {
    /// Spaces, tabs and line breaks.
    Whitespace,
    /// Characters that look like nothing or like a space, and control characters.
    Invisible,
    /// `// …`, `/* … */` or `# …`, which the language does not have.
    Comment,
    /// `(`.
    LeftParenthesis,
    /// `)`.
    RightParenthesis,
    /// `{`.
    LeftBrace,
    /// `}`.
    RightBrace,
    /// `[`.
    LeftBracket,
    /// `]`.
    RightBracket,
    /// `,`.
    Comma,
    /// `AND` or `&&`.
    And,
    /// `OR` or `||`.
    Or,
    /// `NOT` or `!`.
    Not,
    /// A run of letters, digits and `_ . : / - *` that is nothing else.
    Word,
    /// `@Source[…]`, with or without `@`.
    Attribute,
    /// An attribute reference without its brackets or without the closing one.
    UnclosedAttribute,
    /// A closed string.
    String,
    /// A string without its closing quote; it ends with its line.
    UnclosedString,
    /// What is laid out as a GUID, with or without dashes.
    Guid,
    /// Decimal digits, with or without a minus.
    Integer,
    /// `true` or `false`, in any letter case.
    Boolean,
    /// A template hole.
    Hole,
    /// Any other run of punctuation.
    Symbol,
}

impl TokenKind {
    /// Says whether the parser passes over the token.
    #[must_use]
    pub const fn is_trivia(self) -> bool {
        matches!(self, Self::Whitespace | Self::Invisible | Self::Comment)
    }

    /// Says whether the token is a value, well-formed or not.
    #[must_use]
    pub const fn is_literal(self) -> bool {
        matches!(
            self,
            Self::String | Self::UnclosedString | Self::Guid | Self::Integer | Self::Boolean
        )
    }
}

/// One token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

/// Returns the quotes a string token is written with.
pub(crate) fn quote_of(text: &str) -> Quote {
    match text.chars().next() {
        Some('\'') => Quote::Single,
        Some('"') => Quote::Double,
        _ => Quote::Curly,
    }
}
