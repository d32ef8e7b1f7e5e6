//! What a block decides when an attribute is missing.

use crate::explanation::Context;
use crate::phrase::Phrase;
use crate::subject::subject;
use abac_syntax::{AttributeId, AttributeSource, Block, ExprId, ExprKind, Operand};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// More attributes than these in one block are not looked into.
const MAX_ATTRIBUTES: usize = 64;

/// Says what follows for requests that lack an attribute which the block compares without asking
/// whether it exists.
///
/// A comparison with a missing attribute does not hold, and neither does its negation. *Documented*
/// for comparisons that are not negated (storage-auth-abac-attributes, 2023-08-10), *assumed* for
/// the others.
pub(crate) fn notes(context: Context<'_>, block: &Block) -> Vec<Phrase> {
    let mut compared: BTreeMap<String, AttributeId> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut asked: Vec<String> = Vec::new();
    let key = |id| context.tree.attribute(id).key(context.source);
    let mut open: Vec<ExprId> = block.alternatives.iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        match context.tree.kind(id) {
            ExprKind::Exists { attribute, .. } => asked.push(key(attribute)),
            ExprKind::Comparison { left, right, .. } => {
                for operand in [left, right] {
                    if let Operand::Attribute(attribute) = operand {
                        let key = key(attribute);
                        if let Entry::Vacant(entry) = compared.entry(key) {
                            order.push(entry.key().clone());
                            entry.insert(attribute);
                        }
                    }
                }
            }
            _ => open.extend(context.tree.subexpressions(id).into_iter().rev()),
        }
    }
    let (mut denied, mut left_open) = (Vec::new(), Vec::new());
    for key in order.into_iter().filter(|key| !asked.contains(key)).take(MAX_ATTRIBUTES) {
        let Some(attribute) = compared.get(&key) else { continue };
        let subject = subject(context, *attribute);
        // Without a guard, requests of every other kind come by as well, and lack what belongs to
        // one kind only.
        let source = context.tree.attribute(*attribute).source;
        let anywhere = source == Some(AttributeSource::Environment) || subject.truth.is_some();
        let foreign = block.guards.is_empty() && !anywhere;
        if !subject.optional && !foreign {
            continue;
        }
        let absent = match subject.presence {
            Some([_, absent]) => Phrase::words(absent),
            None => subject.noun.and(" is missing"),
        };
        let may_hold = block.alternatives.iter().any(|id| may(context, *id, &key).0);
        let list = if may_hold { &mut left_open } else { &mut denied };
        if !list.contains(&absent) {
            list.push(absent);
        }
    }
    let mut notes = Vec::new();
    if !denied.is_empty() {
        let text = Phrase::words("If ").join(Phrase::list(denied, "or"));
        notes.push(text.and(", the request is denied."));
    }
    if !left_open.is_empty() {
        let several = left_open.len() > 1;
        let text = Phrase::words("If ").join(Phrase::list(left_open, "or"));
        notes.push(text.and(if several {
            ", what is said about the missing value does not hold."
        } else {
            ", what is said about it does not hold."
        }));
    }
    notes
}

/// Returns whether an expression may be true, and whether it may be false, when an attribute is
/// missing and everything else is as one likes.
fn may(context: Context<'_>, id: ExprId, missing: &str) -> (bool, bool) {
    let same = |attribute| context.tree.attribute(attribute).key(context.source) == missing;
    match context.tree.kind(id) {
        ExprKind::And(children) => {
            let children = context.tree.children(children);
            children.iter().fold((true, false), |all, child| {
                let one = may(context, *child, missing);
                (all.0 && one.0, all.1 || one.1)
            })
        }
        ExprKind::Or(children) => {
            let children = context.tree.children(children);
            children.iter().fold((false, true), |all, child| {
                let one = may(context, *child, missing);
                (all.0 || one.0, all.1 && one.1)
            })
        }
        ExprKind::Not { operand, .. } => {
            let (yes, no) = may(context, operand, missing);
            (no, yes)
        }
        ExprKind::Group(inner) => may(context, inner, missing),
        ExprKind::Comparison { left, right, .. } => {
            let lacks = [left, right].into_iter().any(|operand| match operand {
                Operand::Attribute(attribute) => same(attribute),
                _ => false,
            });
            (!lacks, !lacks)
        }
        ExprKind::Exists { attribute, .. } => (!same(attribute), true),
        ExprKind::Call { .. } | ExprKind::Hole | ExprKind::Error => (true, true),
    }
}
