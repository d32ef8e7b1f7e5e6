//! Reading a condition.

mod expression;

pub use expression::{AttributeReference, Expression, Literal, Operand};

use crate::answer::Failure;
use crate::finding::{Finding, Places, findings};
use abac_syntax::{Holes, MAX_SOURCE_BYTES, TokenKind, parse_with, tokenize};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// How a condition is read.
#[derive(Debug, Clone, Copy, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "an object")]
pub struct ParseOptions {
    /// Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of the condition.
    pub template: bool,
    /// Give the tokens, too.
    pub tokens: bool,
}

/// What reading a condition gives, however broken it is.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Parsed {
    /// What is wrong, sorted by place; empty for a well-formed condition.
    pub findings: Vec<Finding>,
    /// The condition; `null` where there is none.
    pub expression: Option<Expression>,
    /// Every token, where they were asked for; they tile the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Vec<Token>>,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it starts, as an index of the string.
    pub start: u32,
    /// Behind its end, as an index of the string.
    pub end: u32,
}

/// Reads a condition; whatever is wrong with it stands in the findings.
///
/// # Errors
///
/// None; the signature is that of every function.
pub fn parse(source: &str, options: ParseOptions) -> Result<Parsed, Failure> {
    let holes = holes(options.template);
    let parsed = parse_with(source, holes);
    let places = Places::new(source);
    let token = |token: abac_syntax::Token| {
        let span = places.units(token.span);
        Token { kind: token.kind, start: span.start, end: span.end }
    };
    // What is not read is not taken apart either.
    let tokens = (options.tokens && source.len() <= MAX_SOURCE_BYTES)
        .then(|| tokenize(source, holes).into_iter().map(token).collect());
    Ok(Parsed {
        findings: findings(source, &parsed.diagnostics),
        expression: expression::read(source, &parsed.tree, &places),
        tokens,
    })
}

/// Says whether template holes are read.
pub(crate) const fn holes(template: bool) -> Holes {
    if template { Holes::Allowed } else { Holes::Refused }
}
