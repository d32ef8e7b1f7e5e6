//! What can stand where the caret is.

mod offer;

use super::Settings;
use crate::condition::Condition;
use crate::context::Scene;
use crate::pickers::LineOperator;
use crate::position::Range;
use abac_catalog::{Action, Attribute, Catalog};
use abac_syntax::{Comparison, Function, Holes, Token, TokenKind, tokenize};
use diagnostics::Span;

/// What is offered at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// What a choice replaces.
    pub range: Range,
    /// The choices, the likeliest first.
    pub items: Vec<Completion>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What a person reads, and what is typed to find it.
    pub label: String,
    /// What stands beside it.
    pub detail: String,
    /// The text that is inserted.
    pub insert: String,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a choice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// An action or suboperation.
    Action,
    /// An attribute source.
    Source,
    /// An attribute.
    Attribute,
    /// An operator.
    Operator,
    /// A value.
    Value,
    /// A keyword or function.
    Keyword,
}

/// Returns what can stand at an offset in UTF-16 code units; nothing where nothing is known.
#[must_use]
pub fn complete(condition: &Condition, offset: u32, settings: &Settings) -> Option<Completions> {
    let at = condition.index().byte_offset(offset);
    let place = Caret::new(condition, at);
    let catalog = settings.catalog();
    let scene = Scene::at(condition, at, catalog);
    let actions = scene.possible(catalog, settings.role());
    let Offer { span, items } = place.offer(&scene, &actions, catalog);
    (!items.is_empty()).then(|| Completions { range: condition.range(span), items })
}

/// The tokens around the caret.
struct Caret<'c> {
    text: &'c str,
    at: u32,
    /// The token that the caret is in or directly behind, unless it is white space.
    current: Option<Token>,
    /// The tokens before it, the nearest first, without white space.
    before: Vec<Token>,
}

struct Offer {
    span: Span,
    items: Vec<Completion>,
}

impl<'c> Caret<'c> {
    fn new(condition: &'c Condition, at: u32) -> Self {
        let text = condition.text();
        let mut before: Vec<Token> = Vec::new();
        let mut current = None;
        for token in tokenize(text, Holes::Refused) {
            if token.span.start >= at {
                break;
            }
            if token.kind.is_trivia() {
                continue;
            }
            if token.span.end >= at {
                current = Some(token);
                break;
            }
            before.push(token);
        }
        // A closed string, brace or parenthesis that ends at the caret lies behind it.
        if let Some(token) = current
            && token.span.end == at
            && matches!(
                token.kind,
                TokenKind::LeftBrace
                    | TokenKind::RightBrace
                    | TokenKind::LeftParenthesis
                    | TokenKind::RightParenthesis
                    | TokenKind::Comma
                    | TokenKind::String
                    | TokenKind::Attribute
            )
        {
            before.push(token);
            current = None;
        }
        before.reverse();
        Self { text, at, current, before }
    }

