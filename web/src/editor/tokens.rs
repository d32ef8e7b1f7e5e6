//! The classes that tokens are coloured by.

use abac_syntax::{Comparison, Holes, Quantifier, TokenKind, tokenize};
use diagnostics::LineIndex;

/// The classes, in the order of `CLASSES` in `web/js/src/editor/tokens.ts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Keyword,
    Function,
    Operator,
    Attribute,
    String,
    Guid,
    Number,
    Bracket,
    Hole,
    Invalid,
    Comment,
}

/// Returns start, end and class of every token that has a colour, in UTF-16 units.
pub(super) fn classes(text: &str) -> Vec<u32> {
    let lines = LineIndex::new(text);
    let mut found = Vec::new();
    for token in tokenize(text, Holes::Refused) {
        if let Some(class) = class(token.kind, token.span.of(text)) {
            let start = lines.utf16_offset(token.span.start);
            found.extend([start, lines.utf16_offset(token.span.end), class as u32]);
        }
    }
    found
}

fn class(kind: TokenKind, text: &str) -> Option<Class> {
    Some(match kind {
        TokenKind::Whitespace => return None,
        TokenKind::And | TokenKind::Or | TokenKind::Not => Class::Keyword,
        TokenKind::Word => word(text),
        TokenKind::Attribute => Class::Attribute,
        TokenKind::String => Class::String,
        TokenKind::Guid => Class::Guid,
        TokenKind::Integer | TokenKind::Boolean => Class::Number,
        TokenKind::Hole => Class::Hole,
        TokenKind::Comment => Class::Comment,
        TokenKind::LeftParenthesis
        | TokenKind::RightParenthesis
        | TokenKind::LeftBrace
        | TokenKind::RightBrace
        | TokenKind::LeftBracket
        | TokenKind::RightBracket
        | TokenKind::Comma => Class::Bracket,
        TokenKind::Invisible
        | TokenKind::UnclosedAttribute
        | TokenKind::UnclosedString
        | TokenKind::Symbol => Class::Invalid,
    })
}

fn word(text: &str) -> Class {
    let same = |name: &str| text.eq_ignore_ascii_case(name);
    if same("ActionMatches") || same("SubOperationMatches") || same("Exists") {
        return Class::Function;
    }
    let function = text.split_once(':').map_or(text, |(quantifier, function)| {
        if Quantifier::parse(quantifier).is_some() { function } else { text }
    });
    if Comparison::parse(function).is_some() { Class::Operator } else { Class::Invalid }
}

#[cfg(test)]
mod tests {
    use super::{Class, classes};

    #[test]
    fn places_count_as_javascript_does() {
        // The emoji is four bytes, and two units of UTF-16.
        let found = classes("'😀' StringEquals 1");
        let class = |class: Class| class as u32;
        let expected = [
            [0, 4, class(Class::String)],
            [5, 17, class(Class::Operator)],
            [18, 19, class(Class::Number)],
        ];
        assert_eq!(found, expected.concat());
    }
}
