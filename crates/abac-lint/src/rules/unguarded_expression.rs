//! `unguarded-expression`

use crate::category::Category;
use crate::clause::called_actions;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{Block, ExprKind};
use diagnostics::{Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "unguarded-expression",
    severity: Severity::Advice,
    summary: "an expression is not limited to any action",
    category: Category::Action,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut kinds = facts.tree.exprs().map(|(_, expr)| expr.kind);
    if kinds.any(|kind| matches!(kind, ExprKind::Hole | ExprKind::Error)) {
        return;
    }
    // `ActionMatches{'…'} AND …` lets one action through, and the rest is about that.
    if facts.blocks.iter().any(|block| called_actions(facts, block.id).is_some()) {
        return;
    }
    let span = |block: &Block| facts.tree.expr(block.id).span;
    let free = |block: &&Block| block.guards.is_empty() && !has_call(facts, span(block));
    let found: Vec<Span> = facts.blocks.iter().filter(free).map(span).collect();
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return };
    let message = "no action is guarded: this holds for every action that the role grants";
    let help = "where it is meant for some, write `((!(ActionMatches{'…'})) OR (…))`";
    if found.len() == facts.blocks.len() {
        report.push(report.at(first.to(*last), message).help(help));
        return;
    }
    for span in found {
        report.push(report.at(span, message).help(help));
    }
}

fn has_call(facts: &Facts<'_>, span: Span) -> bool {
    let behind = facts.calls.partition_point(|call| call.span.start < span.start);
    facts.calls.get(behind).is_some_and(|call| call.span.start < span.end)
}