    fn word(&self, back: usize) -> &'c str {
        self.before.get(back).map_or("", |token| token.span.of(self.text))
    }

    fn kind(&self, back: usize) -> Option<TokenKind> {
        self.before.get(back).map(|token| token.kind)
    }

    /// What a choice replaces: the token that is being typed.
    fn typed(&self) -> Span {
        self.current.map_or(Span::at(self.at), |token| token.span)
    }

    fn offer(&self, scene: &Scene, actions: &[&'static Action], catalog: &Catalog) -> Offer {
        if let Some(token) = self.current
            && matches!(token.kind, TokenKind::Attribute | TokenKind::UnclosedAttribute)
        {
            return self.within_attribute(token, actions, catalog);
        }
        if self.typed().of(self.text).starts_with('@') {
            return self.offered(offer::sources(actions, catalog));
        }
        if let Some(function) = self.function() {
            return self.offered(match function {
                Function::ActionMatches => offer::action_names(catalog, actions, scene.is_guarded),
                Function::SubOperationMatches => {
                    offer::suboperations(catalog, &self.nearest_action())
                }
            });
        }
        if let Some((attribute, operator)) = self.operator(catalog) {
            let braces = self.kind(0) != Some(TokenKind::LeftBrace)
                && self.kind(0) != Some(TokenKind::Comma);
            let quantified = operator.quantifier.is_some();
            return self.offered(offer::values(
                catalog,
                attribute,
                operator.comparison,
                braces && quantified,
            ));
        }
        match self.kind(0) {
            Some(TokenKind::Attribute) if self.word(1).eq_ignore_ascii_case("Exists") => {
                self.offered(offer::joins())
            }
            Some(TokenKind::Attribute) if self.is_left_side() => {
                let attribute = self.attribute(0, catalog);
                self.offered(offer::operator_names(attribute))
            }
            Some(kind) if ends_clause(kind) => self.offered(offer::joins()),
            _ => self.offered(offer::starts(catalog, actions)),
        }
    }

    fn offered(&self, items: Vec<Completion>) -> Offer {
        Offer { span: self.typed(), items }
    }

    /// An attribute behind an operator is a right side, behind which only `AND` and `OR` come.
    fn is_left_side(&self) -> bool {
        let name = self.word(1).rsplit(':').next().unwrap_or_default();
        Comparison::parse(name).is_none()
    }

    /// The function whose braces the caret is in.
    fn function(&self) -> Option<Function> {
        let name = match (self.kind(0), self.kind(1)) {
            (Some(TokenKind::LeftBrace), Some(TokenKind::Word)) => self.word(1),
            _ => return None,
        };
        [Function::ActionMatches, Function::SubOperationMatches]
            .into_iter()
            .find(|function| function.as_str().eq_ignore_ascii_case(name))
    }

    /// The action that was named last, which a suboperation is part of.
    fn nearest_action(&self) -> String {
        let strings = self.before.iter().filter(|token| token.kind == TokenKind::String);
        let name = strings.map(|token| token.span.of(self.text)).next().unwrap_or_default();
        name.trim_matches('\'').to_owned()
    }

    /// The attribute and the operator whose values the caret is at.
    fn operator<'k>(&self, catalog: &'k Catalog) -> Option<(Option<&'k Attribute>, LineOperator)> {
        // Back over the values of a set to its brace, and over the brace to the operator.
        let mut back = 0;
        let closed = self.before.iter().take_while(|token| {
            token.kind == TokenKind::Comma
                || token.kind.is_literal()
                || token.kind == TokenKind::Word
        });
        let values = closed.count();
        if values > 0 && self.kind(values) == Some(TokenKind::LeftBrace) {
            if self.kind(0) != Some(TokenKind::Comma) {
                return None;
            }
            back = values + 1;
        } else if self.kind(0) == Some(TokenKind::LeftBrace) {
            back = 1;
        }
        let operator = LineOperator::parse(self.word(back))?;
        let attribute = (self.kind(back + 1) == Some(TokenKind::Attribute))
            .then(|| self.attribute(back + 1, catalog))
            .flatten();
        Some((attribute, operator))
    }

    fn attribute<'k>(&self, back: usize, catalog: &'k Catalog) -> Option<&'k Attribute> {
        let (source, rest) = self.word(back).trim_start_matches('@').split_once('[')?;
        let found = catalog.match_attribute(rest.trim_end_matches(']'))?;
        found.through(source).or(found.attribute())
    }

    fn within_attribute(
        &self,
        token: Token,
        actions: &[&'static Action],
        catalog: &Catalog,
    ) -> Offer {
        let written = token.span.of(self.text);
        let bracket = written.find('[').map(|at| token.span.start + at as u32);
        match bracket {
            Some(bracket) if bracket < self.at => {
                let source = Span::new(token.span.start, bracket).of(self.text);
                let source = source.trim_start_matches('@');
                let items = offer::attribute_bodies(catalog, actions, source);
                // Text behind the caret belongs to the reference only up to its bracket.
                let end = if token.kind == TokenKind::Attribute { token.span.end } else { self.at };
                Offer { span: Span::new(bracket + 1, end.max(bracket + 1)), items }
            }
            _ => {
                let end = bracket.map_or(token.span.end, |at| at + 1);
                Offer {
                    span: Span::new(token.span.start, end),
                    items: offer::sources(actions, catalog),
                }
            }
        }
    }
}

const fn ends_clause(kind: TokenKind) -> bool {
    kind.is_literal()
        || matches!(
            kind,
            TokenKind::RightParenthesis | TokenKind::RightBrace | TokenKind::Attribute
        )
}
