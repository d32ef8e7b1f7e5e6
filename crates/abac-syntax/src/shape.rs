//! Sameness of meaning, whatever the spelling.

use crate::tree::{
    AttributeId, ExprId, ExprKind, Literal, LiteralId, LiteralKind, Operand, Operator, Tree,
};

/// Says whether two conditions are the same apart from their spelling.
///
/// These are ignored:
/// - white space;
/// - the spelling of logical operators (`AND` or `&&`) and the letter case of keywords, operators,
///   quantifiers, functions, attribute sources and attribute names;
/// - parentheses that only repeat the nesting which is there without them: doubled ones, those
///   around a single test, around the whole condition, and around a chain of `AND` within `AND` or
///   of `OR` within `OR`;
/// - dashes and letter case of GUIDs, the quotes of a string, leading zeros of integers.
///
/// Everything else counts: the order of terms and values, duplicates, a double `NOT`, the content
/// of strings to the byte, one value against a set of one value, and parentheses around a template
/// hole, because nobody knows what the hole will become. Text that could not be read is the same
/// only where it is written the same.
///
/// It takes time linear in the size of the trees. Pass each tree with the text it was read from.
#[must_use]
pub fn same_shape(source_a: &str, tree_a: &Tree, source_b: &str, tree_b: &Tree) -> bool {
    let a = Side { source: source_a, tree: tree_a };
    let b = Side { source: source_b, tree: tree_b };
    let mut open = match (tree_a.root(), tree_b.root()) {
        (None, None) => return true,
        (Some(a), Some(b)) => vec![(a, b)],
        _ => return false,
    };
    while let Some(pair) = open.pop() {
        if !same_expression(a, b, pair, &mut open) {
            return false;
        }
    }
    true
}

#[derive(Clone, Copy)]
struct Side<'a> {
    source: &'a str,
    tree: &'a Tree,
}

impl Side<'_> {
    fn grouped(self, id: ExprId) -> bool {
        matches!(self.tree.kind(id), ExprKind::Group(_))
    }
}

fn same_expression(
    a: Side<'_>,
    b: Side<'_>,
    (id_a, id_b): (ExprId, ExprId),
    open: &mut Vec<(ExprId, ExprId)>,
) -> bool {
    let inner = (a.tree.ungrouped(id_a), b.tree.ungrouped(id_b));
    match (a.tree.kind(inner.0), b.tree.kind(inner.1)) {
        (ExprKind::And(_), ExprKind::And(_)) => {
            pairs(&a.tree.conjuncts(inner.0), &b.tree.conjuncts(inner.1), open)
        }
        (ExprKind::Or(_), ExprKind::Or(_)) => {
            pairs(&a.tree.disjuncts(inner.0), &b.tree.disjuncts(inner.1), open)
        }
        (ExprKind::Not { operand: a, .. }, ExprKind::Not { operand: b, .. }) => {
            open.push((a, b));
            true
        }
        (
            ExprKind::Call { function: function_a, argument: argument_a, .. },
            ExprKind::Call { function: function_b, argument: argument_b, .. },
        ) => {
            function_a == function_b
                && match (argument_a, argument_b) {
                    (None, None) => true,
                    (Some(argument_a), Some(argument_b)) => {
                        same_literal_id(a, b, argument_a, argument_b)
                    }
                    _ => false,
                }
        }
        (
            ExprKind::Exists { attribute: attribute_a, .. },
            ExprKind::Exists { attribute: attribute_b, .. },
        ) => same_attribute(a, b, attribute_a, attribute_b),
        (
            ExprKind::Comparison { left: left_a, operator: operator_a, right: right_a },
            ExprKind::Comparison { left: left_b, operator: operator_b, right: right_b },
        ) => {
            same_operator(a, b, operator_a, operator_b)
                && same_operand(a, b, left_a, left_b)
                && same_operand(a, b, right_a, right_b)
        }
        (ExprKind::Hole, ExprKind::Hole) => {
            a.grouped(id_a) == b.grouped(id_b) && same_text(a, b, inner)
        }
        (ExprKind::Error, ExprKind::Error) => same_text(a, b, inner),
        _ => false,
    }
}

