//! Eligible and active assignments.

use crate::engine::world::Placed;
use jiff::{SignedDuration, Timestamp};
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

/// What stands for the role of a member in PIM for Groups.
pub(crate) const MEMBER: Uuid = Uuid::from_u128(0x6d656d62_6572_4000_8000_000000000001);
/// What stands for the role of an owner in PIM for Groups.
pub(crate) const OWNER: Uuid = Uuid::from_u128(0x6f776e65_7200_4000_8000_000000000002);

/// How long an assignment can be renewed after its end (*documented*: pim-resource-roles-renew-extend,
/// read 2026-11).
const RENEWABLE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a schedule is made from.
#[derive(Debug, Clone)]
pub(crate) struct Origin<'o> {
    pub(crate) family: Family,
    pub(crate) scope: &'o str,
    pub(crate) role: Uuid,
    pub(crate) principal: Uuid,
    /// The request that makes it.
    pub(crate) request: Option<Uuid>,
    /// Who asked for it.
    pub(crate) requestor: Option<Uuid>,
}

impl Schedule {
    /// Makes a schedule that is created now.
    pub(crate) fn new(
        origin: &Origin<'_>,
        now: Timestamp,
        (start, end): (Timestamp, Option<Timestamp>),
        condition: Option<String>,
        activated_from: Option<Uuid>,
    ) -> Self {
        let part = || RoleAssignmentPart {
            name: Uuid::new_v4(),
            description: None,
            delegated_managed_identity_resource_id: None,
            created_by: origin.requestor,
            updated_by: origin.requestor,
        };
        Self {
            name: Uuid::new_v4(),
            family: origin.family,
            scope: origin.scope.to_owned(),
            role: origin.role,
            principal: origin.principal,
            start,
            end,
            condition,
            state: if start > now { State::Scheduled } else { State::Current },
            created_on: now,
            updated_on: now,
            request: origin.request,
            instance: Uuid::new_v4(),
            activated_from,
            role_assignment: (origin.family == Family::Assignment).then(part),
        }
    }

    pub(crate) fn key(&self) -> String {
        format!("{}|{}", self.family, self.name)
    }

    /// Returns when time changes it next: its start, its end, or when it can no longer be renewed.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        match self.state {
            State::Scheduled => Some(self.start),
            State::Current => self.end,
            State::Expired => self.end.and_then(|end| end.checked_add(RENEWABLE).ok()),
        }
    }

    /// Says whether it was activated from an eligibility rather than assigned.
    pub(crate) const fn is_activation(&self) -> bool {
        self.activated_from.is_some()
    }
}

impl Placed for Schedule {
    fn name(&self) -> Uuid {
        self.name
    }

    fn scope(&self) -> &str {
        &self.scope
    }

    fn principal(&self) -> Uuid {
        self.principal
    }
}
