//! `duplicate-guard`

use super::duplicate_clause::without;
use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_syntax::{Guard, LiteralId};
use diagnostics::{Diagnostic, Fix, Severity};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(crate) const RULE: Rule = Rule {
    id: "duplicate-guard",
    severity: Severity::Warning,
    summary: "an action is guarded twice",
    category: Category::Action,
    check,
};

type Key = (String, Vec<(String, bool)>);

fn check(facts: &Facts<'_>, report: &mut Report) {
    // Where each action was guarded first: the block, and the guard.
    let mut seen: HashMap<Key, (usize, &Guard)> = HashMap::new();
    for (number, block) in facts.blocks.iter().enumerate() {
        for guard in &block.guards {
            let (Some(action), Some(key)) = (guard.action, key(facts, guard)) else { continue };
            let (first_block, first) = match seen.entry(key) {
                Entry::Vacant(place) => {
                    place.insert((number, guard));
                    continue;
                }
                Entry::Occupied(first) => *first.get(),
            };
            report.push(if first_block == number {
                twice_in_one_block(facts, report, action, guard, first)
            } else {
                in_two_blocks(facts, report, action, first)
            });
        }
    }
}

fn twice_in_one_block(
    facts: &Facts<'_>,
    report: &Report,
    action: LiteralId,
    guard: &Guard,
    first: &Guard,
) -> Diagnostic {
    let pattern = facts.tree.literal(action);
    let message = format!("`{}` is guarded already", shown(&facts.value(pattern)));
    let finding = report
        .at(pattern.span, message)
        .label(first.span, "first here")
        .help("take it away, or write the action that was meant");
    // In `!(a OR b)` the guards are one term.
    let own_term = guard.id != first.id;
    match without(facts, facts.tree.ungrouped(guard.id)).filter(|_| own_term) {
        Some(span) => finding.fix(Fix::safe("take it away", span, "")),
        None => finding,
    }
}

fn in_two_blocks(
    facts: &Facts<'_>,
    report: &Report,
    action: LiteralId,
    first: &Guard,
) -> Diagnostic {
    let pattern = facts.tree.literal(action);
    let message =
        format!("`{}` is guarded in two blocks: both have to hold", shown(&facts.value(pattern)));
    report
        .with(Severity::Advice, pattern.span, message)
        .label(first.span, "guarded here, too")
        .help("where one of the two is enough, join their expressions with OR in one block")
}

fn key(facts: &Facts<'_>, guard: &Guard) -> Option<Key> {
    let text = |id: LiteralId| {
        let literal = facts.tree.literal(id);
        (!literal_has_hole(literal)).then(|| facts.value(literal).to_ascii_lowercase())
    };
    let mut suboperations = guard
        .suboperations
        .iter()
        .map(|named| Some((text(named.name)?, named.negated)))
        .collect::<Option<Vec<_>>>()?;
    suboperations.sort_unstable();
    Some((text(guard.action?)?, suboperations))
}
