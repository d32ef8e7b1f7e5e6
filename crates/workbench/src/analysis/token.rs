//! What has which colour.

use crate::condition::Condition;
use crate::position::Range;
use abac_syntax::{Comparison, Function, Holes, Quantifier, Token, TokenKind, tokenize};
use diagnostics::Span;

/// A stretch of text and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColouredToken {
    /// Where it stands.
    pub range: Range,
    /// What it is.
    pub class: TokenClass,
}

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenClass {
    /// `AND`, `OR`, `NOT`.
    Keyword,
    /// `ActionMatches`, `SubOperationMatches`, `Exists`.
    Function,
    /// `ForAnyOfAnyValues`.
    Quantifier,
    /// `GuidEquals`.
    Operator,
    /// `@Request`.
    Source,
    /// `Microsoft.Authorization/roleAssignments`, with its bracket.
    Path,
    /// `RoleDefinitionId`, with its bracket.
    Name,
    /// `'text'`.
    String,
    /// A GUID.
    Guid,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Parentheses, braces, brackets and commas.
    Punctuation,
    /// `// …`, which the language does not have.
    Comment,
    /// A template hole.
    Hole,
    /// Anything that is none of these.
    Unknown,
}

impl TokenClass {
    /// Returns the name that style sheets use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Function => "function",
            Self::Quantifier => "quantifier",
            Self::Operator => "operator",
            Self::Source => "source",
            Self::Path => "path",
            Self::Name => "name",
            Self::String => "string",
            Self::Guid => "guid",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Punctuation => "punctuation",
            Self::Comment => "comment",
            Self::Hole => "hole",
            Self::Unknown => "unknown",
        }
    }
}

pub(super) fn coloured(condition: &Condition) -> Vec<ColouredToken> {
    let text = condition.text();
    let mut out = Vec::new();
    let mut push = |span: Span, class| {
        if !span.is_empty() {
            out.push(ColouredToken { range: condition.range(span), class });
        }
    };
    for token in tokenize(text, Holes::Refused) {
        match token.kind {
            TokenKind::Whitespace => {}
            TokenKind::Attribute | TokenKind::UnclosedAttribute => {
                for (span, class) in attribute(text, token) {
                    push(span, class);
                }
            }
            TokenKind::Word => {
                for (span, class) in word(text, token) {
                    push(span, class);
                }
            }
            kind => push(token.span, class(kind)),
        }
    }
    out
}

const fn class(kind: TokenKind) -> TokenClass {
    match kind {
        TokenKind::And | TokenKind::Or | TokenKind::Not => TokenClass::Keyword,
        TokenKind::String | TokenKind::UnclosedString => TokenClass::String,
        TokenKind::Guid => TokenClass::Guid,
        TokenKind::Integer => TokenClass::Number,
        TokenKind::Boolean => TokenClass::Boolean,
        TokenKind::Comment => TokenClass::Comment,
        TokenKind::Hole => TokenClass::Hole,
        TokenKind::LeftParenthesis
        | TokenKind::RightParenthesis
        | TokenKind::LeftBrace
        | TokenKind::RightBrace
        | TokenKind::LeftBracket
        | TokenKind::RightBracket
        | TokenKind::Comma => TokenClass::Punctuation,
        _ => TokenClass::Unknown,
    }
}

/// Splits a reference into source, path and name.
fn attribute(text: &str, token: Token) -> [(Span, TokenClass); 3] {
    let Span { start, end } = token.span;
    let written = token.span.of(text);
    let bracket = written.find('[').map_or(end, |at| start + at as u32);
    let colon = written.find(':').map_or(bracket, |at| start + at as u32).max(bracket);
    let (path, name) = if colon == bracket {
        // A plain name has no path.
        (Span::at(bracket), Span::new(bracket, end))
    } else {
        (Span::new(bracket, colon), Span::new(colon, end))
    };
    [
        (Span::new(start, bracket), TokenClass::Source),
        (path, TokenClass::Path),
        (name, TokenClass::Name),
    ]
}

/// Splits a word into quantifier and operator.
fn word(text: &str, token: Token) -> [(Span, TokenClass); 2] {
    let Span { start, end } = token.span;
    let written = token.span.of(text);
    let (quantifier, name) = match written.split_once(':') {
        Some((quantifier, name)) if Quantifier::parse(quantifier).is_some() => {
            (quantifier.len() as u32 + 1, name)
        }
        _ => (0, written),
    };
    let functions =
        [Function::ActionMatches.as_str(), Function::SubOperationMatches.as_str(), "Exists"];
    let class = if Comparison::parse(name).is_some() {
        TokenClass::Operator
    } else if functions.iter().any(|function| name.eq_ignore_ascii_case(function)) {
        TokenClass::Function
    } else {
        TokenClass::Unknown
    };
    let split = start + quantifier;
    [(Span::new(start, split), TokenClass::Quantifier), (Span::new(split, end), class)]
}
