//! Role definitions, Azure's and the tenant's.

use super::World;
use super::places::ScopeKey;
use crate::engine::record::CustomRole;
use abac_catalog::{Catalog, Plane, Role, matches_action};
use std::sync::Arc;
use uuid::Uuid;

/// A role definition, wherever it comes from.
#[derive(Debug, Clone)]
pub(crate) enum RoleView<'w> {
    BuiltIn(&'static Role),
    Custom(&'w Arc<CustomRole>),
}

/// That a role grants an action: outright, or under a condition of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Permission<'w> {
    pub(crate) condition: Option<&'w str>,
}

impl<'w> RoleView<'w> {
    pub(crate) fn id(&self) -> Uuid {
        match self {
            Self::BuiltIn(role) => Uuid::try_parse(role.id()).unwrap_or_default(),
            Self::Custom(role) => role.id,
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::BuiltIn(role) => role.name(),
            Self::Custom(role) => &role.role_name,
        }
    }

    /// Returns Azure's word for where it comes from.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::BuiltIn(_) => "BuiltInRole",
            Self::Custom(_) => "CustomRole",
        }
    }

    /// Returns every way in which the role grants an action of the control plane.
    pub(crate) fn permissions_for(&self, action: &str) -> Vec<Permission<'w>> {
        match self {
            Self::BuiltIn(role) => role
                .permissions()
                .iter()
                .filter(|block| block.grants(action, Plane::Control))
                .map(|block| Permission { condition: block.condition.as_deref() })
                .collect(),
            Self::Custom(role) => role
                .permissions
                .iter()
                .filter(|block| {
                    let covers = |pattern: &String| matches_action(pattern, action);
                    block.actions.iter().any(covers) && !block.not_actions.iter().any(covers)
                })
                .map(|_| Permission { condition: None })
                .collect(),
        }
    }
}

impl World {
    pub(crate) fn role(&self, id: Uuid) -> Option<RoleView<'_>> {
        if let Some(role) = self.roles.get(&id) {
            return Some(RoleView::Custom(role));
        }
        Catalog::builtin().role(&id.to_string()).map(RoleView::BuiltIn)
    }

    /// Returns the role of a name; case does not count.
    pub(crate) fn role_by_name(&self, name: &str) -> Option<RoleView<'_>> {
        let custom = self.roles.values().find(|role| role.role_name.eq_ignore_ascii_case(name));
        custom
            .map(RoleView::Custom)
            .or_else(|| Catalog::builtin().role_by_name(name).map(RoleView::BuiltIn))
    }

    pub(crate) fn custom_roles(&self) -> impl Iterator<Item = &Arc<CustomRole>> {
        self.roles.values()
    }

    /// Says whether a role can be assigned at a scope: its assignable scopes hold it.
    pub(crate) fn is_assignable(&self, role: &RoleView<'_>, scope: &ScopeKey) -> bool {
        let RoleView::Custom(role) = role else { return true };
        let above = self.at_or_above(scope);
        role.assignable_scopes.iter().any(|one| above.contains(&ScopeKey::of(one)))
    }
}
