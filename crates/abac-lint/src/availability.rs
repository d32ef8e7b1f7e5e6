//! Whether the attributes of a test are available for the actions it is evaluated for.

use crate::facts::Facts;
use abac_catalog::{Action, AttributeMatch};
use abac_syntax::{AttributeId, ExprId};

/// Attribute sources whose availability follows from the action.
pub(crate) const SOURCES: [&str; 2] = ["Resource", "Request"];

/// An attribute that is not available, as it is written, for an action it is evaluated for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Missing<'a> {
    /// The attribute reference.
    pub(crate) attribute: AttributeId,
    /// The comparison or `Exists`; its scope has the target.
    pub(crate) used_in: ExprId,
    /// The place of the guarded action among the targets of the scope.
    pub(crate) target: usize,
    /// The first action of the target that does not offer it.
    pub(crate) action: &'a Action,
    /// Why.
    pub(crate) why: Why<'a>,
}

/// Why an attribute is not available.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why<'a> {
    /// The action offers it through another source.
    OtherSource(&'static str),
    /// A suboperation of the action, or all of the action but one, offers it.
    Suboperation(&'a Action),
    /// No form of the action offers it.
    NotAtAll,
}

/// Returns every attribute that is not available, once for each use and guard.
pub(crate) fn missing<'a>(facts: &Facts<'a>) -> Vec<Missing<'a>> {
    let mut found = Vec::new();
    for used in &facts.uses {
        let attribute = used.attribute;
        let source = facts.source_of(attribute);
        // An attribute that is never available through its source is told without its actions.
        let known = facts.known(attribute).filter(|known| known.through(source).is_some());
        let scope = facts.scope(used.id).filter(|scope| scope.is_known());
        let Some((known, scope)) = known.zip(scope) else { continue };
        for (target, covered) in scope.targets.iter().enumerate() {
            let lacking = |action: &&Action| {
                !offers(facts, known, action, source) && !parts_offer(facts, known, action, source)
            };
            let Some(action) = covered.actions.iter().copied().find(lacking) else { continue };
            let why = why(facts, known, action, source);
            found.push(Missing { attribute, used_in: used.id, target, action, why });
        }
    }
    found
}

/// Says whether every action that an attribute is evaluated for offers it through a source.
pub(crate) fn everywhere_through(facts: &Facts<'_>, missing: &Missing<'_>, source: &str) -> bool {
    let (known, scope) = (facts.known(missing.attribute), facts.scope(missing.used_in));
    known.zip(scope).is_some_and(|(known, scope)| {
        scope.targets.iter().flat_map(|target| &target.actions).all(|action| {
            offers(facts, known, action, source) || parts_offer(facts, known, action, source)
        })
    })
}

fn offers(
    facts: &Facts<'_>,
    known: &AttributeMatch<'_, '_>,
    action: &Action,
    source: &str,
) -> bool {
    let catalog = facts.catalog();
    known.attributes.iter().any(|one| catalog.action_offers(action, source, one))
}

/// Says whether an action that no table gives the attribute to is made of two that have it: one
/// with a suboperation and one without.
fn parts_offer(
    facts: &Facts<'_>,
    known: &AttributeMatch<'_, '_>,
    action: &Action,
    source: &str,
) -> bool {
    let part = |negated: bool| {
        facts.catalog().actions().find(|one| {
            one.action == action.action
                && one.suboperation.is_some_and(|limit| limit.negated == negated)
                && offers(facts, known, one, source)
        })
    };
    action.suboperation.is_none()
        && part(true)
            .and_then(|rest| Some((rest.suboperation?, part(false)?.suboperation?)))
            .is_some_and(|(rest, limit)| rest.name == limit.name)
}

fn why<'a>(
    facts: &Facts<'a>,
    known: &AttributeMatch<'_, '_>,
    action: &Action,
    source: &str,
) -> Why<'a> {
    let other = SOURCES
        .into_iter()
        .find(|other| !other.eq_ignore_ascii_case(source) && offers(facts, known, action, other));
    if let Some(other) = other {
        return Why::OtherSource(other);
    }
    let sibling = facts
        .catalog()
        .actions()
        .filter(|one| one.action == action.action && one.id != action.id)
        .find(|one| offers(facts, known, one, source));
    sibling.map_or(Why::NotAtAll, Why::Suboperation)
}
