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
    // Where each action was guarded first, and the blocks in which it is guarded again.
    let mut seen: HashMap<Key, Seen<'_>> = HashMap::new();
    for (number, block) in facts.blocks.iter().enumerate() {
        for guard in &block.guards {
            let (Some(action), Some(key)) = (guard.action, key(facts, guard)) else { continue };
            match seen.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(Seen { block: number, guard, again: Vec::new() });
                }
                Entry::Occupied(first) if first.get().block == number => {
                    let first = first.get().guard;
                    report.push(twice_in_one_block(facts, report, action, guard, first));
                }
                Entry::Occupied(mut first) => first.get_mut().again.push(action),
            }
        }
    }
    for seen in seen.into_values() {
        if let Some(action) = seen.again.first() {
            report.push(in_several_blocks(facts, report, *action, &seen));
        }
    }
}

struct Seen<'f> {
    block: usize,
    guard: &'f Guard,
    again: Vec<LiteralId>,
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

fn in_several_blocks(
    facts: &Facts<'_>,
    report: &Report,
    action: LiteralId,
    seen: &Seen<'_>,
) -> Diagnostic {
    let pattern = facts.tree.literal(action);
    let name = shown(&facts.value(pattern));
    let message = match seen.again.len() {
        1 => format!("`{name}` is guarded in two blocks: both have to hold"),
        more => format!("`{name}` is guarded in {} blocks: all have to hold", more + 1),
    };
    report
        .with(Severity::Advice, pattern.span, message)
        .label(seen.guard.span, "guarded here, too")
        .help("where one of them is enough, join their expressions with OR in one block")
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
