//! Literals and sets.

use super::attribute;
use crate::Holes;
use crate::hole;
use crate::input::{Input, expect};
use crate::token::{Token, TokenKind, quote_of};
use crate::tree::{Literal, LiteralId, LiteralKind, Operand, Quote};
use crate::wording;
use diagnostics::{Diagnostic, Span};
use uuid::Uuid;

/// Adds the next token as a literal.
#[inline]
pub(super) fn add(input: &Input<'_>) -> LiteralId {
    let kind = match input.peek() {
        Some(TokenKind::String | TokenKind::UnclosedString) => string(input),
        Some(TokenKind::Guid) => match Uuid::try_parse_ascii(input.text().as_bytes()) {
            Ok(guid) => LiteralKind::Guid(guid),
            Err(_) => {
                input.report(wording::bare_value(input));
                LiteralKind::Bare
            }
        },
        Some(TokenKind::Integer) => match input.text().parse() {
            Ok(value) => LiteralKind::Integer(value),
            Err(_) => {
                input.report(wording::integer_out_of_range(input));
                LiteralKind::Bare
            }
        },
        Some(TokenKind::Boolean) => LiteralKind::Boolean(input.text().eq_ignore_ascii_case("true")),
        Some(TokenKind::Hole) => LiteralKind::Hole,
        _ => LiteralKind::Bare,
    };
    input.add_literal(Literal { span: input.span(), kind })
}

fn string(input: &Input<'_>) -> LiteralKind {
    let text = input.text();
    let quote = quote_of(text);
    let content = text.as_bytes().get(1..text.len().saturating_sub(1)).unwrap_or(&[]);
    let escaped = quote == Quote::Single && memchr::memchr(b'\'', content).is_some();
    let hole =
        input.session.holes == Holes::Allowed && hole::any_in(input.session.source, input.span());
    LiteralKind::String { quote, escaped, hole }
}

/// A string without an end, or in typographic quotes.
pub(super) fn wrong_quotes(source: &str, token: Token) -> Option<Diagnostic> {
    let quote = source.as_bytes().get(token.span.start as usize);
    let straight = matches!(quote, Some(b'\'' | b'"'));
    match token.kind {
        TokenKind::String if straight => None,
        _ if !straight => Some(wording::curly_quotes(source, token)),
        _ => Some(wording::unclosed_string(source, token.span)),
    }
}

/// Adds a word that stands where a value should.
pub(super) fn add_bare(input: &Input<'_>) -> LiteralId {
    input.report(wording::bare_value(input));
    add(input)
}

/// Takes GUIDs that each have a comma and another GUID behind them: nearly all of a long set.
fn leading_guids(input: Input<'_>) -> Input<'_> {
    let mut rest = input.tokens();
    let mut taken = 0;
    let bytes = input.session.source.as_bytes();
    let literals = &mut input.session.growth.borrow_mut().tree.literals;
    while let [value, comma, next, ..] = rest
        && (value.kind, comma.kind, next.kind)
            == (TokenKind::Guid, TokenKind::Comma, TokenKind::Guid)
        && let Some(text) = bytes.get(value.span.start as usize..value.span.end as usize)
        && let Ok(guid) = Uuid::try_parse_ascii(text)
    {
        literals.push(Literal { span: value.span, kind: LiteralKind::Guid(guid) });
        rest = rest.get(2..).unwrap_or(&[]);
        taken += 2;
    }
    input.skip(taken)
}

/// `set = "{" , literal , { "," , literal } , "}" ;`
///
/// Parentheses and brackets are read too, and named.
pub(super) fn set(input: Input<'_>, close: TokenKind) -> (Input<'_>, Operand) {
    let open = input.span();
    if close != TokenKind::RightBrace {
        input.report(wording::wrong_brackets(&input, close, "a set of values"));
    }
    let mark = input.literals_mark();
    let mut rest = leading_guids(input.skip(1));
    let mut end = open;
    // Whether the next thing must be a value; holes may bring their own commas.
    let mut after_value = false;
    loop {
        let span = rest.span();
        match rest.peek() {
            Some(kind)
                if kind.is_literal() || matches!(kind, TokenKind::Hole | TokenKind::Word) =>
            {
                let hole = rest.peek() == Some(TokenKind::Hole);
                if after_value && !hole {
                    rest.report(wording::missing_comma(&rest, end));
                }
                if rest.peek() == Some(TokenKind::Word) {
                    add_bare(&rest)
                } else {
                    add(&rest)
                };
                after_value = !hole;
                rest = rest.skip(1);
            }
            Some(TokenKind::Comma) => {
                let next = rest.peek_at(1);
                let before_hole = next == Some(TokenKind::Hole);
                let after_hole = !after_value && rest.literals_mark() > mark;
                let separates = after_value || before_hole || after_hole;
                if next == Some(close) || !separates {
                    rest.report(wording::stray_comma(&rest));
                }
                after_value = false;
                rest = rest.skip(1);
            }
            Some(TokenKind::Attribute) => {
                rest.report(wording::attribute_in_set(&rest));
                rest = attribute::after(rest);
                after_value = true;
            }
            _ => break,
        }
        end = span;
    }
    let literals = input.literals_since(mark);
    if literals.len == 0 && rest.peek() == Some(close) {
        rest.report(wording::empty_set(open.to(rest.span())));
    }
    let unclosed = |input: &Input<'_>| wording::unclosed_bracket(input, open, end);
    let (rest, closing) = expect(close, unclosed)(rest);
    let end: Span = closing.map_or(end, |token| token.span);
    (rest, Operand::Set { literals, span: open.to(end) })
}
