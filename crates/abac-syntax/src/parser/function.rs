//! `ActionMatches`, `SubOperationMatches` and `Exists`.

use super::{TermFunction, attribute, literal};
use crate::input::{Input, Parse, expect, token};
use crate::operator::Function;
use crate::token::TokenKind;
use crate::tree::{AttributeId, ExprId, LiteralId, NodeKind};
use crate::wording;
use diagnostics::Span;
use nom::Parser;
use nom::combinator::opt;

/// Reads the name of a function, in any letter case.
pub(crate) fn of(word: &str) -> Option<TermFunction> {
    let names = [
        ("ActionMatches", TermFunction::Matches(Function::ActionMatches)),
        ("SubOperationMatches", TermFunction::Matches(Function::SubOperationMatches)),
        ("Exists", TermFunction::Exists),
        ("NotExists", TermFunction::NotExists),
    ];
    names
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
        .map(|(_, function)| function)
}

pub(super) fn call(input: Input<'_>, function: TermFunction) -> Parse<'_, ExprId> {
    match function {
        TermFunction::Matches(function) => matches(input, function),
        TermFunction::Exists => exists(input, input.span()),
        TermFunction::NotExists => {
            input.report(wording::not_exists(&input));
            // Two nodes of one word: `Not`, `Exists`.
            let Span { start, end } = input.span();
            let (operator, name) = (Span::new(start, start + 3), Span::new(start + 3, end));
            let (rest, operand) = exists(input, name)?;
            let span = operator.to(input.span_of(operand));
            let id = input.add(span, NodeKind::Not { operand, operator });
            Ok((rest, id))
        }
    }
}

/// `"ActionMatches" , "{" , string , "}" | "SubOperationMatches" , "{" , string , "}"`
fn matches(input: Input<'_>, function: Function) -> Parse<'_, ExprId> {
    let name = input.span();
    let rest = input.skip(1);
    let (rest, argument, end) = match rest.peek() {
        Some(TokenKind::LeftBrace) => pattern_in(rest, function, TokenKind::RightBrace)?,
        Some(TokenKind::LeftParenthesis) => {
            pattern_in(rest, function, TokenKind::RightParenthesis)?
        }
        Some(TokenKind::LeftBracket) => pattern_in(rest, function, TokenKind::RightBracket)?,
        Some(TokenKind::String | TokenKind::UnclosedString) => {
            rest.report(wording::pattern_without_braces(&rest, function));
            let span = rest.span();
            (rest.skip(1), Some(literal::add(&rest)), span)
        }
        Some(TokenKind::Hole) => {
            let span = rest.span();
            (rest.skip(1), Some(literal::add(&rest)), span)
        }
        _ => {
            rest.report(wording::missing_pattern(&rest, function));
            (rest, None, name)
        }
    };
    let id = rest.add(name.to(end), NodeKind::Call { function, argument });
    Ok((rest, id))
}

type Pattern = (Option<LiteralId>, Span);

fn pattern_in(
    input: Input<'_>,
    function: Function,
    close: TokenKind,
) -> Result<(Input<'_>, Option<LiteralId>, Span), nom::Err<()>> {
    let open = input.span();
    if close != TokenKind::RightBrace {
        input.report(wording::wrong_brackets(&input, close, "its pattern"));
    }
    let inside = input.skip(1);
    let (rest, (argument, mut end)) = pattern(inside, function, open)?;
    // More than one pattern, and whatever else stands before the bracket, is one finding.
    let mut rest = rest;
    if rest.peek() == Some(TokenKind::Comma) {
        rest.report(wording::one_pattern(&rest, function));
        while let Some(TokenKind::Comma | TokenKind::String | TokenKind::Word | TokenKind::Hole) =
            rest.peek()
        {
            end = rest.span();
            rest = rest.skip(1);
        }
    }
    let unclosed = |input: &Input<'_>| wording::unclosed_bracket(input, open, end);
    let (rest, closing) = expect(close, unclosed)(rest);
    Ok((rest, argument, closing.map_or(end, |token| token.span)))
}

fn pattern(input: Input<'_>, function: Function, open: Span) -> Parse<'_, Pattern> {
    let span = input.span();
    match input.peek() {
        Some(TokenKind::String | TokenKind::UnclosedString | TokenKind::Hole) => {
            Ok((input.skip(1), (Some(literal::add(&input)), span)))
        }
        Some(TokenKind::Word) => {
            input.report(wording::unquoted_pattern(&input));
            Ok((input.skip(1), (Some(literal::add(&input)), span)))
        }
        Some(TokenKind::RightBrace | TokenKind::RightParenthesis | TokenKind::RightBracket) => {
            input.report(wording::missing_pattern(&input, function));
            Ok((input, (None, open)))
        }
        Some(TokenKind::Attribute | TokenKind::Guid | TokenKind::Integer | TokenKind::Boolean) => {
            input.report(wording::missing_pattern(&input, function));
            Ok((input.skip(1), (None, span)))
        }
        _ => Ok((input, (None, open))),
    }
}

/// `"Exists" , attribute`
fn exists(input: Input<'_>, name: Span) -> Parse<'_, ExprId> {
    if input.peek_at(1) == Some(TokenKind::Hole) {
        let id = input.add(name.to(input.skip(1).span()), NodeKind::Hole);
        return Ok((input.skip(2), id));
    }
    let (rest, open) = opt(token(TokenKind::LeftParenthesis)).parse(input.skip(1))?;
    let (rest, attribute, mut end) = operand(rest, name);
    let mut rest = rest;
    if let Some(open) = open {
        let unclosed = |input: &Input<'_>| wording::unclosed_parenthesis(input, open.span);
        let (after, close) = expect(TokenKind::RightParenthesis, unclosed)(rest);
        if let Some(close) = close {
            end = close.span;
            input.report(wording::exists_parentheses(&input, open.span, close.span));
        }
        rest = after;
    }
    let span = name.to(end);
    let id = match attribute {
        Some(attribute) => rest.add(span, NodeKind::Exists { name, attribute }),
        None => rest.add(span, NodeKind::Error),
    };
    Ok((rest, id))
}

fn operand(input: Input<'_>, name: Span) -> (Input<'_>, Option<AttributeId>, Span) {
    let span = input.span();
    match input.peek() {
        Some(TokenKind::Attribute | TokenKind::UnclosedAttribute) => {
            (attribute::after(input), Some(attribute::add(&input)), span)
        }
        Some(kind) if kind.is_literal() || matches!(kind, TokenKind::Hole | TokenKind::Word) => {
            input.report(wording::exists_argument(&input));
            (input.skip(1), None, span)
        }
        _ => {
            input.report(wording::exists_argument(&input));
            (input, None, name)
        }
    }
}