fn pairs(a: &[ExprId], b: &[ExprId], open: &mut Vec<(ExprId, ExprId)>) -> bool {
    open.extend(a.iter().copied().zip(b.iter().copied()));
    a.len() == b.len()
}

fn same_text(a: Side<'_>, b: Side<'_>, (id_a, id_b): (ExprId, ExprId)) -> bool {
    a.tree.expr(id_a).span.of(a.source) == b.tree.expr(id_b).span.of(b.source)
}

fn same_operator(a: Side<'_>, b: Side<'_>, operator_a: Operator, operator_b: Operator) -> bool {
    operator_a.quantifier == operator_b.quantifier
        && operator_a.function == operator_b.function
        && (operator_a.function.is_some()
            || operator_a.span.of(a.source) == operator_b.span.of(b.source))
}

fn same_operand(a: Side<'_>, b: Side<'_>, operand_a: Operand, operand_b: Operand) -> bool {
    match (operand_a, operand_b) {
        (Operand::Attribute(id_a), Operand::Attribute(id_b)) => same_attribute(a, b, id_a, id_b),
        (Operand::Literal(id_a), Operand::Literal(id_b)) => same_literal_id(a, b, id_a, id_b),
        (Operand::Set { literals: set_a, .. }, Operand::Set { literals: set_b, .. }) => {
            let (set_a, set_b) = (a.tree.set(set_a), b.tree.set(set_b));
            set_a.len() == set_b.len()
                && set_a.iter().zip(set_b).all(|(one, other)| same_literal(a, b, one, other))
        }
        (Operand::Missing(span_a), Operand::Missing(span_b)) => {
            span_a.of(a.source) == span_b.of(b.source)
        }
        _ => false,
    }
}

fn same_attribute(a: Side<'_>, b: Side<'_>, id_a: AttributeId, id_b: AttributeId) -> bool {
    let (attribute_a, attribute_b) = (a.tree.attribute(id_a), b.tree.attribute(id_b));
    if attribute_a.hole || attribute_b.hole || attribute_a.source.is_none() {
        // Letter case may matter to whatever fills the hole.
        return attribute_a.source == attribute_b.source
            && attribute_a.body.of(a.source) == attribute_b.body.of(b.source)
            && (attribute_a.source.is_some()
                || attribute_a.source_span.of(a.source) == attribute_b.source_span.of(b.source));
    }
    attribute_a.source == attribute_b.source
        && (attribute_a.body.of(a.source) == attribute_b.body.of(b.source)
            || attribute_a.key(a.source) == attribute_b.key(b.source))
}

fn same_literal_id(a: Side<'_>, b: Side<'_>, id_a: LiteralId, id_b: LiteralId) -> bool {
    same_literal(a, b, a.tree.literal(id_a), b.tree.literal(id_b))
}

fn same_literal(a: Side<'_>, b: Side<'_>, literal_a: &Literal, literal_b: &Literal) -> bool {
    match (literal_a.kind, literal_b.kind) {
        (LiteralKind::Guid(a), LiteralKind::Guid(b)) => a == b,
        (LiteralKind::Integer(a), LiteralKind::Integer(b)) => a == b,
        (LiteralKind::Boolean(a), LiteralKind::Boolean(b)) => a == b,
        (LiteralKind::String { .. }, LiteralKind::String { .. }) => {
            literal_a.text(a.source) == literal_b.text(b.source)
        }
        (LiteralKind::Hole, LiteralKind::Hole) | (LiteralKind::Bare, LiteralKind::Bare) => {
            literal_a.span.of(a.source) == literal_b.span.of(b.source)
        }
        _ => false,
    }
}
