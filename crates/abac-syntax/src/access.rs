//! Reading a tree.

use crate::operator::AttributeSource;
use crate::tree::{
    Attribute, AttributeForm, AttributeId, Children, Compared, Expr, ExprId, ExprKind, Literal,
    LiteralId, LiteralKind, Literals, Node, NodeKind, Operand, Tree,
};
use diagnostics::Span;
use std::borrow::Cow;

// Invariant: ids are made by the parser for its own tree only, so a lookup that misses means that
// an id of another tree was used; it is answered with an error node rather than a panic.
const NO_EXPR: Expr = Expr { span: Span::new(0, 0), kind: ExprKind::Error };
const NO_LITERAL: Literal = Literal { span: Span::new(0, 0), kind: LiteralKind::Bare };
const NO_ATTRIBUTE: Attribute = Attribute {
    span: Span::new(0, 0),
    source: None,
    source_span: Span::new(0, 0),
    body: Span::new(0, 0),
    path: Span::new(0, 0),
    name: Span::new(0, 0),
    form: AttributeForm::Plain,
    hole: false,
};

impl Tree {
    /// Returns the whole condition, or `None` for an empty text.
    #[must_use]
    pub const fn root(&self) -> Option<ExprId> {
        self.root
    }

    /// Returns an expression.
    #[must_use]
    pub fn expr(&self, id: ExprId) -> Expr {
        self.nodes.get(id.index()).map_or(NO_EXPR, |node| self.unfold(node))
    }

    /// Returns where an expression stands.
    #[inline]
    pub(crate) fn span_of(&self, id: ExprId) -> Span {
        self.nodes.get(id.index()).map_or(NO_EXPR.span, |node| node.span)
    }

    fn unfold(&self, node: &Node) -> Expr {
        let span = node.span;
        let kind = match node.kind {
            NodeKind::And(children) => ExprKind::And(children),
            NodeKind::Or(children) => ExprKind::Or(children),
            NodeKind::Not { operand, operator } => ExprKind::Not { operand, operator },
            NodeKind::Group(inner) => ExprKind::Group(inner),
            NodeKind::Call { function, argument } => {
                let name = Span::new(span.start, span.start + function.as_str().len() as u32);
                ExprKind::Call { function, name, argument }
            }
            NodeKind::Exists { name, attribute } => ExprKind::Exists { name, attribute },
            NodeKind::Comparison(place) => match self.comparisons.get(place as usize) {
                Some(Compared { left, operator, right }) => {
                    ExprKind::Comparison { left: *left, operator: *operator, right: *right }
                }
                None => ExprKind::Error,
            },
            NodeKind::Hole => ExprKind::Hole,
            NodeKind::Error => ExprKind::Error,
        };
        Expr { span, kind }
    }

    /// Returns what an expression is.
    #[must_use]
    pub fn kind(&self, id: ExprId) -> ExprKind {
        self.expr(id).kind
    }

    /// Returns every expression with its id, children before parents.
    pub fn exprs(&self) -> impl Iterator<Item = (ExprId, Expr)> {
        (0..).map(ExprId).zip(self.nodes.iter().map(|node| self.unfold(node)))
    }

    /// Returns how many expressions there are; every [`ExprId::index`] is below.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Says whether the tree has no expression.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Returns the children of an `AND` or `OR`, in the order of the text.
    #[must_use]
    pub fn children(&self, children: Children) -> &[ExprId] {
        let start = children.start as usize;
        self.children.get(start..start + children.len as usize).unwrap_or(&[])
    }

    /// Returns the direct subexpressions of any expression, in the order of the text.
    #[must_use]
    pub fn subexpressions(&self, id: ExprId) -> Vec<ExprId> {
        match self.kind(id) {
            ExprKind::And(children) | ExprKind::Or(children) => self.children(children).to_vec(),
            ExprKind::Not { operand, .. } => vec![operand],
            ExprKind::Group(inner) => vec![inner],
            _ => Vec::new(),
        }
    }

    /// Returns the expression within any parentheses around it.
    #[must_use]
    pub fn ungrouped(&self, id: ExprId) -> ExprId {
        let mut id = id;
        while let ExprKind::Group(inner) = self.kind(id) {
            id = inner;
        }
        id
    }

    /// Returns the terms of a chain of `AND`, through parentheses; one term for anything else.
    #[must_use]
    pub fn conjuncts(&self, id: ExprId) -> Vec<ExprId> {
        self.chain(id, |kind| match kind {
            ExprKind::And(children) => Some(children),
            _ => None,
        })
    }

    /// Returns the terms of a chain of `OR`, through parentheses; one term for anything else.
    #[must_use]
    pub fn disjuncts(&self, id: ExprId) -> Vec<ExprId> {
        self.chain(id, |kind| match kind {
            ExprKind::Or(children) => Some(children),
            _ => None,
        })
    }

