//! What can be chosen, where.

mod operator;
mod value;

pub use operator::{LineOperator, OperatorChoice, operators};
pub use value::{ValueKind, ValueProblem, check_value, literal, matches_samples, value_kind};

use crate::condition::Condition;
use crate::context::{Scene, offered_actions, offered_attributes};
use abac_catalog::{Action, Attribute, Catalog, NameForm, Role};
use abac_syntax::AttributeSource;
use diagnostics::Span;

/// An action that a rule can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionChoice {
    /// The catalog's id, `blob.read`, by which edits name it.
    pub id: &'static str,
    /// The portal's name.
    pub name: &'static str,
    /// The service it belongs to.
    pub service: &'static str,
    /// The permission string, with the suboperation it is limited to.
    pub detail: String,
    /// What it does.
    pub description: &'static str,
    /// Whether it is in preview or no longer to be used, in a word.
    pub status: Option<&'static str>,
}

/// Returns the actions whose names hold every word of a text, of those that the role grants. All
/// actions stand there when no role is given or the role grants none.
#[must_use]
pub fn actions(catalog: &Catalog, role: Option<&Role>, text: &str) -> Vec<ActionChoice> {
    let offered = offered_actions(catalog, role);
    let found = catalog.search_actions(text);
    found
        .into_iter()
        .filter(|one| offered.iter().any(|known| known.id == one.id))
        .map(action)
        .collect()
}

fn action(action: &'static Action) -> ActionChoice {
    let detail = match action.suboperation {
        None => action.action.to_owned(),
        Some(target) if target.negated => format!("{}, all but {}", action.action, target.name),
        Some(target) => format!("{}, {}", action.action, target.name),
    };
    ActionChoice {
        id: action.id,
        name: action.display_name,
        service: action.service,
        detail,
        description: action.description,
        status: match action.status {
            abac_catalog::Status::Ga => None,
            other => Some(other.as_str()),
        },
    }
}

/// An attribute source and whether it offers anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceChoice {
    /// The source.
    pub source: AttributeSource,
    /// What it holds, in words.
    pub words: &'static str,
}

/// Returns the sources that offer an attribute to any of some actions.
#[must_use]
pub fn sources(catalog: &Catalog, place: &Place) -> Vec<SourceChoice> {
    // The order in which people look: what is asked for, what it is asked of, who asks, from where.
    let all = [
        (AttributeSource::Request, "what the request asks for"),
        (AttributeSource::Resource, "what is accessed"),
        (AttributeSource::Principal, "who asks"),
        (AttributeSource::Environment, "from where and when"),
    ];
    all.into_iter()
        .filter(|(source, _)| {
            !offered_attributes(catalog, &place.actions, source.as_str()).is_empty()
        })
        .map(|(source, words)| SourceChoice { source, words })
        .collect()
}

/// Where something is chosen: the actions that the surrounding rule is about.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The actions; never empty unless the catalog is.
    pub actions: Vec<&'static Action>,
}

impl Place {
    /// Returns the place of a span of a condition, for a role where one is chosen.
    #[must_use]
    pub fn of(condition: &Condition, span: Span, catalog: &Catalog, role: Option<&Role>) -> Self {
        let scene = Scene::at(condition, span.start, catalog);
        Self { actions: scene.possible(catalog, role) }
    }

    /// Returns the place of actions by their ids.
    #[must_use]
    pub fn of_actions(catalog: &Catalog, ids: &[&str]) -> Self {
        Self { actions: ids.iter().filter_map(|id| catalog.action(id)).collect() }
    }
}

/// An attribute that a line can compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeChoice {
    /// The catalog's id, `blob.path`, by which edits name it.
    pub id: String,
    /// The portal's name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What stands between the brackets; a key to be chosen is `<key>`.
    pub reference: String,
    /// Whether the author has to name a key.
    pub needs_key: bool,
    /// Whether all actions of the place offer it; where some do not, they are always denied.
    pub for_all: bool,
    /// The page and its date.
    pub source: String,
}

