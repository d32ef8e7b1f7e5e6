//! `duplicate-clause`

use crate::category::Category;
use crate::clause::is_guard;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{ExprId, ExprKind};
use diagnostics::{Fix, Severity, Span};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(crate) const RULE: Rule = Rule {
    id: "duplicate-clause",
    severity: Severity::Warning,
    summary: "the same clause stands twice in one chain of AND or OR",
    category: Category::Logic,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let clauses = facts.clauses();
    for chain in &clauses.chains {
        let mut seen = HashMap::with_capacity(chain.terms.len());
        for term in &chain.terms {
            let Some(number) = clauses.number(*term) else { continue };
            let first = match seen.entry(number) {
                Entry::Vacant(place) => {
                    place.insert(*term);
                    continue;
                }
                Entry::Occupied(first) => *first.get(),
            };
            // `duplicate-guard` has the better words.
            if is_guard(facts, *term) {
                continue;
            }
            let finding = report
                .at(facts.tree.expr(*term).span, "this clause stands there already")
                .label(facts.tree.expr(first).span, "first here")
                .help("take it away, or write the clause that was meant");
            report.push(match without(facts, *term) {
                Some(span) => finding.fix(Fix::safe("take it away", span, "")),
                None => finding,
            });
        }
    }
}

/// Returns what to delete so that a term and one operator beside it are gone.
pub(super) fn without(facts: &Facts<'_>, term: ExprId) -> Option<Span> {
    let tree = facts.tree;
    let mut term = term;
    let siblings = loop {
        let parent = facts.parent(term)?;
        match tree.kind(parent) {
            ExprKind::Group(_) => term = parent,
            ExprKind::And(children) | ExprKind::Or(children) => break tree.children(children),
            _ => return None,
        }
    };
    let place = siblings.iter().position(|sibling| *sibling == term)?;
    let span = tree.expr(term).span;
    let before = place.checked_sub(1).and_then(|before| siblings.get(before));
    Some(match (before, siblings.get(place + 1)) {
        (Some(before), _) => Span::new(tree.expr(*before).span.end, span.end),
        (None, Some(behind)) => Span::new(span.start, tree.expr(*behind).span.start),
        (None, None) => return None,
    })
}
