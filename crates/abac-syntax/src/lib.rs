//! The Azure role-assignment condition language, version 2.0: text to tokens to tree and back.

mod access;
mod character;
mod format;
mod guard;
mod hole;
mod input;
mod lexer;
mod operator;
mod parser;
mod shape;
mod token;
mod tree;
mod wording;

pub use format::{FormatError, Layout, format, smallest_len};
pub use guard::{Block, Guard, GuardSuboperation, blocks};
pub use lexer::tokenize;
pub use operator::{AttributeSource, Comparison, Function, Quantifier, Relation, ValueType};
pub use shape::same_shape;
pub use token::{Token, TokenKind};
pub use tree::{
    Attribute, AttributeForm, AttributeId, Children, Expr, ExprId, ExprKind, Literal, LiteralId,
    LiteralKind, Literals, Operand, Operator, Quote, Tree,
};
pub use wording::{RULES, SyntaxRule};

use diagnostics::Diagnostic;

/// The largest text that is read, in bytes; anything longer is answered with one error.
pub const MAX_SOURCE_BYTES: usize = 1 << 20;

/// How many findings the parser makes about one text; it goes on reading, but says no more.
pub const MAX_DIAGNOSTICS: usize = 1000;

/// How deep parentheses and `NOT` may nest.
pub const MAX_DEPTH: usize = 128;

/// What parsing gives: always a tree, and what is wrong with the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The tree; where something could not be read, an [`ExprKind::Error`] stands in its place.
    pub tree: Tree,
    /// What is wrong, sorted by place; empty for a well-formed condition.
    pub diagnostics: Vec<Diagnostic>,
}

/// Whether template holes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Holes {
    /// The text is what Azure receives; a hole is an error.
    #[default]
    Refused,
    /// `${…}`, `$name`, `<placeholder>`, `{{…}}`, `%s` may stand for a value, an element, part of
    /// a string or a name, an operator, or a whole clause.
    Allowed,
}

/// Reads a condition. It never fails, panics or recurses without bound.
#[must_use]
pub fn parse(source: &str) -> Parsed {
    parse_with(source, Holes::Refused)
}

/// Reads a condition that may have template holes.
#[must_use]
pub fn parse_with(source: &str, holes: Holes) -> Parsed {
    parser::parse(source, holes)
}