/// Returns the attributes that any action of a place offers through a source; first those that all
/// of them offer.
#[must_use]
pub fn attributes(
    catalog: &Catalog,
    place: &Place,
    source: AttributeSource,
) -> Vec<AttributeChoice> {
    let mut found: Vec<_> = offered_attributes(catalog, &place.actions, source.as_str())
        .into_iter()
        .map(|attribute| choice(catalog, place, source, attribute))
        .collect();
    found.sort_by_key(|choice| !choice.for_all);
    found
}

fn choice(
    catalog: &Catalog,
    place: &Place,
    source: AttributeSource,
    attribute: &Attribute,
) -> AttributeChoice {
    let offers =
        |action: &&'static Action| catalog.action_offers(action, source.as_str(), attribute);
    AttributeChoice {
        id: attribute.id.to_string(),
        name: attribute.display_name.to_string(),
        description: attribute.description.to_string(),
        reference: attribute.reference.to_string(),
        needs_key: matches!(attribute.form, NameForm::Key { .. } | NameForm::SecurityAttribute),
        for_all: place.actions.iter().all(offers),
        source: attribute.source.to_string(),
    }
}

/// A role that can be chosen as a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleChoice {
    /// The GUID.
    pub id: String,
    /// The name.
    pub name: String,
    /// Whether whoever has it can hand out roles.
    pub is_privileged: bool,
}

/// Returns the first roles whose name or GUID holds every word of a text.
#[must_use]
pub fn roles(catalog: &Catalog, text: &str, most: usize) -> Vec<RoleChoice> {
    let mut found = catalog.search_roles(text);
    let wanted = text.trim().to_lowercase();
    // What begins as it was typed stands first.
    found.sort_by_key(|role| !role.name().to_lowercase().starts_with(&wanted));
    let choice = |role: &Role| RoleChoice {
        id: role.id().to_owned(),
        name: role.name().to_owned(),
        is_privileged: role.is_privileged() || role.can_assign_roles(),
    };
    found.into_iter().take(most).map(choice).collect()
}

/// The principal types of role assignments, in Azure's spelling.
///
/// *Documented*: role assignments API 2022-04-01, read 2026-11.
pub const PRINCIPAL_TYPES: [&str; 5] =
    ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"];

#[cfg(test)]
mod tests {
    use super::{Place, actions, attributes, roles, sources};
    use abac_catalog::Catalog;
    use abac_syntax::AttributeSource;

    #[test]
    fn actions_are_those_of_the_role() {
        let catalog = Catalog::builtin();
        let reader = catalog.role_by_name("Storage Blob Data Reader").unwrap();
        let found = actions(catalog, Some(reader), "");
        assert!(found.iter().all(|one| one.id.starts_with("blob.")), "{found:?}");
        assert!(found.iter().any(|one| one.id == "blob.read"));
        assert!(!found.iter().any(|one| one.id == "blob.delete"));
        let found = actions(catalog, None, "role assignment");
        assert_eq!(
            found.iter().map(|one| one.id).collect::<Vec<_>>(),
            ["authz.delete", "authz.write"]
        );
    }

    #[test]
    fn sources_and_attributes_are_those_of_the_action() {
        let catalog = Catalog::builtin();
        let write = Place::of_actions(catalog, &["authz.write"]);
        let found: Vec<_> = sources(catalog, &write).iter().map(|one| one.source).collect();
        assert_eq!(found, [AttributeSource::Request]);
        let read = Place::of_actions(catalog, &["blob.read"]);
        assert_eq!(sources(catalog, &read).len(), 4);
        let both = Place::of_actions(catalog, &["blob.read", "blob.delete"]);
        let found = attributes(catalog, &both, AttributeSource::Resource);
        let scope = found.iter().find(|one| one.id == "blob.encryptionScope").unwrap();
        assert!(!scope.for_all, "deleting has no encryption scope");
        assert!(found.iter().find(|one| one.id == "blob.path").unwrap().for_all);
    }

    #[test]
    fn a_role_that_begins_as_typed_stands_first() {
        let found = roles(Catalog::builtin(), "contributor", 3);
        assert_eq!(found[0].name, "Contributor");
        assert_eq!(roles(Catalog::builtin(), "acrpu", 9).len(), 2);
    }
}
