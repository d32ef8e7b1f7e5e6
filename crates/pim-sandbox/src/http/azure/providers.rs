//! Resource providers. What the sandbox answers is registered, and nothing else is there.

use super::{list_of, ok};
use crate::engine::{Code, Evidence, ServiceError};
use axum::response::Response;
use serde_json::{Value, json};

/// No provider of that name (every client, 2026-11).
const NOT_FOUND: Code = Code {
    name: "InvalidResourceNamespace",
    status: 404,
    message: "",
    evidence: Evidence::Observed,
};

/// The versions of PIM (*documented*: learn.microsoft.com/rest/api/authorization, 2026-11).
const PIM: &[&str] = &["2024-09-01-preview", "2024-02-01-preview", "2020-10-01"];
const ALERTS: &[&str] = &["2022-08-01-preview"];

/// A resource type and its versions.
type Type = (&'static str, &'static [&'static str]);

/// A provider and its resource types.
type Provider = (&'static str, &'static [Type]);

const PROVIDERS: &[Provider] = &[
    (
        "Microsoft.Authorization",
        &[
            ("roleAssignments", &["2022-04-01"]),
            ("roleDefinitions", &["2022-04-01"]),
            ("roleEligibilityScheduleRequests", PIM),
            ("roleEligibilitySchedules", PIM),
            ("roleEligibilityScheduleInstances", PIM),
            ("roleAssignmentScheduleRequests", PIM),
            ("roleAssignmentSchedules", PIM),
            ("roleAssignmentScheduleInstances", PIM),
            ("roleManagementPolicies", PIM),
            ("roleManagementPolicyAssignments", PIM),
            ("eligibleChildResources", PIM),
            ("roleAssignmentApprovals", &["2021-01-01-preview"]),
            ("roleManagementAlerts", ALERTS),
            ("roleManagementAlertDefinitions", ALERTS),
            ("roleManagementAlertConfigurations", ALERTS),
            ("roleManagementAlertOperations", ALERTS),
        ],
    ),
    (
        "Microsoft.Resources",
        &[
            ("subscriptions", &["2022-12-01"]),
            ("subscriptions/resourceGroups", &["2021-04-01"]),
            ("resources", &["2021-04-01"]),
        ],
    ),
    ("Microsoft.Management", &[("managementGroups", &["2021-04-01"])]),
];

/// Answers `/providers` and `/subscriptions/{id}/providers`.
pub(super) fn list() -> Result<Response, ServiceError> {
    Ok(list_of(PROVIDERS.iter().map(to_json).collect()))
}

/// Answers `/subscriptions/{id}/providers/{namespace}`.
pub(super) fn one(name: &str) -> Result<Response, ServiceError> {
    let found = PROVIDERS.iter().find(|(namespace, _)| namespace.eq_ignore_ascii_case(name));
    found.map(|one| ok(to_json(one))).ok_or_else(|| {
        let message = format!("The resource namespace '{name}' is invalid.");
        ServiceError::with(NOT_FOUND, message)
    })
}

fn to_json((namespace, types): &Provider) -> Value {
    let types = types.iter().map(|(name, versions)| {
        json!({ "resourceType": name, "locations": [], "apiVersions": versions })
    });
    json!({
        "id": format!("/providers/{namespace}"),
        "namespace": namespace,
        "registrationState": "Registered",
        "registrationPolicy": "RegistrationFree",
        "resourceTypes": types.collect::<Vec<_>>(),
    })
}
