//! Tokens to tree, with nom. The grammar is in `docs/language.md`; each production quotes its
//! line.

mod attribute;
mod comparison;
mod function;
mod literal;

use crate::input::{Growth, Input, Parse, Session, token};
use crate::lexer::Lexer;
use crate::operator::Function;
use crate::token::{Token, TokenKind};
use crate::tree::{ExprId, NodeKind, Tree};
use crate::wording;
use crate::{Holes, MAX_DEPTH, MAX_DIAGNOSTICS, MAX_SOURCE_BYTES, Parsed};
use diagnostics::{Diagnostic, Fix, Span};
use nom::Parser;
use nom::combinator::opt;
use std::cell::RefCell;
use std::collections::HashSet;

// The productions between two levels of parentheses are inlined into one another: measured, a level
// is one call instead of five, and a condition is read in nine tenths of the time.

pub(crate) fn parse(source: &str, holes: Holes) -> Parsed {
    if source.len() > MAX_SOURCE_BYTES {
        return Parsed { diagnostics: vec![wording::too_large(source)], ..Parsed::default() };
    }
    let mut errors = Vec::new();
    let tokens = significant_tokens(source, holes, &mut errors);
    let session = Session {
        source,
        holes,
        growth: RefCell::new(Growth::with_capacity(tokens.len())),
        tokens,
        errors: RefCell::new(errors),
    };
    let empty = session.tokens.is_empty();
    let root = match empty {
        true => None,
        false => condition(Input::new(&session)).ok().map(|(_, root)| root),
    };
    let mut tree = session.growth.into_inner().tree;
    tree.root = root;
    let mut diagnostics = session.errors.into_inner();
    if empty && diagnostics.is_empty() {
        diagnostics.push(wording::empty_condition(source));
    }
    if !diagnostics.is_empty() {
        drop_swallowed_fixes(source, &session.tokens, &mut diagnostics);
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    }
    Parsed { tree, diagnostics }
}

/// Leaves out what the grammar passes over, and reports of it what Azure does not pass over.
fn significant_tokens(source: &str, holes: Holes, errors: &mut Vec<Diagnostic>) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(source.len() / 10 + 8);
    let mut lexer = Lexer::new(source, holes);
    lexer.skip_space();
    while let Some(token) = lexer.next() {
        lexer.skip_space();
        if !is_plain(source, token) {
            errors.extend(wrong_token(source, token, holes));
            errors.truncate(MAX_DIAGNOSTICS);
            if token.kind.is_trivia() {
                continue;
            }
        }
        tokens.push(token);
    }
    tokens
}

/// Says quickly that nothing is wrong with a token by itself.
#[inline(always)]
fn is_plain(source: &str, token: Token) -> bool {
    match token.kind {
        TokenKind::Invisible | TokenKind::Comment | TokenKind::Hole => false,
        TokenKind::UnclosedString => false,
        TokenKind::String => source.as_bytes().get(token.span.start as usize) == Some(&b'\''),
        _ => true,
    }
}

/// What is wrong with a token wherever it stands.
#[cold]
fn wrong_token(source: &str, token: Token, holes: Holes) -> Option<Diagnostic> {
    match token.kind {
        TokenKind::Invisible => Some(wording::invisible_character(source, token.span)),
        TokenKind::Comment => Some(wording::comment(source, token.span)),
        TokenKind::Hole if holes == Holes::Refused => {
            Some(wording::template_hole(source, token.span))
        }
        TokenKind::String | TokenKind::UnclosedString => literal::wrong_quotes(source, token),
        _ => None,
    }
}

/// Takes fixes away that would write at the end of a string that is not closed, and so into it.
fn drop_swallowed_fixes(source: &str, tokens: &[Token], diagnostics: &mut [Diagnostic]) {
    let unclosed = tokens.iter().filter(|token| token.kind == TokenKind::UnclosedString);
    // The end of the text, where what is missing goes, is before the spaces that the string has.
    let both_ends = |span: Span| {
        let spaces = span.len() as usize - span.of(source).trim_end().len();
        [span.end, span.end - u32::try_from(spaces).unwrap_or(0)]
    };
    let ends: HashSet<u32> = unclosed.flat_map(|token| both_ends(token.span)).collect();
    for diagnostic in diagnostics {
        let swallowed = |fix: &Fix| fix.edits.iter().any(|edit| ends.contains(&edit.span.start));
        if diagnostic.fix.as_ref().is_some_and(swallowed) {
            diagnostic.fix = None;
        }
    }
}

