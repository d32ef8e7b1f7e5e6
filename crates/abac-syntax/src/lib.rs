//! The Azure role-assignment condition language, version 2.0: text to tokens to tree and back.
//!
//! [`parse`] takes any text and always gives a [`Tree`], with what is wrong as diagnostics;
//! [`format`](fn@format) prints a tree in one of three layouts; [`blocks`] recognises the guards of
//! Azure's documentation. The grammar is in `docs/language.md`.
//!
//! ```
//! use abac_syntax::{ExprKind, Layout, format, parse};
//!
//! let source = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}) or \
//!               @Request[Microsoft.Authorization/roleAssignments:PrincipalType] \
//!               stringequals 'User'";
//! let parsed = parse(source);
//! assert!(parsed.diagnostics.is_empty());
//!
//! let root = parsed.tree.root().unwrap();
//! assert!(matches!(parsed.tree.kind(root), ExprKind::Or(_)));
//!
//! let line = format(source, &parsed.tree, Layout::OneLine).unwrap();
//! assert!(line.contains(" OR @Request[") && line.contains("] StringEquals 'User'"));
//!
//! let parsed = parse("@Resource[a:b] StringEqual 'c'");
//! assert_eq!(parsed.diagnostics[0].id, "unknown-operator");
//! assert_eq!(parsed.diagnostics[0].help.as_deref(), Some("did you mean `StringEquals`?"));
//! ```

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
