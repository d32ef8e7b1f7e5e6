//! The tree of a condition.
//!
//! Nodes live in flat tables and name each other by number, so that building a tree takes a
//! handful of allocations, dropping it takes no recursion, and a chain of a thousand `AND` is one
//! node. The tree never holds the text: every question about spelling takes the source.

use crate::operator::{AttributeSource, Comparison, Function, Quantifier};
use diagnostics::Span;
use uuid::Uuid;

/// Names an expression of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExprId(pub(crate) u32);

impl ExprId {
    /// Returns the place in the table of expressions; children come before their parents.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Names an attribute reference of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeId(pub(crate) u32);

impl AttributeId {
    /// Returns the place in the table of attribute references, which is the order of the text.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Names a literal of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LiteralId(pub(crate) u32);

impl LiteralId {
    /// Returns the place in the table of literals, which is the order of the text.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A run of children in the tree's table of children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Children {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// A run of literals in the tree's table of literals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Literals {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// One expression and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expr {
    /// The text of the expression; for a group with its parentheses.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExprKind {
    /// `a AND b AND …`, two children or more.
    And(Children),
    /// `a OR b OR …`, two children or more.
    Or(Children),
    /// `NOT a` or `!a`.
    Not {
        /// What is negated.
        operand: ExprId,
        /// The word or the exclamation mark.
        operator: Span,
    },
    /// `(a)`.
    Group(ExprId),
    /// `ActionMatches{'…'}` or `SubOperationMatches{'…'}`.
    Call {
        /// Which function.
        function: Function,
        /// Its name in the text.
        name: Span,
        /// Its pattern; `None` where it could not be read.
        argument: Option<LiteralId>,
    },
    /// `Exists @…`.
    Exists {
        /// Its name in the text.
        name: Span,
        /// The attribute.
        attribute: AttributeId,
    },
    /// `left operator right`.
    Comparison {
        /// The left side, normally an attribute.
        left: Operand,
        /// The operator.
        operator: Operator,
        /// The right side.
        right: Operand,
    },
    /// A template hole that stands for a whole clause.
    Hole,
    /// Text that could not be read; a diagnostic says why.
    Error,
}

/// One side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// An attribute reference.
    Attribute(AttributeId),
    /// A single value.
    Literal(LiteralId),
    /// Values in braces.
    Set {
        /// The values.
        literals: Literals,
        /// The text from brace to brace.
        span: Span,
    },
    /// Nothing that could be read; the span is empty or covers what stands there.
    Missing(Span),
}

/// The operator of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// The text, with the quantifier.
    pub span: Span,
    /// The quantifier, if there is one.
    pub quantifier: Option<Quantifier>,
    /// The function; `None` where it is unknown (a diagnostic says so) or a template hole.
    pub function: Option<Comparison>,
}

/// A single value and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Literal {
    /// The text, with its quotes.
    pub span: Span,
    /// What it is.
    pub kind: LiteralKind,
}

/// What a literal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiteralKind {
    /// Quoted text; [`Tree::text_of`] gives its content.
    String {
        /// How it is quoted.
        quote: Quote,
        /// Whether `''` or `\'` stands in it for an apostrophe.
        escaped: bool,
        /// Whether a template hole is part of it.
        hole: bool,
    },
    /// A GUID, with or without dashes.
    Guid(Uuid),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// A template hole that stands for a value, or for several where it is alone in a set.
    Hole,
    /// A bare word that is no value; a diagnostic says so.
    Bare,
}

/// How a string is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `'…'`, the only documented form.
    Single,
    /// `"…"`.
    Double,
    /// Typographic quotes.
    Curly,
}

/// An attribute reference `@Source[body]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// The whole reference.
    pub span: Span,
    /// The source; `None` where it is unknown (a diagnostic says so).
    pub source: Option<AttributeSource>,
    /// The source's name in the text, without `@`.
    pub source_span: Span,
    /// What stands between the brackets.
    pub body: Span,
    /// The part before the first colon, or all of a plain name.
    pub path: Span,
    /// The part behind the first colon, without the marker; empty for plain names and key lists.
    pub name: Span,
    /// How the body is written.
    pub form: AttributeForm,
    /// Whether a template hole is part of the body.
    pub hole: bool,
}

/// How the body of an attribute reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeForm {
    /// `isPrivateLink`, `Microsoft.Network/privateEndpoints`.
    Plain,
    /// `Type/path:name`; also keys without a marker, such as container metadata.
    Typed,
    /// `Type/path:key<$key_case_sensitive$>`.
    Keyed,
    /// `Type/path&$keys$&`.
    KeyList,
}

/// An expression as it is kept. Comparisons, by far the largest kind, stand in a table of their
/// own, so that the others are a third of the size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: NodeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeKind {
    And(Children),
    Or(Children),
    Not {
        operand: ExprId,
        operator: Span,
    },
    Group(ExprId),
    /// The name is what the node's span begins with.
    Call {
        function: Function,
        argument: Option<LiteralId>,
    },
    Exists {
        name: Span,
        attribute: AttributeId,
    },
    /// The place in the table of comparisons.
    Comparison(u32),
    Hole,
    Error,
}

/// What a comparison compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) left: Operand,
    pub(crate) operator: Operator,
    pub(crate) right: Operand,
}

/// The tree of one condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) comparisons: Vec<Compared>,
    pub(crate) children: Vec<ExprId>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) literals: Vec<Literal>,
    pub(crate) root: Option<ExprId>,
}
