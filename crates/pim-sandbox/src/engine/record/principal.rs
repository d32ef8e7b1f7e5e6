//! Users, groups and service principals.

use pim_model::PrincipalType;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Someone or something that can hold a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Principal {
    /// The object id.
    pub(crate) id: Uuid,
    /// What it is.
    #[serde(rename = "type")]
    pub(crate) kind: PrincipalType,
    /// The short name of the sandbox, `delegate`, for tokens and seeds.
    pub(crate) name: String,
    /// The name people see.
    pub(crate) display_name: String,
    /// The sign-in name of a user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) user_principal_name: Option<String>,
    /// The application id of a service principal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) app_id: Option<Uuid>,
    /// The direct members of a group, groups among them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) members: BTreeSet<Uuid>,
    /// The owners of a group.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) owners: BTreeSet<Uuid>,
}

impl Principal {
    pub(crate) fn key(&self) -> String {
        self.id.to_string()
    }
}
