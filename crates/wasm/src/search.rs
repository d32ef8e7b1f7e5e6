//! Searching roles and actions.

use crate::answer::Failure;
use crate::known::KnownFacts;
use abac_catalog::{Action, PermissionBlock, Role, RoleKind, Source};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// How many of the found are given, unless it is said.
const LIMIT: u32 = 50;

/// How facts are searched.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "an object")]
pub struct SearchOptions {
    /// How many of the found are given; 50, unless it is said.
    pub limit: Option<u32>,
    /// What a tenant adds to the facts, such as custom roles.
    pub known: KnownFacts,
}

/// Roles that were found, by name.
#[derive(Debug, Serialize, Tsify)]
pub struct FoundRoles {
    /// How many there are, given or not.
    pub total: u32,
    /// The roles.
    pub roles: Vec<FoundRole>,
    /// The name that was probably meant, where nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// A role definition.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FoundRole {
    /// The GUID.
    pub id: String,
    /// The name.
    pub name: String,
    /// Who defined it.
    pub kind: RoleKind,
    /// Whether it is one of the category *Privileged*.
    pub privileged: bool,
    /// What it is for.
    pub description: String,
    /// The scopes it can be assigned at.
    pub assignable_scopes: Vec<String>,
    /// What it grants.
    pub permissions: Vec<PermissionBlock>,
    /// The ids of the actions that a condition on its assignment can target.
    pub conditionable_actions: Vec<&'static str>,
    /// Where it comes from.
    pub source: &'static Source,
}

/// Actions that were found, by id.
#[derive(Debug, Serialize, Tsify)]
pub struct FoundActions {
    /// How many there are, given or not.
    pub total: u32,
    /// The actions.
    pub actions: Vec<&'static Action>,
    /// The action that was probably meant, where nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// Finds roles by the words of their names or by GUID; an empty text finds all.
///
/// # Errors
///
/// Known facts that cannot be read.
pub fn search_roles(text: &str, options: &SearchOptions) -> Result<FoundRoles, Failure> {
    let catalog = options.known.catalog()?;
    let found = catalog.search_roles(text);
    let role = |role: &&Role| FoundRole {
        id: role.id().to_owned(),
        name: role.name().to_owned(),
        kind: role.kind(),
        privileged: role.is_privileged(),
        description: role.description().into_owned(),
        assignable_scopes: role.assignable_scopes().map(str::to_owned).collect(),
        permissions: role.permissions().to_vec(),
        conditionable_actions: catalog
            .conditionable_actions(role)
            .iter()
            .map(|one| one.id)
            .collect(),
        source: role.source(),
    };
    let closest = || catalog.closest_role(text).map(|role| role.name().to_owned());
    Ok(FoundRoles {
        total: total(&found),
        suggestion: found.is_empty().then(closest).flatten(),
        roles: found.iter().take(options.limit()).map(role).collect(),
    })
}

/// Finds actions that a condition can target, by the words of their ids, names and permission
/// strings; an empty text finds all.
///
/// # Errors
///
/// Known facts that cannot be read.
pub fn search_actions(text: &str, options: &SearchOptions) -> Result<FoundActions, Failure> {
    let catalog = options.known.catalog()?;
    let mut found = catalog.search_actions(text);
    let closest = || catalog.closest_action(text).map(|action| action.action.to_owned());
    let (total, suggestion) = (total(&found), found.is_empty().then(closest).flatten());
    found.truncate(options.limit());
    Ok(FoundActions { total, actions: found, suggestion })
}

impl SearchOptions {
    fn limit(&self) -> usize {
        usize::try_from(self.limit.unwrap_or(LIMIT)).unwrap_or(usize::MAX)
    }
}

fn total<T>(found: &[T]) -> u32 {
    u32::try_from(found.len()).unwrap_or(u32::MAX)
}
