//! The types of `Microsoft.Authorization`, and the versions of the API each is known in.

use super::call::ArmCall;
use crate::engine::{Code, ServiceError};
use pim_model::Family;

/// A type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Requests(Family),
    Schedules(Family),
    Instances(Family),
    Policies,
    PolicyAssignments,
    RoleAssignments,
    RoleDefinitions,
    Approvals,
    EligibleChildren,
    Permissions,
    Alerts,
    AlertDefinitions,
    AlertConfigurations,
    AlertOperations,
}

/// The versions of Privileged Identity Management (*documented*: azure-rest-api-specs, read 2026-11).
const PIM: &[&str] =
    &["2020-10-01", "2020-10-01-preview", "2024-02-01-preview", "2024-09-01-preview"];

const PIM_REQUESTS: &[&str] = &[
    "2020-10-01",
    "2020-10-01-preview",
    "2022-04-01-preview",
    "2024-02-01-preview",
    "2024-09-01-preview",
];

const PLAIN: &[&str] = &[
    "2022-04-01",
    "2015-07-01",
    "2018-01-01-preview",
    "2018-07-01",
    "2018-09-01-preview",
    "2020-03-01-preview",
    "2020-04-01-preview",
    "2020-08-01-preview",
    "2020-10-01-preview",
    "2021-04-01-preview",
    "2022-01-01-preview",
    "2022-05-01-preview",
];

const APPROVALS: &[&str] = &["2021-01-01-preview"];

const ALERTS: &[&str] = &["2022-08-01-preview"];

const TYPES: &[(&str, Kind, &[&str], &str)] = &[
    (
        "roleEligibilityScheduleRequests",
        Kind::Requests(Family::Eligibility),
        PIM_REQUESTS,
        "GET, PUT, POST",
    ),
    (
        "roleAssignmentScheduleRequests",
        Kind::Requests(Family::Assignment),
        PIM_REQUESTS,
        "GET, PUT, POST",
    ),
    ("roleEligibilitySchedules", Kind::Schedules(Family::Eligibility), PIM, "GET"),
    ("roleAssignmentSchedules", Kind::Schedules(Family::Assignment), PIM, "GET"),
    ("roleEligibilityScheduleInstances", Kind::Instances(Family::Eligibility), PIM, "GET"),
    ("roleAssignmentScheduleInstances", Kind::Instances(Family::Assignment), PIM, "GET"),
    ("roleManagementPolicies", Kind::Policies, PIM, "GET, PATCH"),
    ("roleManagementPolicyAssignments", Kind::PolicyAssignments, PIM, "GET"),
    ("eligibleChildResources", Kind::EligibleChildren, PIM, "GET"),
    ("roleAssignmentApprovals", Kind::Approvals, APPROVALS, "GET, PATCH, PUT"),
    ("roleAssignments", Kind::RoleAssignments, PLAIN, "GET, PUT, DELETE"),
    ("roleDefinitions", Kind::RoleDefinitions, PLAIN, "GET, PUT, DELETE"),
    ("permissions", Kind::Permissions, PLAIN, "GET"),
    ("roleManagementAlerts", Kind::Alerts, ALERTS, "GET, PATCH, POST"),
    ("roleManagementAlertDefinitions", Kind::AlertDefinitions, ALERTS, "GET"),
    ("roleManagementAlertConfigurations", Kind::AlertConfigurations, ALERTS, "GET, PATCH"),
    ("roleManagementAlertOperations", Kind::AlertOperations, ALERTS, "GET"),
];

impl Kind {
    pub(super) fn of(text: &str) -> Option<Self> {
        TYPES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(text)).map(|(_, kind, ..)| *kind)
    }

    fn row(self) -> Option<&'static (&'static str, Self, &'static [&'static str], &'static str)> {
        TYPES.iter().find(|(_, kind, ..)| *kind == self)
    }

    /// Returns the verbs it has.
    pub(super) fn verbs(self) -> &'static str {
        self.row().map_or("GET", |(_, _, _, verbs)| verbs)
    }
}

/// Refuses a call without a version, or with one that the type does not have.
pub(super) fn check(kind: Kind, call: &ArmCall) -> Result<(), ServiceError> {
    let wanted = call.query("api-version").ok_or(ServiceError::new(Code::MISSING_API_VERSION))?;
    let Some((name, _, versions, _)) = kind.row() else { return Ok(()) };
    if versions.iter().any(|one| one.eq_ignore_ascii_case(wanted)) {
        return Ok(());
    }
    let message = format!(
        "No registered resource provider found for API version '{wanted}' for type '{name}'. The \
         supported api-versions are '{}'.",
        versions.join(", ")
    );
    Err(ServiceError::with(Code::NO_REGISTERED_PROVIDER, message))
}
