//! What a place in a condition is about.

use crate::condition::Condition;
use abac_catalog::{Action, Attribute, Catalog, Plane, Role};
use abac_syntax::{Block, Guard, LiteralId, blocks};
use diagnostics::Span;

/// The actions that the surrounding block is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scene {
    /// The actions of the catalog that the guards of the block cover; empty where it is about all.
    pub(crate) actions: Vec<&'static Action>,
    /// Whether the place lies within a guard.
    pub(crate) is_guard: bool,
    /// Whether the block has guards at all.
    pub(crate) is_guarded: bool,
}

impl Scene {
    /// Returns the scene of a byte offset.
    pub(crate) fn at(condition: &Condition, offset: u32, catalog: &Catalog) -> Self {
        let tree = condition.tree();
        let place = Span::at(offset);
        let found = blocks(tree).into_iter().find(|block| tree.expr(block.id).span.contains(place));
        match found {
            Some(block) => Self {
                is_guard: block.guards.iter().any(|guard| guard.span.contains(place)),
                ..Self::of(condition, &block, catalog)
            },
            None => Self::default(),
        }
    }

    /// Returns the scene of a whole block.
    pub(crate) fn of(condition: &Condition, block: &Block, catalog: &Catalog) -> Self {
        let mut actions: Vec<&'static Action> = Vec::new();
        for guard in &block.guards {
            for action in covered(condition, guard, catalog) {
                if !actions.iter().any(|known| known.id == action.id) {
                    actions.push(action);
                }
            }
        }
        Self { actions, is_guard: false, is_guarded: !block.guards.is_empty() }
    }

    /// Returns the actions that may come by: those of the guards, or those of the role, or all.
    pub(crate) fn possible(&self, catalog: &Catalog, role: Option<&Role>) -> Vec<&'static Action> {
        if !self.actions.is_empty() {
            return self.actions.clone();
        }
        offered_actions(catalog, role)
    }
}

/// Returns the actions of the catalog that a guard is about: the one that is guarded like this,
/// where suboperations are named, otherwise all that its pattern covers.
fn covered(condition: &Condition, guard: &Guard, catalog: &Catalog) -> Vec<&'static Action> {
    let pattern = guard.action.map_or_else(|| "*".to_owned(), |id| text(condition, id));
    if let Some(exact) = exact(condition, guard, catalog)
        && exact.suboperation.is_some()
    {
        return vec![exact];
    }
    let fits = |action: &&Action| {
        guard.suboperations.iter().all(|one| {
            let name = text(condition, one.name);
            match action.suboperation {
                Some(target) if target.name.eq_ignore_ascii_case(&name) => {
                    target.negated == one.negated
                }
                Some(_) => one.negated,
                None => true,
            }
        })
    };
    catalog.actions_matching(&pattern).filter(fits).collect()
}

/// Returns the action for which the portal writes a guard.
pub(crate) fn exact(
    condition: &Condition,
    guard: &Guard,
    catalog: &Catalog,
) -> Option<&'static Action> {
    let pattern = text(condition, guard.action?);
    catalog.actions().find(|action| {
        action.action.eq_ignore_ascii_case(&pattern)
            && match (action.suboperation, guard.suboperations.as_slice()) {
                (None, []) => true,
                (Some(target), [one]) => {
                    target.negated == one.negated
                        && target.name.eq_ignore_ascii_case(&text(condition, one.name))
                }
                _ => false,
            }
    })
}

fn text(condition: &Condition, id: LiteralId) -> String {
    condition.tree().literal(id).text(condition.text()).into_owned()
}

/// Returns the actions that an assignment of a role can be about; all without a role, or with one
/// that grants none.
pub(crate) fn offered_actions(catalog: &Catalog, role: Option<&Role>) -> Vec<&'static Action> {
    let granted = role.map(|role| catalog.conditionable_actions(role)).unwrap_or_default();
    if granted.is_empty() { catalog.actions().collect() } else { granted }
}

/// Returns the attributes that any of some actions offers through a source, each once.
pub(crate) fn offered_attributes<'c>(
    catalog: &'c Catalog,
    actions: &[&'static Action],
    source: &str,
) -> Vec<&'c Attribute> {
    let mut found: Vec<&Attribute> = Vec::new();
    for attribute in catalog.attributes().filter(|one| one.has_source(source)) {
        if actions.iter().any(|action| catalog.action_offers(action, source, attribute)) {
            found.push(attribute);
        }
    }
    found
}

/// Says whether some actions are those of role assignments.
pub(crate) fn is_delegation(actions: &[&'static Action]) -> bool {
    actions.iter().any(|action| action.plane == Plane::Control && action.id.starts_with("authz."))
}
