//! Recognises the guard model of Azure's documentation.
//!
//! The portal writes a condition as blocks joined by `AND`, each
//! `((!(ActionMatches{'a'}) AND !(ActionMatches{'b'})) OR (expression))`: other actions pass, the
//! guarded ones must satisfy the expression (*documented*: conditions-format, 2023-11-15).

use crate::operator::Function;
use crate::tree::{ExprId, ExprKind, LiteralId, Tree};
use diagnostics::Span;

/// One term of the condition's outermost `AND`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The whole term.
    pub id: ExprId,
    /// The actions it guards; empty where the term applies to every action.
    pub guards: Vec<Guard>,
    /// The terms of the `OR` behind the guard, any of which satisfies it; the whole term where
    /// there is no guard; empty where the guarded actions are simply refused.
    pub alternatives: Vec<ExprId>,
}

/// One guarded action: `!(ActionMatches{'…'} AND [NOT] SubOperationMatches{'…'} …)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    /// The negated term.
    pub id: ExprId,
    /// Where it stands.
    pub span: Span,
    /// The pattern of `ActionMatches`; `None` where only a suboperation is matched.
    pub action: Option<LiteralId>,
    /// The suboperations that are asked for or excluded.
    pub suboperations: Vec<GuardSuboperation>,
}

/// A suboperation named in a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuardSuboperation {
    /// The pattern of `SubOperationMatches`.
    pub name: LiteralId,
    /// Whether it stands behind `NOT`.
    pub negated: bool,
}

/// Splits a condition into its blocks; a condition of any shape has at least one, an empty text
/// none.
#[must_use]
pub fn blocks(tree: &Tree) -> Vec<Block> {
    let Some(root) = tree.root() else { return Vec::new() };
    tree.conjuncts(root).into_iter().map(|term| block(tree, term)).collect()
}

fn block(tree: &Tree, id: ExprId) -> Block {
    let unguarded = || Block { id, guards: Vec::new(), alternatives: vec![id] };
    let terms = tree.disjuncts(id);
    let mut guards = Vec::new();
    let mut alternatives = Vec::new();
    for term in terms {
        match guard_list(tree, term) {
            // Two guards joined by OR never both fail: not the guard model.
            Some(_) if !guards.is_empty() => return unguarded(),
            Some(list) => guards = list,
            None => alternatives.push(term),
        }
    }
    if guards.is_empty() { unguarded() } else { Block { id, guards, alternatives } }
}

/// Reads `!(…) AND !(…)`, or `!(… OR …)`, as a list of guards.
fn guard_list(tree: &Tree, id: ExprId) -> Option<Vec<Guard>> {
    let mut guards = Vec::new();
    for term in tree.conjuncts(id) {
        let ExprKind::Not { operand, .. } = tree.kind(tree.ungrouped(term)) else { return None };
        for action in tree.disjuncts(operand) {
            guards.push(guard(tree, term, action)?);
        }
    }
    Some(guards)
}

fn guard(tree: &Tree, id: ExprId, matched: ExprId) -> Option<Guard> {
    let mut guard = Guard { id, span: tree.expr(id).span, action: None, suboperations: Vec::new() };
    for term in tree.conjuncts(matched) {
        let (negated, inner) = match tree.kind(tree.ungrouped(term)) {
            ExprKind::Not { operand, .. } => (true, tree.ungrouped(operand)),
            _ => (false, tree.ungrouped(term)),
        };
        let ExprKind::Call { function, argument, .. } = tree.kind(inner) else { return None };
        match function {
            Function::ActionMatches if !negated && guard.action.is_none() => {
                guard.action = Some(argument?);
            }
            Function::ActionMatches => return None,
            Function::SubOperationMatches => {
                guard.suboperations.push(GuardSuboperation { name: argument?, negated });
            }
        }
    }
    Some(guard)
}
