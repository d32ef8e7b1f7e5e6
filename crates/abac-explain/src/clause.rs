//! Expressions in words.

use crate::explanation::{Context, Statement};
use crate::phrase::Phrase;
use crate::subject::subject;
use crate::{action, comparison};
use abac_syntax::{AttributeId, ExprId, ExprKind, Function};
use diagnostics::Span;

/// What introduces statements that must all hold.
pub(crate) const ALL: &str = "all of these hold";

/// Puts an expression into words.
///
/// Invariant: recursion follows `NOT` and the alternation of `AND` and `OR`, which the parser
/// bounds by [`abac_syntax::MAX_DEPTH`].
pub(crate) fn explain(context: Context<'_>, id: ExprId) -> Statement {
    signed(context, id, false)
}

/// Puts several expressions into words, of which one has to hold.
pub(crate) fn any(context: Context<'_>, ids: &[ExprId]) -> Option<Statement> {
    match ids {
        [] => None,
        [one] => Some(explain(context, *one)),
        [first, .., last] => {
            let span = context.tree.expr(*first).span.to(context.tree.expr(*last).span);
            Some(list(context, span, "at least one of these holds", ids))
        }
    }
}

fn signed(context: Context<'_>, id: ExprId, negated: bool) -> Statement {
    let id = context.tree.ungrouped(id);
    let expr = context.tree.expr(id);
    let span = expr.span;
    match expr.kind {
        ExprKind::And(_) => {
            let words = if negated { "not all of these hold" } else { ALL };
            list(context, span, words, &context.tree.conjuncts(id))
        }
        ExprKind::Or(_) => {
            let words = if negated { "none of these holds" } else { "at least one of these holds" };
            list(context, span, words, &context.tree.disjuncts(id))
        }
        ExprKind::Not { operand, .. } => Statement { span, ..signed(context, operand, !negated) },
        ExprKind::Group(inner) => signed(context, inner, negated),
        ExprKind::Call { function, argument, .. } => {
            let argument =
                argument.map(|literal| context.tree.literal(literal).text(context.source));
            let argument = argument.as_deref().unwrap_or_default();
            let not = if negated { "not " } else { "" };
            let text = match function {
                Function::ActionMatches => Phrase::words("the request is ")
                    .and(not)
                    .and("for ")
                    .join(action::pattern(context, argument)),
                Function::SubOperationMatches => {
                    Phrase::words("the suboperation is ").and(not).join(Phrase::literal(argument))
                }
            };
            Statement::leaf(span, text)
        }
        ExprKind::Exists { attribute, .. } => {
            Statement::leaf(span, exists(context, attribute, !negated))
        }
        ExprKind::Comparison { left, operator, right } => {
            comparison::explain(context, span, (left, operator, right), negated)
        }
        ExprKind::Hole => {
            let words = if negated { " does not hold" } else { " holds" };
            let text = Phrase::words("what the template puts in place of ");
            let text = text.join(Phrase::literal(span.of(context.source))).and(words);
            Statement::leaf(span, text)
        }
        ExprKind::Error => {
            let text = unread(context, span);
            let words = if negated { " does not hold" } else { " holds" };
            Statement::leaf(span, text.and(words))
        }
    }
}

/// Says that a part of the text could not be read.
pub(crate) fn unread(context: Context<'_>, span: Span) -> Phrase {
    let text = span.of(context.source).trim();
    if text.is_empty() {
        Phrase::words("something that is missing")
    } else {
        Phrase::words("something that could not be read: ").join(Phrase::literal(text))
    }
}

fn exists(context: Context<'_>, id: AttributeId, present: bool) -> Phrase {
    let subject = subject(context, id);
    match (subject.presence, present) {
        (Some([there, _]), true) => Phrase::words(there),
        (Some([_, missing]), false) => Phrase::words(missing),
        (None, true) => subject.noun.and(" is set"),
        (None, false) => subject.noun.and(" is not set"),
    }
}

fn list(context: Context<'_>, span: Span, words: &'static str, ids: &[ExprId]) -> Statement {
    Statement {
        span,
        text: Phrase::words(words),
        parts: ids.iter().map(|id| explain(context, *id)).collect(),
    }
}
