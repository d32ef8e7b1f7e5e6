//! Comparisons.

use super::{attribute, function, literal};
use crate::input::{Input, Parse};
use crate::operator::{Comparison, Quantifier};
use crate::token::TokenKind;
use crate::tree::{Compared, ExprId, NodeKind, Operand, Operator};
use crate::wording;
use diagnostics::Span;

/// Says whether an operator and a value follow, so that what stands before is their left side.
pub(super) fn follows(input: Input<'_>) -> bool {
    match input.peek() {
        Some(TokenKind::Word) => function::of(input.text()).is_none(),
        Some(TokenKind::Symbol) => true,
        _ => false,
    }
}

/// `comparison = operand , operator , operand ;`
pub(super) fn comparison(input: Input<'_>) -> Parse<'_, ExprId> {
    let start = input.span();
    let (rest, left) = match input.peek() {
        Some(TokenKind::Word) => {
            let whole = input;
            // A word with a bracket behind it was meant as a function, a lone one as an attribute.
            let unknown_function =
                matches!(input.peek_at(1), Some(TokenKind::LeftBrace | TokenKind::LeftParenthesis));
            if unknown_function || !follows(input.skip(1)) {
                return Ok(unknown_term(whole, unknown_function));
            }
            input.report(wording::expected_attribute(&input));
            (input.skip(1), Operand::Literal(literal::add(&input)))
        }
        _ => operand(input),
    };
    let (rest, operator) = operator(rest, left);
    let Some(operator) = operator else {
        let end = if rest.at == input.at { start } else { before(input, rest) };
        return Ok((rest, input.add(start.to(end), NodeKind::Error)));
    };
    let (rest, right) = right_operand(rest, operator);
    let end = before(input, rest);
    let id = rest.add_comparison(start.to(end), Compared { left, operator, right });
    Ok((rest, id))
}

/// The last token between two places.
fn before(from: Input<'_>, to: Input<'_>) -> Span {
    from.until(to).last().map_or(Span::at(from.span().start), |token| token.span)
}

/// `name{…}` or `name(…)` with an unknown name, or a lone word.
fn unknown_term(input: Input<'_>, function: bool) -> (Input<'_>, ExprId) {
    if !function {
        input.report(wording::expected_expression(&input));
        return (input.skip(1), input.add(input.span(), NodeKind::Error));
    }
    input.report(wording::unknown_function(&input));
    let close = match input.peek_at(1) {
        Some(TokenKind::LeftBrace) => TokenKind::RightBrace,
        _ => TokenKind::RightParenthesis,
    };
    let mut rest = input.skip(1);
    let mut open = 0usize;
    while let Some(kind) = rest.peek() {
        match kind {
            TokenKind::LeftBrace | TokenKind::LeftParenthesis => open += 1,
            TokenKind::RightBrace | TokenKind::RightParenthesis => {
                open -= 1;
                if open == 0 {
                    let last = kind == close;
                    rest = if last { rest.skip(1) } else { rest };
                    break;
                }
            }
            TokenKind::And | TokenKind::Or => break,
            _ => {}
        }
        rest = rest.skip(1);
    }
    let span = input.span().to(before(input, rest));
    (rest, input.add(span, NodeKind::Error))
}

/// `operand = attribute | literal | set ;`
#[inline]
fn operand(input: Input<'_>) -> (Input<'_>, Operand) {
    match input.peek() {
        Some(TokenKind::Attribute | TokenKind::UnclosedAttribute) => {
            (attribute::after(input), Operand::Attribute(attribute::add(&input)))
        }
        Some(TokenKind::LeftBrace) => literal::set(input, TokenKind::RightBrace),
        _ => (input.skip(1), Operand::Literal(literal::add(&input))),
    }
}

/// `operator = [ quantifier , ":" ] , function ;`
///
/// Gives no operator where none stands and nothing follows that it could compare.
fn operator(input: Input<'_>, left: Operand) -> (Input<'_>, Option<Operator>) {
    let span = input.span();
    match input.peek() {
        Some(TokenKind::Word) => {
            let text = input.text();
            if let Some(operator) = known(text, span) {
                return (input.skip(1), Some(operator));
            }
            if text.eq_ignore_ascii_case("Exists") {
                input.report(wording::exists_position(&input, left));
                return (input.skip(1), None);
            }
            spaced(input).unwrap_or_else(|| {
                input.report(wording::unknown_operator(&input, span));
                (input.skip(1), Some(Operator { span, quantifier: None, function: None }))
            })
        }
        Some(TokenKind::Symbol) => {
            input.report(wording::unknown_operator(&input, span));
            (input.skip(1), Some(Operator { span, quantifier: None, function: None }))
        }
        Some(TokenKind::Hole) => {
            (input.skip(1), Some(Operator { span, quantifier: None, function: None }))
        }
        Some(kind)
            if kind.is_literal() || matches!(kind, TokenKind::LeftBrace | TokenKind::Attribute) =>
        {
            input.report(wording::missing_operator(&input, left));
            let span = Span::at(span.start);
            (input, Some(Operator { span, quantifier: None, function: None }))
        }
        _ => {
            input.report(wording::missing_operator(&input, left));
            (input, None)
        }
    }
}

#[inline]
fn known(text: &str, span: Span) -> Option<Operator> {
    let (quantifier, function) = match text.split_once(':') {
        Some((quantifier, function)) => (Some(Quantifier::parse(quantifier)?), function),
        None => (None, text),
    };
    let function = Some(Comparison::parse(function)?);
    Some(Operator { span, quantifier, function })
}

/// `ForAnyOfAnyValues: GuidEquals` and `ForAnyOfAnyValues :GuidEquals`.
fn spaced(input: Input<'_>) -> Option<(Input<'_>, Option<Operator>)> {
    let first = input.text();
    let next = input.skip(1);
    let second = next.text();
    let together = first.ends_with(':') || second.starts_with(':');
    if next.peek() != Some(TokenKind::Word) || !together {
        return None;
    }
    let span = input.span().to(next.span());
    let joined = format!("{}:{}", first.trim_end_matches(':'), second.trim_start_matches(':'));
    let operator = known(&joined, span)?;
    input.report(wording::operator_spacing(span, joined));
    Some((next.skip(1), Some(operator)))
}

fn right_operand(input: Input<'_>, operator: Operator) -> (Input<'_>, Operand) {
    match input.peek() {
        Some(kind) if kind.is_literal() => operand(input),
        Some(
            TokenKind::Attribute
            | TokenKind::UnclosedAttribute
            | TokenKind::LeftBrace
            | TokenKind::Hole,
        ) => operand(input),
        Some(TokenKind::LeftParenthesis) if is_value(input.peek_at(1)) => {
            literal::set(input, TokenKind::RightParenthesis)
        }
        Some(TokenKind::LeftBracket) => literal::set(input, TokenKind::RightBracket),
        Some(TokenKind::Word) if function::of(input.text()).is_none() => {
            (input.skip(1), Operand::Literal(literal::add_bare(&input)))
        }
        _ => {
            input.report(wording::missing_value(&input, operator));
            (input, Operand::Missing(Span::at(operator.span.end)))
        }
    }
}

fn is_value(kind: Option<TokenKind>) -> bool {
    matches!(
        kind,
        Some(TokenKind::String | TokenKind::Guid | TokenKind::Integer | TokenKind::Boolean)
            | Some(TokenKind::Hole | TokenKind::Word)
    )
}
