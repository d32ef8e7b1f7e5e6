//! What each alert is about, in the sandbox's own sentences; severity and what can be done with it
//! are Azure's (*documented*: role management alerts API 2022-08-01-preview, example
//! GetAlertDefinitions, 2026-11).

use super::resource;
use crate::engine::AlertKind;
use serde_json::{Value, json};

/// The texts of a definition.
struct Words {
    display_name: &'static str,
    severity: &'static str,
    description: &'static str,
    impact: &'static str,
    mitigation: &'static str,
    prevention: &'static str,
}

const fn words(kind: AlertKind) -> Words {
    match kind {
        AlertKind::AzureRolesAssignedOutsidePimAlert => Words {
            display_name: "Roles are being assigned outside of Privileged Identity Management",
            severity: "High",
            description: "Privileged roles were assigned without PIM.",
            impact: "What is assigned outside PIM is not watched, and may come from an attack.",
            mitigation: "Review the assignments, and remove those that should go through PIM.",
            prevention: "Find out where roles are assigned outside PIM, and stop it there.",
        },
        AlertKind::DuplicateRoleCreated => Words {
            display_name: "Duplicate role created",
            severity: "Medium",
            description: "A custom role has the name or the permissions of another role.",
            impact: "Two roles that are the same make it hard to see who can do what.",
            mitigation: "Review the new role, and use the other one where that is enough.",
            prevention: "Look for a role with the same permissions before creating one.",
        },
        AlertKind::TooManyOwnersAssignedToResource => Words {
            display_name: "Too many owners assigned to a resource",
            severity: "Medium",
            description: "More principals than needed have the Owner role.",
            impact: "With every owner there is one more who can break or misuse the resource.",
            mitigation: "Give roles with fewer permissions to those who do not need Owner.",
            prevention: "Choose the role with the fewest permissions that a task needs.",
        },
        AlertKind::TooManyPermanentOwnersAssignedToResource => Words {
            display_name: "Too many permanent owners assigned to a resource",
            severity: "Medium",
            description: "More principals than needed have the Owner role without an end.",
            impact: "Access that never ends is there for mistakes and attacks at any time.",
            mitigation: "Make these principals eligible, so that they activate Owner to use it.",
            prevention: "Do not allow permanent active assignments in the role's policy.",
        },
    }
}

/// Returns the definition of an alert at a scope.
pub(super) fn definition(kind: AlertKind, scope: &str) -> Value {
    let words = words(kind);
    let properties = json!({
        "displayName": words.display_name,
        "scope": scope,
        "description": words.description,
        "severityLevel": words.severity,
        "securityImpact": words.impact,
        "mitigationSteps": words.mitigation,
        "howToPrevent": words.prevention,
        "isRemediatable": true,
        "isConfigurable": kind.has_thresholds(),
    });
    resource(scope, "roleManagementAlertDefinitions", kind.as_str(), properties)
}
