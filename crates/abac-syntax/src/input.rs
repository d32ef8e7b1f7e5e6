//! What the nom parsers read: tokens, with the tree that grows and the errors that are found.

use crate::token::{Token, TokenKind};
use crate::tree::{Children, Compared, ExprId, Literal, LiteralId, Literals, Node, NodeKind, Tree};
use crate::{Holes, MAX_DIAGNOSTICS};
use diagnostics::{Diagnostic, Span};
use nom::{IResult, Parser};
use std::cell::RefCell;

/// A place among the tokens of a session. Two words, since nom passes it by value.
#[derive(Clone, Copy)]
pub(crate) struct Input<'t> {
    pub(crate) session: &'t Session<'t>,
    /// How many tokens lie behind.
    pub(crate) at: u32,
    /// How many parentheses and `NOT` are open.
    pub(crate) depth: u32,
}

/// The error type of the parsers. Productions recover by themselves; only [`token`] and what is
/// built on it can fail, to say that something else stands there.
pub(crate) type Missed = ();

/// What a production gives.
pub(crate) type Parse<'t, T> = IResult<Input<'t>, T, Missed>;

/// What all productions of one text share.
pub(crate) struct Session<'s> {
    pub(crate) source: &'s str,
    /// The tokens without trivia.
    pub(crate) tokens: Vec<Token>,
    pub(crate) holes: Holes,
    pub(crate) growth: RefCell<Growth>,
    pub(crate) errors: RefCell<Vec<Diagnostic>>,
}

/// The tree while it grows.
#[derive(Default)]
pub(crate) struct Growth {
    pub(crate) tree: Tree,
    /// The terms of the chains that are being read, innermost last.
    pub(crate) terms: Vec<ExprId>,
}

impl<'t> Input<'t> {
    pub(crate) const fn new(session: &'t Session<'t>) -> Self {
        Self { session, at: 0, depth: 0 }
    }

    #[inline]
    fn token(&self) -> Option<&'t Token> {
        self.session.tokens.get(self.at as usize)
    }

    #[inline]
    pub(crate) fn peek(&self) -> Option<TokenKind> {
        self.token().map(|token| token.kind)
    }

    #[inline]
    pub(crate) fn peek_at(&self, ahead: u32) -> Option<TokenKind> {
        self.skip(ahead).peek()
    }

    /// The tokens from here to a later place.
    pub(crate) fn until(&self, later: Self) -> &'t [Token] {
        self.session.tokens.get(self.at as usize..later.at as usize).unwrap_or(&[])
    }

    /// The tokens from here to the end.
    pub(crate) fn tokens(&self) -> &'t [Token] {
        self.session.tokens.get(self.at as usize..).unwrap_or(&[])
    }

    /// The next token's place, or the end of the text.
    #[inline]
    pub(crate) fn span(&self) -> Span {
        match self.token() {
            Some(token) => token.span,
            None => self.end(),
        }
    }

    #[cold]
    fn end(&self) -> Span {
        Span::at(self.session.source.trim_end().len() as u32)
    }

    /// The next token's text, or nothing.
    #[inline]
    pub(crate) fn text(&self) -> &'t str {
        self.token().map_or("", |token| token.span.of(self.session.source))
    }

    #[inline]
    pub(crate) const fn skip(self, count: u32) -> Self {
        Self { at: self.at + count, ..self }
    }

    #[inline]
    pub(crate) const fn deeper(self, levels: u32) -> Self {
        Self { depth: self.depth + levels, ..self }
    }

    #[inline]
    pub(crate) const fn at_depth(self, depth: u32) -> Self {
        Self { depth, ..self }
    }

    /// Says whether no more errors are recorded.
    pub(crate) fn is_full(&self) -> bool {
        self.session.errors.borrow().len() >= MAX_DIAGNOSTICS
    }

    /// Records an error; the first at an offset wins, since later ones follow from it.
    #[cold]
    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        if self.is_full() {
            return;
        }
        let mut errors = self.session.errors.borrow_mut();
        let known = errors.iter().rev().take(16);
        if !known.into_iter().any(|error| error.span.start == diagnostic.span.start) {
            errors.push(diagnostic);
        }
    }

    #[inline]
    pub(crate) fn add(&self, span: Span, kind: NodeKind) -> ExprId {
        let nodes = &mut self.session.growth.borrow_mut().tree.nodes;
        let id = ExprId(nodes.len() as u32);
        nodes.push(Node { span, kind });
        id
    }

    #[inline]
    pub(crate) fn add_comparison(&self, span: Span, compared: Compared) -> ExprId {
        let tree = &mut self.session.growth.borrow_mut().tree;
        let kind = NodeKind::Comparison(tree.comparisons.len() as u32);
        tree.comparisons.push(compared);
        let id = ExprId(tree.nodes.len() as u32);
        tree.nodes.push(Node { span, kind });
        id
    }

    #[inline]
    pub(crate) fn span_of(&self, id: ExprId) -> Span {
        self.session.growth.borrow().tree.span_of(id)
    }

    #[inline]
    pub(crate) fn add_literal(&self, literal: Literal) -> LiteralId {
        let literals = &mut self.session.growth.borrow_mut().tree.literals;
        let id = LiteralId(literals.len() as u32);
        literals.push(literal);
        id
    }

    /// Marks where the literals of a set begin.
    #[inline]
    pub(crate) fn literals_mark(&self) -> u32 {
        self.session.growth.borrow().tree.literals.len() as u32
    }

    /// Takes the literals that were added since the mark.
    #[inline]
    pub(crate) fn literals_since(&self, start: u32) -> Literals {
        Literals { start, len: self.literals_mark() - start }
    }

    #[inline]
    pub(crate) fn terms_mark(&self) -> usize {
        self.session.growth.borrow().terms.len()
    }

    #[inline]
    pub(crate) fn push_term(&self, id: ExprId) {
        self.session.growth.borrow_mut().terms.push(id);
    }

    /// Turns the terms since the mark into one chain.
    #[inline]
    pub(crate) fn add_chain(&self, mark: usize, kind: fn(Children) -> NodeKind) -> ExprId {
        let mut growth = self.session.growth.borrow_mut();
        let Growth { tree, terms } = &mut *growth;
        let start = tree.children.len() as u32;
        let chain = terms.get(mark..).unwrap_or(&[]);
        let span = match (chain.first(), chain.last()) {
            (Some(first), Some(last)) => tree.span_of(*first).to(tree.span_of(*last)),
            _ => Span::default(),
        };
        tree.children.extend_from_slice(chain);
        let children = Children { start, len: chain.len() as u32 };
        terms.truncate(mark);
        let id = ExprId(tree.nodes.len() as u32);
        tree.nodes.push(Node { span, kind: kind(children) });
        id
    }
}

/// Takes one token of a kind.
#[inline]
pub(crate) fn token<'t>(kind: TokenKind) -> impl Parser<Input<'t>, Output = Token, Error = Missed> {
    move |input: Input<'t>| match input.token() {
        Some(token) if token.kind == kind => Ok((input.skip(1), *token)),
        _ => Err(nom::Err::Error(())),
    }
}

/// Takes one token of a kind, or reports what is wrong and goes on without it.
#[inline]
pub(crate) fn expect<'t>(
    kind: TokenKind,
    wrong: impl FnOnce(&Input<'t>) -> Diagnostic,
) -> impl FnOnce(Input<'t>) -> (Input<'t>, Option<Token>) {
    move |input| match token(kind).parse(input) {
        Ok((rest, token)) => (rest, Some(token)),
        Err(_) => {
            input.report(wrong(&input));
            (input, None)
        }
    }
}
