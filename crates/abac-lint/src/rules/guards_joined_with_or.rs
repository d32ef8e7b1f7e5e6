//! `guards-joined-with-or`

use crate::category::Category;
use crate::clause::{Chain, called_actions, no_common_action};
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{ExprId, ExprKind, Literal};
use diagnostics::{Applicability, Edit, Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "guards-joined-with-or",
    severity: Severity::Warning,
    summary: "guards of different actions are joined with OR and never bite",
    category: Category::Logic,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for chain in facts.clauses().chains.iter().filter(|chain| !chain.and) {
        let mut guards =
            chain.terms.iter().filter_map(|term| Some((*term, guarded(facts, *term)?)));
        let Some((first, actions)) = guards.next() else { continue };
        let apart = |(_, others): &(ExprId, Vec<Literal>)| {
            // Both lists are as short as guards are; the pairs are bounded all the same.
            let mut pairs = actions
                .iter()
                .flat_map(|one| others.iter().map(move |other| (one, other)))
                .take(1024);
            pairs.all(|(one, other)| no_common_action(facts, one, other))
        };
        let Some((second, _)) = guards.find(apart) else { continue };
        let (one, other) = (facts.tree.expr(first).span, facts.tree.expr(second).span);
        let finding = report
            .at(one.to(other), "guards joined with OR are always true: no request has both actions")
            .label(one, "true for every other action")
            .label(other, "true for every other action, the one before included")
            .help("join the guards with AND");
        report.push(match joined_with_and(facts, chain, first) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

/// Returns the actions of `!(…) AND !(…)`.
fn guarded(facts: &Facts<'_>, id: ExprId) -> Option<Vec<Literal>> {
    let mut actions = Vec::new();
    for term in facts.tree.conjuncts(id) {
        let ExprKind::Not { operand, .. } = facts.tree.kind(facts.tree.ungrouped(term)) else {
            return None;
        };
        actions.extend(called_actions(facts, operand)?);
    }
    Some(actions)
}

/// Turns `OR` into `AND` where nothing but guards stands beside each other.
fn joined_with_and(facts: &Facts<'_>, chain: &Chain, guard: ExprId) -> Option<Fix> {
    let tree = facts.tree;
    let mut above = facts.parent(guard)?;
    let (list, children) = loop {
        match tree.kind(above) {
            ExprKind::Or(children) => break (above, tree.children(children)),
            ExprKind::Group(_) => above = facts.parent(above)?,
            _ => return None,
        }
    };
    if !children.iter().all(|child| guarded(facts, *child).is_some()) {
        return None;
    }
    // Without parentheses of its own, the chain would change what is beside it.
    let whole = list == chain.id && facts.parent(list).is_none();
    let grouped = facts.parent(list).is_some_and(|id| matches!(tree.kind(id), ExprKind::Group(_)));
    if !whole && !grouped {
        return None;
    }
    let edits = children.windows(2).filter_map(|pair| {
        let [one, other] = pair else { return None };
        let gap = Span::new(tree.expr(*one).span.end, tree.expr(*other).span.start);
        let text = facts.text(gap);
        let word = text.trim();
        let start = gap.start + text.find(word)? as u32;
        let span = Span::new(start, start + word.len() as u32);
        Some(Edit { span, replacement: if word == "||" { "&&" } else { "AND" }.into() })
    });
    let applicability = Applicability::NeedsReview;
    Some(Fix { title: "join them with AND".into(), edits: edits.collect(), applicability })
}
