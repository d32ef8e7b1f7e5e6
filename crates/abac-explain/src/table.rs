//! The whole condition as a table of decisions.

use crate::block::named;
use crate::clause;
use crate::explanation::{
    Context, Decision, DecisionRow, DecisionTable, ExplainedBlock, Statement,
};
use crate::phrase::Phrase;
use abac_catalog::{matches_action, matches_suboperation};
use abac_syntax::{Block, ExprKind};
use std::collections::BTreeMap;

/// Guards beyond these are not compared with each other: a table of that size helps nobody.
const MAX_GUARDS: usize = 100;

/// Patterns longer than this are taken to overlap with everything and to cover nothing but
/// themselves. Names of actions are far shorter; comparing patterns takes time that grows with the
/// product of their lengths.
const MAX_PATTERN_BYTES: usize = 256;

/// Builds the table. Rows for special actions come before rows for general ones, so that the first
/// row that fits decides.
pub(crate) fn build(
    context: Context<'_>,
    blocks: &[Block],
    explained: &[ExplainedBlock],
) -> DecisionTable {
    let mut table = DecisionTable::default();
    let unguarded: Vec<usize> = numbers(blocks, |block| block.guards.is_empty());
    let targets = targets(context, blocks, explained);
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for target in &targets {
        *uses.entry(target.words.to_string()).or_default() += 1;
    }
    let cut = targets.len() > MAX_GUARDS;
    // Targets that the same blocks are about share their rows.
    let mut groups: Vec<(Vec<usize>, Vec<Phrase>)> = Vec::new();
    let mut places: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut overlap = false;
    for target in targets.iter().take(MAX_GUARDS) {
        let mut about = unguarded.clone();
        for other in targets.iter().take(MAX_GUARDS) {
            if covers(other, target) {
                about.extend(&other.blocks);
            } else if !covers(target, other) && meet(other, target) {
                overlap = true;
            }
        }
        about.sort_unstable();
        about.dedup();
        let place = *places.entry(about.clone()).or_insert_with(|| {
            groups.push((about, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, actions)) = groups.get_mut(place) {
            let once = uses.get(&target.words.to_string()) == Some(&1);
            actions.push(if once { target.words.clone() } else { target.named.clone() });
        }
    }
    groups.sort_by_key(|(about, _)| std::cmp::Reverse(about.len()));
    for (about, actions) in groups {
        rows(context, blocks, explained, &about, &actions, &mut table.rows);
    }
    let rest = if targets.is_empty() { "any action" } else { "any other action" };
    let rest = vec![Phrase::words(rest)];
    if unguarded.is_empty() {
        table.rows.push(row(rest, Vec::new(), false, Decision::Allowed));
    } else {
        rows(context, blocks, explained, &unguarded, &rest, &mut table.rows);
    }
    table.notes.push(Phrase::words(
        "Read the rows from the top: the first one that fits decides. \"Allowed\" means that the \
         condition lets the request pass; the role must grant the action as well. \"Denied\" means \
         that this role assignment does not grant it; another one still may.",
    ));
    if overlap {
        table.notes.push(Phrase::words(
            "Some actions are named by patterns that overlap: a request that fits several of them \
             must be allowed by every one.",
        ));
    }
    if cut {
        table.notes.push(Phrase::words(format!(
            "The condition names {} actions; only the first {MAX_GUARDS} are shown.",
            targets.len()
        )));
    }
    table
}

/// An action that blocks are about, each once.
struct Target {
    pattern: String,
    /// Suboperations in lower case, with whether they are excluded.
    suboperations: Vec<(String, bool)>,
    blocks: Vec<usize>,
    words: Phrase,
    named: Phrase,
}

fn numbers(blocks: &[Block], pick: impl Fn(&Block) -> bool) -> Vec<usize> {
    let picked = blocks.iter().enumerate().filter(|(_, block)| pick(block));
    picked.map(|(number, _)| number).collect()
}

fn targets(context: Context<'_>, blocks: &[Block], explained: &[ExplainedBlock]) -> Vec<Target> {
    let text = |id| context.tree.literal(id).text(context.source).to_lowercase();
    let mut targets: Vec<Target> = Vec::new();
    let mut places: BTreeMap<(String, Vec<(String, bool)>), usize> = BTreeMap::new();
    for (number, (block, words)) in blocks.iter().zip(explained).enumerate() {
        for (guard, action) in block.guards.iter().zip(&words.actions) {
            let pattern = guard.action.map_or_else(|| "*".to_owned(), text);
            let mut suboperations: Vec<_> =
                guard.suboperations.iter().map(|one| (text(one.name), one.negated)).collect();
            suboperations.sort();
            let place =
                *places.entry((pattern.clone(), suboperations.clone())).or_insert_with(|| {
                    let (blocks, text) = (Vec::new(), named(action));
                    targets.push(Target {
                        pattern,
                        suboperations,
                        blocks,
                        words: action.text.clone(),
                        named: text,
                    });
                    targets.len() - 1
                });
            if let Some(target) = targets.get_mut(place) {
                target.blocks.push(number);
            }
        }
    }
    targets
}

/// Says whether every request that fits `target` fits `general` too.
fn covers(general: &Target, target: &Target) -> bool {
    let long = general.pattern.len().max(target.pattern.len()) > MAX_PATTERN_BYTES;
    let fits = if long {
        general.pattern == target.pattern
    } else {
        matches_action(&general.pattern, &target.pattern)
    };
    fits && general.suboperations.iter().all(|(wanted, excluded)| {
        target.suboperations.iter().any(|(name, not)| match (excluded, not) {
            (false, false) => matches_suboperation(wanted, name),
            (true, true) => matches_suboperation(name, wanted),
            (true, false) => !matches_suboperation(wanted, name),
            (false, true) => false,
        })
    })
}

/// Says whether a request may fit both.
fn meet(one: &Target, other: &Target) -> bool {
    let apart = one.suboperations.iter().any(|(name, excluded)| {
        other.suboperations.iter().any(|(second, not)| match (excluded, not) {
            (false, false) => name != second && !name.contains('*') && !second.contains('*'),
            (true, true) => false,
            (true, false) => matches_suboperation(name, second),
            (false, true) => matches_suboperation(second, name),
        })
    });
    !apart && patterns_meet(&one.pattern, &other.pattern)
}

/// Says whether some text matches both patterns.
fn patterns_meet(one: &str, other: &str) -> bool {
    if !one.contains('*') && !other.contains('*') {
        return one.eq_ignore_ascii_case(other);
    }
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().max(other.len()) > MAX_PATTERN_BYTES {
        return true;
    }
    // Whether what is left of `one` from its place on meets what is left of `other` from `at` on.
    let mut below = vec![false; other.len() + 1];
    for place in (0..=one.len()).rev() {
        let mut here = vec![false; other.len() + 1];
        let first = one.get(place).copied();
        for at in (0..=other.len()).rev() {
            let second = other.get(at).copied();
            let get = |row: &[bool], at: usize| row.get(at).copied().unwrap_or(false);
            let meets = match (first, second) {
                (None, None) => true,
                (Some(b'*'), _) => get(&below, at) || (second.is_some() && get(&here, at + 1)),
                (_, Some(b'*')) => get(&here, at + 1) || (first.is_some() && get(&below, at)),
                (Some(first), Some(second)) => {
                    first.eq_ignore_ascii_case(&second) && get(&below, at + 1)
                }
                _ => false,
            };
            if let Some(cell) = here.get_mut(at) {
                *cell = meets;
            }
        }
        below = here;
    }
    below.first().copied().unwrap_or(false)
}

fn rows(
    context: Context<'_>,
    blocks: &[Block],
    explained: &[ExplainedBlock],
    about: &[usize],
    actions: &[Phrase],
    rows: &mut Vec<DecisionRow>,
) {
    let about: Vec<_> = about
        .iter()
        .filter_map(|number| Some((blocks.get(*number)?, explained.get(*number)?)))
        .collect();
    if about.iter().any(|(_, words)| words.requirement.is_none()) {
        rows.push(row(actions.to_vec(), Vec::new(), false, Decision::Denied));
        return;
    }
    match about.as_slice() {
        // The alternatives of a single block get a row each.
        [(block, _)] => {
            for alternative in alternatives(context, block) {
                let terms = terms(context, alternative);
                rows.push(row(actions.to_vec(), terms, false, Decision::Allowed));
            }
        }
        _ => {
            let mut all = Vec::new();
            for (block, words) in &about {
                match alternatives(context, block).as_slice() {
                    [one] => all.extend(terms(context, *one)),
                    _ => all.extend(words.requirement.clone()),
                }
            }
            let mut once: Vec<Statement> = Vec::new();
            let mut seen = std::collections::BTreeSet::new();
            for term in all {
                if !term.parts.is_empty() || seen.insert(term.text.to_string()) {
                    once.push(term);
                }
            }
            rows.push(row(actions.to_vec(), once, false, Decision::Allowed));
        }
    }
    rows.push(row(actions.to_vec(), Vec::new(), true, Decision::Denied));
}

/// Returns what satisfies a block, any one of which is enough.
fn alternatives(context: Context<'_>, block: &Block) -> Vec<abac_syntax::ExprId> {
    block.alternatives.iter().flat_map(|id| context.tree.disjuncts(*id)).collect()
}

fn terms(context: Context<'_>, id: abac_syntax::ExprId) -> Vec<Statement> {
    match context.tree.kind(context.tree.ungrouped(id)) {
        ExprKind::And(_) => {
            context.tree.conjuncts(id).into_iter().map(|id| clause::explain(context, id)).collect()
        }
        _ => vec![clause::explain(context, id)],
    }
}

fn row(
    actions: Vec<Phrase>,
    terms: Vec<Statement>,
    otherwise: bool,
    decision: Decision,
) -> DecisionRow {
    DecisionRow { actions, terms, otherwise, decision }
}

#[cfg(test)]
mod tests {
    use super::patterns_meet;

    #[test]
    fn patterns_that_meet() {
        for (one, other, expect) in [
            ("a/b", "a/b", true),
            ("a/b", "a/c", false),
            ("a/*", "*/b", true),
            ("a/*/c", "a/b/*", true),
            ("a*", "b*", false),
            ("*", "", true),
            ("a*c", "ab", false),
        ] {
            assert_eq!(patterns_meet(one, other), expect, "{one} and {other}");
            assert_eq!(patterns_meet(other, one), expect, "{other} and {one}");
        }
    }
}
