//! Blocks of a condition in words.

use crate::clause::ALL;
use crate::explanation::{Context, ExplainedAction, ExplainedBlock, Statement};
use crate::phrase::Phrase;
use crate::subject::subject;
use crate::{action, clause, missing};
use abac_syntax::{
    AttributeSource, Block, ExprKind, Holes, LiteralKind, Operand, Quantifier, parse_with,
};
use diagnostics::{Severity, Span};
use std::collections::BTreeSet;

/// Puts every block into words.
pub(crate) fn explain(context: Context<'_>, blocks: &[Block]) -> Vec<ExplainedBlock> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut explained = Vec::with_capacity(blocks.len());
    for block in blocks {
        let actions: Vec<_> =
            block.guards.iter().map(|guard| action::explain(context, guard)).collect();
        let mut again = false;
        for action in &actions {
            again |= !seen.insert(named(action).to_string());
        }
        let requirement = clause::any(context, &block.alternatives);
        let mut notes = missing::notes(context, block);
        notes.extend(unavailable(context, block, &actions));
        explained.push(ExplainedBlock {
            span: context.tree.expr(block.id).span,
            heading: heading(&actions, again, !explained.is_empty()),
            actions,
            requirement,
            notes,
        });
    }
    explained
}

fn heading(actions: &[ExplainedAction], again: bool, later: bool) -> Phrase {
    let text = match actions {
        [] => Phrase::words("for every action of the role"),
        [one] => Phrase::words("when ").join(named(one)),
        _ => Phrase::words("when doing any of the following"),
    };
    let also = if actions.is_empty() { later } else { again };
    if also { Phrase::words("In addition, ").join(text) } else { text.capitalised() }
}

/// Returns the words for an action with its technical name.
pub(crate) fn named(action: &ExplainedAction) -> Phrase {
    match &action.detail {
        None => action.text.clone(),
        Some(detail) => action.text.clone().and(" (").join(detail.clone()).and(")"),
    }
}

/// Returns what the condition does, in one sentence.
pub(crate) fn summary(blocks: &[ExplainedBlock]) -> Phrase {
    if blocks.is_empty() {
        return Phrase::words("There is no condition: everything the role grants is allowed.");
    }
    if blocks.iter().any(|block| block.actions.is_empty()) {
        return Phrase::words("This condition limits everything that the role grants.");
    }
    let mut seen = BTreeSet::new();
    let actions: Vec<_> = blocks
        .iter()
        .flat_map(|block| &block.actions)
        .filter(|action| seen.insert(action.text.to_string()))
        .map(|action| action.text.clone())
        .collect();
    let text = Phrase::words("This condition limits ");
    match actions.len() {
        count @ 3.. => text.and(&count.to_string()).and(" actions that the role may grant."),
        _ => text.join(Phrase::list(actions, "and also")).and("."),
    }
}

/// Puts blocks for every action that follow each other together.
pub(crate) fn merged(blocks: Vec<ExplainedBlock>) -> Vec<ExplainedBlock> {
    let mut merged: Vec<ExplainedBlock> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match merged.last_mut() {
            Some(last) if last.actions.is_empty() && block.actions.is_empty() => {
                let span = last.span.to(block.span);
                let all = last.requirement.take().map(|first| {
                    if first.text == Phrase::words(ALL) {
                        first
                    } else {
                        Statement { span, text: Phrase::words(ALL), parts: vec![first] }
                    }
                });
                last.requirement = all.map(|mut all| {
                    all.span = span;
                    all.parts.extend(block.requirement);
                    all
                });
                last.span = span;
                last.notes.extend(block.notes);
            }
            _ => merged.push(block),
        }
    }
    merged
}

/// Returns what happens to everything that no block is about.
pub(crate) fn remainder(blocks: &[ExplainedBlock]) -> Phrase {
    let guarded = !blocks.is_empty() && blocks.iter().all(|block| !block.actions.is_empty());
    Phrase::words(if guarded {
        "Everything else that the role grants is not limited by this condition."
    } else if blocks.is_empty() {
        "Nothing is limited."
    } else {
        "No action of the role is exempt from this condition."
    })
}

/// More attributes and actions than these in one block are not compared.
const MAX_COMPARED: usize = 32;

