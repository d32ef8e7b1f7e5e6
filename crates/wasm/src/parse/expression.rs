//! The tree of a condition, as nested objects.

use crate::finding::Places;
use abac_syntax::{
    AttributeSource, Comparison, ExprId, ExprKind, Function, LiteralKind, Quantifier, Tree,
};
use diagnostics::Span;
use serde::Serialize;
use tsify::Tsify;

/// An expression and where it stands; `span` counts indexes of the string.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Expression {
    /// `a AND b AND …`.
    And {
        /// Where.
        span: Span,
        /// What must all hold.
        operands: Vec<Expression>,
    },
    /// `a OR b OR …`.
    Or {
        /// Where.
        span: Span,
        /// Of which one must hold.
        operands: Vec<Expression>,
    },
    /// `NOT a` or `!a`.
    Not {
        /// Where.
        span: Span,
        /// What must not hold.
        operand: Box<Expression>,
    },
    /// `(a)`.
    Group {
        /// Where, with the parentheses.
        span: Span,
        /// What stands in them.
        operand: Box<Expression>,
    },
    /// `ActionMatches{'…'}` or `SubOperationMatches{'…'}`.
    Call {
        /// Where.
        span: Span,
        /// Which function.
        function: Function,
        /// Its pattern; `null` where it could not be read.
        pattern: Option<Literal>,
    },
    /// `Exists @…`.
    Exists {
        /// Where.
        span: Span,
        /// The attribute.
        attribute: AttributeReference,
    },
    /// `left operator right`.
    Comparison {
        /// Where.
        span: Span,
        /// The left side.
        left: Operand,
        /// The quantifier; `null` where there is none.
        quantifier: Option<Quantifier>,
        /// The operator; `null` where it is unknown or a template hole.
        operator: Option<Comparison>,
        /// The right side.
        right: Operand,
    },
    /// A template hole that stands for a whole clause.
    Hole {
        /// Where.
        span: Span,
    },
    /// Text that could not be read; a finding says why.
    Error {
        /// Where.
        span: Span,
    },
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Operand {
    /// An attribute.
    Attribute {
        /// The attribute.
        attribute: AttributeReference,
    },
    /// A single value.
    Literal {
        /// The value.
        literal: Literal,
    },
    /// Values in braces.
    Set {
        /// Where, with the braces.
        span: Span,
        /// The values.
        literals: Vec<Literal>,
    },
    /// Nothing that could be read.
    Missing {
        /// Where.
        span: Span,
    },
}

/// A reference to an attribute, `@Source[name]`.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct AttributeReference {
    /// Where.
    pub span: Span,
    /// The source; `null` where it is unknown.
    pub source: Option<AttributeSource>,
    /// What stands between the brackets.
    pub name: String,
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Literal {
    /// Where, with the quotes.
    pub span: Span,
    /// What it is.
    #[tsify(type = r#""string" | "guid" | "integer" | "boolean" | "hole" | "unreadable""#)]
    pub kind: &'static str,
    /// The content of a string, or the text of any other value.
    pub text: String,
}

/// Reads a whole tree.
pub(super) fn read(source: &str, tree: &Tree, places: &Places) -> Option<Expression> {
    Some(Reader { source, tree, places }.expression(tree.root()?))
}

struct Reader<'t> {
    source: &'t str,
    tree: &'t Tree,
    places: &'t Places,
}

impl Reader<'_> {
    // Invariant: the parser bounds how deep expressions nest.
    fn expression(&self, id: ExprId) -> Expression {
        let expression = self.tree.expr(id);
        let span = self.places.units(expression.span);
        let all = |children| {
            self.tree.children(children).iter().map(|child| self.expression(*child)).collect()
        };
        match expression.kind {
            ExprKind::And(children) => Expression::And { span, operands: all(children) },
            ExprKind::Or(children) => Expression::Or { span, operands: all(children) },
            ExprKind::Not { operand, .. } => {
                Expression::Not { span, operand: Box::new(self.expression(operand)) }
            }
            ExprKind::Group(inner) => {
                Expression::Group { span, operand: Box::new(self.expression(inner)) }
            }
            ExprKind::Call { function, argument, .. } => Expression::Call {
                span,
                function,
                pattern: argument.map(|literal| self.literal(self.tree.literal(literal))),
            },
            ExprKind::Exists { attribute, .. } => {
                Expression::Exists { span, attribute: self.attribute(attribute) }
            }
            ExprKind::Comparison { left, operator, right } => Expression::Comparison {
                span,
                left: self.operand(left),
                quantifier: operator.quantifier,
                operator: operator.function,
                right: self.operand(right),
            },
            ExprKind::Hole => Expression::Hole { span },
            ExprKind::Error => Expression::Error { span },
        }
    }

    fn operand(&self, operand: abac_syntax::Operand) -> Operand {
        use abac_syntax::Operand as Read;
        match operand {
            Read::Attribute(id) => Operand::Attribute { attribute: self.attribute(id) },
            Read::Literal(id) => Operand::Literal { literal: self.literal(self.tree.literal(id)) },
            Read::Set { literals, span } => Operand::Set {
                span: self.places.units(span),
                literals: self.tree.set(literals).iter().map(|one| self.literal(one)).collect(),
            },
            Read::Missing(span) => Operand::Missing { span: self.places.units(span) },
        }
    }

    fn attribute(&self, id: abac_syntax::AttributeId) -> AttributeReference {
        let attribute = self.tree.attribute(id);
        AttributeReference {
            span: self.places.units(attribute.span),
            source: attribute.source,
            name: attribute.body.of(self.source).to_owned(),
        }
    }

    fn literal(&self, literal: &abac_syntax::Literal) -> Literal {
        Literal {
            span: self.places.units(literal.span),
            kind: match literal.kind {
                LiteralKind::String { .. } => "string",
                LiteralKind::Guid(_) => "guid",
                LiteralKind::Integer(_) => "integer",
                LiteralKind::Boolean(_) => "boolean",
                LiteralKind::Hole => "hole",
                LiteralKind::Bare => "unreadable",
            },
            text: literal.text(self.source).into_owned(),
        }
    }
}