    fn chain(&self, id: ExprId, pick: impl Fn(ExprKind) -> Option<Children>) -> Vec<ExprId> {
        let mut terms = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            match pick(self.kind(self.ungrouped(id))) {
                Some(children) => open.extend(self.children(children).iter().rev()),
                None => terms.push(id),
            }
        }
        terms
    }

    /// Returns an attribute reference.
    #[must_use]
    pub fn attribute(&self, id: AttributeId) -> &Attribute {
        self.attributes.get(id.index()).unwrap_or(&NO_ATTRIBUTE)
    }

    /// Returns every attribute reference, in the order of the text.
    pub fn attributes(&self) -> impl Iterator<Item = (AttributeId, &Attribute)> {
        (0..).map(AttributeId).zip(&self.attributes)
    }

    /// Returns a literal.
    #[must_use]
    pub fn literal(&self, id: LiteralId) -> &Literal {
        self.literals.get(id.index()).unwrap_or(&NO_LITERAL)
    }

    /// Returns every literal, patterns of functions included, in the order of the text.
    pub fn literals(&self) -> impl Iterator<Item = (LiteralId, &Literal)> {
        (0..).map(LiteralId).zip(&self.literals)
    }

    /// Returns the literals of a set, in the order of the text.
    #[must_use]
    pub fn set(&self, literals: Literals) -> &[Literal] {
        let start = literals.start as usize;
        self.literals.get(start..start + literals.len as usize).unwrap_or(&[])
    }

    /// Returns the literals of an operand: one, those of a set, or none.
    #[must_use]
    pub fn operand_literals(&self, operand: Operand) -> &[Literal] {
        match operand {
            Operand::Literal(id) => self.set(Literals { start: id.0, len: 1 }),
            Operand::Set { literals, .. } => self.set(literals),
            Operand::Attribute(_) | Operand::Missing(_) => &[],
        }
    }

    /// Returns where an operand stands.
    #[must_use]
    pub fn operand_span(&self, operand: Operand) -> Span {
        match operand {
            Operand::Attribute(id) => self.attribute(id).span,
            Operand::Literal(id) => self.literal(id).span,
            Operand::Set { span, .. } | Operand::Missing(span) => span,
        }
    }

    /// Returns the content of a string literal with its escapes resolved, or the text of any
    /// other literal.
    #[must_use]
    pub fn text_of<'s>(&self, literal: &Literal, source: &'s str) -> Cow<'s, str> {
        literal.text(source)
    }
}

impl Literal {
    /// Returns the content of a string with its escapes resolved, or the text of any other
    /// literal.
    #[must_use]
    pub fn text<'s>(&self, source: &'s str) -> Cow<'s, str> {
        let LiteralKind::String { escaped, .. } = self.kind else {
            return Cow::Borrowed(self.span.of(source));
        };
        let content = self.content_span(source).of(source);
        if escaped {
            Cow::Owned(content.replace("''", "'").replace("\\'", "'"))
        } else {
            Cow::Borrowed(content)
        }
    }

    /// Returns where the content of a string stands, without its quotes; of any other literal all
    /// of it.
    #[must_use]
    pub fn content_span(&self, source: &str) -> Span {
        if !matches!(self.kind, LiteralKind::String { .. }) {
            return self.span;
        }
        let text = self.span.of(source);
        let mut characters = text.chars();
        let open = characters.next().map_or(0, char::len_utf8);
        // A string that was never closed has no quote at its end.
        let close = match characters.next_back() {
            Some(last) if matches!(last, '\'' | '"' | '\u{2018}'..='\u{201f}') => last.len_utf8(),
            _ => 0,
        };
        let (open, close) = (open as u32, close as u32);
        Span::new(self.span.start + open, self.span.end.saturating_sub(close))
    }
}

impl Attribute {
    /// Returns the reference as it is compared: source, path and name in lower case; a key with a
    /// marker as it is written.
    ///
    /// *Documented*: attribute names are case-insensitive, tag keys are not
    /// (storage-auth-abac-attributes, 2023-08-10).
    #[must_use]
    pub fn key(&self, source: &str) -> String {
        let prefix = self.source.map_or("", AttributeSource::as_str).to_ascii_lowercase();
        let path = self.path.of(source).to_lowercase();
        let name = self.name.of(source);
        match self.form {
            AttributeForm::Plain => format!("@{prefix}[{path}]"),
            AttributeForm::Typed => format!("@{prefix}[{path}:{}]", name.to_lowercase()),
            AttributeForm::Keyed => format!("@{prefix}[{path}:{name}<$key_case_sensitive$>]"),
            AttributeForm::KeyList => format!("@{prefix}[{path}&$keys$&]"),
        }
    }
}