/// Names attributes that no page lists for the guarded actions.
fn unavailable(context: Context<'_>, block: &Block, actions: &[ExplainedAction]) -> Vec<Phrase> {
    let mut notes: Vec<Phrase> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<_> = block.alternatives.iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        let used = match context.tree.kind(id) {
            ExprKind::Exists { attribute, .. } => [Some(attribute), None],
            ExprKind::Comparison { left, right, .. } => [left, right].map(|one| match one {
                Operand::Attribute(attribute) => Some(attribute),
                _ => None,
            }),
            _ => {
                open.extend(context.tree.subexpressions(id).into_iter().rev());
                continue;
            }
        };
        for attribute in used.into_iter().flatten() {
            let attribute = context.tree.attribute(attribute);
            let body = attribute.body.of(context.source);
            let Some(source) = attribute.source.map(AttributeSource::as_str) else { continue };
            // The pages do not list the caller's attributes action by action.
            if attribute.hole
                || source == AttributeSource::Principal.as_str()
                || context.catalog.find_attribute(body).is_none()
                || !seen.insert(attribute.key(context.source))
            {
                continue;
            }
            if seen.len() > MAX_COMPARED {
                return notes;
            }
            let lacks = |pattern: &str| {
                context.catalog.action_exists(pattern)
                    && !context.catalog.offers(pattern, None, source, body)
            };
            let guards = block.guards.iter().zip(actions).take(MAX_COMPARED);
            let lacking: Vec<_> = guards
                .filter(|(guard, _)| {
                    guard.action.is_some_and(|pattern| {
                        lacks(&context.tree.literal(pattern).text(context.source))
                    })
                })
                .map(|(_, action)| action.text.clone())
                .collect();
            if !lacking.is_empty() {
                let text = Phrase::literal(attribute.span.of(context.source));
                let text = text.and(" is not documented for ");
                let text = text.join(Phrase::list(lacking, "and"));
                notes.push(text.and("; where Azure gives it no value, the comparison fails."));
            }
        }
    }
    notes
}

/// Returns what has to be known beyond the blocks.
pub(crate) fn notes(context: Context<'_>) -> Vec<Phrase> {
    let mut notes = Vec::new();
    if let Some(span) = hole_spans(context).into_iter().min_by_key(|span| span.start) {
        let text = Phrase::words("Parts of the text, such as ");
        let text = text.join(Phrase::literal(span.of(context.source)));
        notes.push(
            text.and(", are filled in by a template; the explanation shows them as written."),
        );
    }
    let mixed = context.tree.exprs().any(|(_, expr)| match expr.kind {
        ExprKind::Or(children) => context
            .tree
            .children(children)
            .iter()
            .any(|child| matches!(context.tree.kind(*child), ExprKind::And(_))),
        _ => false,
    });
    if mixed {
        notes.push(Phrase::words(
            "AND and OR stand side by side without parentheses. This explanation reads AND first; \
             which one Azure reads first is not documented.",
        ));
    }
    let empty = context.tree.exprs().any(|(_, expr)| match expr.kind {
        ExprKind::Comparison { left: Operand::Attribute(left), operator, .. } => {
            operator.quantifier.is_some_and(Quantifier::all_left)
                && subject(context, left).values.is_some()
        }
        _ => false,
    });
    if empty {
        notes.push(Phrase::words(
            "Whether a statement about every one of several values holds when there is no value \
             at all is not documented.",
        ));
    }
    notes
}

/// Returns where template holes are.
fn hole_spans(context: Context<'_>) -> Vec<Span> {
    context
        .tree
        .exprs()
        .filter(|(_, expr)| expr.kind == ExprKind::Hole)
        .map(|(_, expr)| expr.span)
        .chain(context.tree.literals().filter_map(|(_, literal)| {
            let hole =
                matches!(literal.kind, LiteralKind::Hole | LiteralKind::String { hole: true, .. });
            hole.then(|| literal.content_span(context.source))
        }))
        .chain(context.tree.attributes().filter(|(_, one)| one.hole).map(|(_, one)| one.span))
        .collect()
}

/// Names what could not be read.
pub(crate) fn warnings(context: Context<'_>) -> Vec<Phrase> {
    let mut spans: Vec<Span> = Vec::new();
    for (_, expr) in context.tree.exprs() {
        match expr.kind {
            ExprKind::Error | ExprKind::Call { argument: None, .. } => spans.push(expr.span),
            ExprKind::Comparison { left, operator, right } => {
                let missing = |one| matches!(one, Operand::Missing(_));
                let hole = operator.span.of(context.source).contains(['$', '{', '<', '%']);
                if missing(left) || missing(right) || (operator.function.is_none() && !hole) {
                    spans.push(expr.span);
                }
            }
            _ => {}
        }
    }
    spans.sort_unstable();
    spans.dedup();
    let mut warnings = refused(context);
    let warn = |span: Span| {
        let text = Phrase::words("The condition contains ").join(clause::unread(context, span));
        text.and(". What is said about it here is not reliable.")
    };
    warnings.extend(spans.into_iter().map(warn));
    warnings
}

/// Says that the text has errors. The tree alone does not show every one of them: a stray
/// parenthesis leaves no trace in it.
fn refused(context: Context<'_>) -> Vec<Phrase> {
    let read = |holes| {
        let mut diagnostics = parse_with(context.source, holes).diagnostics;
        diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
        diagnostics
    };
    // Holes that the caller has read are no errors.
    let mut errors = read(Holes::Refused);
    if !errors.is_empty() && !hole_spans(context).is_empty() {
        errors = read(Holes::Allowed);
    }
    let Some(first) = errors.first().filter(|_| context.tree.root().is_some()) else {
        return Vec::new();
    };
    let text = Phrase::words(match errors.len() {
        1 => "The condition has an error: ".to_owned(),
        count => format!("The condition has {count} errors, the first of them: "),
    });
    let text = text.join(Phrase::name(first.message.as_str()));
    vec![text.and(". Only what could be read is explained here.")]
}