impl Growth {
    /// Room for a tree of so many tokens, so that growing it rarely moves it.
    fn with_capacity(tokens: usize) -> Self {
        let tree = Tree {
            nodes: Vec::with_capacity(tokens / 2 + 2),
            comparisons: Vec::with_capacity(tokens / 16 + 2),
            children: Vec::with_capacity(tokens / 16 + 4),
            attributes: Vec::with_capacity(tokens / 16 + 2),
            literals: Vec::with_capacity(tokens / 3 + 2),
            root: None,
        };
        Self { tree, terms: Vec::with_capacity(8) }
    }
}

/// `condition = or-expr ;`
fn condition(input: Input<'_>) -> Parse<'_, ExprId> {
    let (mut input, mut root) = or_expression(input)?;
    // Invariant: `next_connective` at depth 0 leaves nothing but the end or a connective, so one
    // more round is only needed where the depth bound cut an expression short.
    while input.peek().is_some() {
        let (rest, next) = or_expression(input)?;
        if rest.at == input.at {
            break;
        }
        let span = input.span_of(root).to(input.span_of(next));
        root = input.add(span, NodeKind::Error);
        input = rest;
    }
    Ok((input, root))
}

/// `or-expr = and-expr , { OR , and-expr } ;`
fn or_expression(input: Input<'_>) -> Parse<'_, ExprId> {
    let (mut input, first) = and_expression(input)?;
    if input.peek() != Some(TokenKind::Or) {
        return Ok((input, first));
    }
    let mark = input.terms_mark();
    input.push_term(first);
    while let (rest, Some(_)) = opt(token(TokenKind::Or)).parse(input)? {
        let (rest, term) = and_expression(rest)?;
        rest.push_term(term);
        input = rest;
    }
    let chain = input.add_chain(mark, NodeKind::Or);
    Ok((input, chain))
}

/// `and-expr = unary , { AND , unary } ;`
fn and_expression(input: Input<'_>) -> Parse<'_, ExprId> {
    let (input, first) = unary(input)?;
    let mut next = next_connective(input);
    if next.connective == Connective::None {
        return Ok((next.rest, first));
    }
    let mark = input.terms_mark();
    input.push_term(first);
    while next.connective != Connective::None {
        let (rest, term) = unary(next.rest)?;
        rest.push_term(term);
        next = next_connective(rest);
    }
    let chain = input.add_chain(mark, NodeKind::And);
    Ok((next.rest, chain))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Connective {
    And,
    /// Two tests side by side: read as joined by `AND`, and reported.
    Missing,
    /// `OR`, a closing parenthesis of an open group, or the end.
    None,
}

struct NextConnective<'t> {
    rest: Input<'t>,
    connective: Connective,
}

/// Looks for what joins the next term, and passes over, with a report, what cannot stand there.
#[inline(always)]
fn next_connective(input: Input<'_>) -> NextConnective<'_> {
    let mut rest = input;
    loop {
        let connective = match rest.peek() {
            Some(TokenKind::And) => {
                rest = rest.skip(1);
                Connective::And
            }
            None | Some(TokenKind::Or) => Connective::None,
            Some(TokenKind::RightParenthesis) if rest.depth > 0 => Connective::None,
            Some(_) if starts_term(&rest) => {
                // A hole may bring its own AND or OR.
                let beside_hole = rest.peek() == Some(TokenKind::Hole) || after_hole(input, rest);
                if !beside_hole {
                    rest.report(wording::missing_logical_operator(&rest));
                }
                Connective::Missing
            }
            Some(TokenKind::Symbol) if matches!(rest.text(), "&" | "|") => {
                // Half of `&&` or `||`.
                rest.report(wording::unexpected(&rest, rest.span()));
                rest = rest.skip(1);
                Connective::Missing
            }
            Some(_) => {
                rest = skip_unexpected(rest);
                continue;
            }
        };
        return NextConnective { rest, connective };
    }
}

fn after_hole(before: Input<'_>, at: Input<'_>) -> bool {
    let last = before.session.growth.borrow().tree.nodes.last().copied();
    before.at == at.at && last.is_some_and(|node| node.kind == NodeKind::Hole)
}

fn starts_term(input: &Input<'_>) -> bool {
    match input.peek() {
        Some(TokenKind::LeftParenthesis | TokenKind::Not | TokenKind::Attribute) => true,
        Some(TokenKind::UnclosedAttribute | TokenKind::Hole) => true,
        Some(TokenKind::Word) => function::of(input.text()).is_some(),
        _ => false,
    }
}

/// Passes over what stands where a connective or the end should, as one finding.
fn skip_unexpected(input: Input<'_>) -> Input<'_> {
    if input.peek() == Some(TokenKind::RightParenthesis) {
        input.report(wording::unmatched(&input, ")"));
        return input.skip(1);
    }
    let start = input.span();
    let mut rest = input;
    let mut end = start;
    while let Some(kind) = rest.peek() {
        let stops = matches!(kind, TokenKind::And | TokenKind::Or | TokenKind::RightParenthesis);
        if stops || starts_term(&rest) {
            break;
        }
        end = rest.span();
        rest = rest.skip(1);
    }
    input.report(wording::unexpected(&input, start.to(end)));
    rest
}

/// `unary = NOT , unary | primary ;`
#[inline(always)]
fn unary(input: Input<'_>) -> Parse<'_, ExprId> {
    if input.peek() == Some(TokenKind::Not) { negation(input) } else { primary(input) }
}

/// A loop, not recursion: a thousand NOT cost no stack.
fn negation(input: Input<'_>) -> Parse<'_, ExprId> {
    let mut rest = input;
    while rest.peek() == Some(TokenKind::Not) {
        rest = rest.skip(1);
    }
    let inside = rest.deeper(rest.at - input.at);
    if inside.depth > MAX_DEPTH as u32 {
        return Ok(too_deep(input, rest));
    }
    let (rest, mut id) = primary(inside)?;
    for token in input.until(inside).iter().rev() {
        let span = token.span.to(input.span_of(id));
        id = input.add(span, NodeKind::Not { operand: id, operator: token.span });
    }
    Ok((rest.at_depth(input.depth), id))
}

/// `primary = "(" , or-expr , ")" | function | comparison ;`
#[inline(always)]
fn primary(input: Input<'_>) -> Parse<'_, ExprId> {
    match input.peek() {
        Some(TokenKind::LeftParenthesis) => group(input),
        Some(TokenKind::Word) => match function::of(input.text()) {
            Some(function) => function::call(input, function),
            None => comparison::comparison(input),
        },
        Some(TokenKind::Hole) if !comparison::follows(input.skip(1)) => {
            let id = input.add(input.span(), NodeKind::Hole);
            Ok((input.skip(1), id))
        }
        Some(kind) if kind.is_literal() => comparison::comparison(input),
        Some(
            TokenKind::Attribute
            | TokenKind::UnclosedAttribute
            | TokenKind::Hole
            | TokenKind::LeftBrace,
        ) => comparison::comparison(input),
        _ => Ok(missing_expression(input)),
    }
}

/// `"(" , or-expr , ")"`
#[inline(always)]
fn group(input: Input<'_>) -> Parse<'_, ExprId> {
    let open = input.span();
    let inside = input.skip(1).deeper(1);
    if inside.depth > MAX_DEPTH as u32 {
        return Ok(too_deep(input, inside));
    }
    let (rest, inner) = or_expression(inside)?;
    let (rest, close) = match opt(token(TokenKind::RightParenthesis)).parse(rest)? {
        (rest, Some(close)) => (rest, close.span),
        (rest, None) => {
            rest.report(wording::unclosed_parenthesis(&rest, open));
            (rest, rest.span_of(inner))
        }
    };
    let id = rest.add(open.to(close), NodeKind::Group(inner));
    Ok((rest.at_depth(input.depth), id))
}

/// Where a test should begin, something else stands.
fn missing_expression(input: Input<'_>) -> (Input<'_>, ExprId) {
    input.report(wording::expected_expression(&input));
    let taken = match input.peek() {
        Some(TokenKind::And | TokenKind::Or) | None => 0,
        Some(TokenKind::RightParenthesis) if input.depth > 0 => 0,
        Some(_) => 1,
    };
    let span = if taken == 0 { Span::at(input.span().start) } else { input.span() };
    let id = input.add(span, NodeKind::Error);
    (input.skip(taken), id)
}

/// Passes over an expression that nests too deeply, up to where its parentheses are balanced.
fn too_deep<'t>(from: Input<'t>, at: Input<'t>) -> (Input<'t>, ExprId) {
    from.report(wording::nested_too_deeply(from.span()));
    // The opening parenthesis before `at`, if that is what went too deep, is open already.
    let mut open = at.depth.saturating_sub(from.depth).min(1);
    let mut rest = at;
    let mut end = from.span();
    while let Some(kind) = rest.peek() {
        match kind {
            TokenKind::LeftParenthesis => open += 1,
            TokenKind::RightParenthesis if open == 0 => break,
            TokenKind::RightParenthesis => open -= 1,
            TokenKind::And | TokenKind::Or if open == 0 => break,
            _ => {}
        }
        end = rest.span();
        rest = rest.skip(1);
    }
    let id = from.add(from.span().to(end), NodeKind::Error);
    (rest.at_depth(from.depth), id)
}

/// What a word in front of a term can be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TermFunction {
    Matches(Function),
    Exists,
    NotExists,
}
