//! Eligible and active assignments.

use jiff::Timestamp;
use pim_model::Family;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An eligible or active assignment: the schedule, and its one instance while it holds.
///
/// Every active one that holds is also a role assignment, whether PIM made it or somebody wrote the
/// role assignment itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Schedule {
    /// Its name, which changes each time it is modified.
    pub(crate) name: Uuid,
    pub(crate) family: Family,
    /// Where: an ARM id, or `/groups/{id}` for PIM for Groups.
    pub(crate) scope: String,
    /// The role; for groups one of `MEMBER` and `OWNER`.
    pub(crate) role: Uuid,
    pub(crate) principal: Uuid,
    pub(crate) start: Timestamp,
    /// No end: permanent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) end: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) condition: Option<String>,
    pub(crate) state: State,
    pub(crate) created_on: Timestamp,
    pub(crate) updated_on: Timestamp,
    /// The request that made it; none for a role assignment made outside PIM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) request: Option<Uuid>,
    /// The name of its instance.
    pub(crate) instance: Uuid,
    /// The eligibility that was activated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) activated_from: Option<Uuid>,
    /// The role assignment that an active one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) role_assignment: Option<RoleAssignmentPart>,
}

/// Where an assignment stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum State {
    /// Its start is still to come.
    Scheduled,
    /// It holds.
    Current,
    /// Its end has passed; it can be renewed for 30 days.
    Expired,
}

/// What a role assignment has beyond its schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RoleAssignmentPart {
    pub(crate) name: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) delegated_managed_identity_resource_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) created_by: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) updated_by: Option<Uuid>,
}

impl Schedule {
    pub(crate) fn key(&self) -> String {
        format!("{}|{}", self.family, self.name)
    }
}
