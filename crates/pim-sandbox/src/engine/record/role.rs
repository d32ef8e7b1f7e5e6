//! Custom roles.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A block of permissions, as the REST API has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Permissions {
    pub(crate) actions: Vec<String>,
    pub(crate) not_actions: Vec<String>,
    pub(crate) data_actions: Vec<String>,
    pub(crate) not_data_actions: Vec<String>,
}

/// A role definition of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CustomRole {
    pub(crate) id: Uuid,
    pub(crate) role_name: String,
    #[serde(default)]
    pub(crate) description: String,
    pub(crate) permissions: Vec<Permissions>,
    pub(crate) assignable_scopes: Vec<String>,
    pub(crate) created_on: Timestamp,
    pub(crate) updated_on: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) created_by: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) updated_by: Option<Uuid>,
}

impl CustomRole {
    pub(crate) fn key(&self) -> String {
        self.id.to_string()
    }
}
