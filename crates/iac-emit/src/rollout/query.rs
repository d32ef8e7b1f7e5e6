//! Queries for Log Analytics and Microsoft Sentinel.

use pim_model::PrincipalType;
use serde_json::Value as Json;

use super::{Kept, Reason, Rollout};

/// Returns the queries: the name of the file, what it finds, its text.
pub(super) fn queries(rollout: &Rollout) -> [(&'static str, &'static str, String); 3] {
    [
        ("activations.kql", "who activated one of the roles, and why", activations(rollout)),
        ("policy-changed.kql", "who changed the settings of a role", POLICY_CHANGED.to_owned()),
        ("break-glass-sign-in.kql", "every sign-in of a kept account", break_glass(rollout)),
    ]
}

fn activations(rollout: &Rollout) -> String {
    let roles: Vec<_> = rollout.options.roles.iter().map(|role| literal(&role.name)).collect();
    format!(
        "\
// Activations of roles on Azure resources, with the reason that was given.
// Needs the diagnostic setting of Entra ID that sends AuditLogs to the workspace.
let roles = dynamic([{}]);
AuditLogs
| where LoggedByService == \"PIM\" and Category == \"ResourceManagement\"
| where OperationName == \"Add member to role completed (PIM activation)\"
// In these events the role comes first; no page of Microsoft promises it.
| extend Role = tostring(TargetResources[0].displayName)
| where Role in~ (roles)
| project
    TimeGenerated,
    User = tostring(InitiatedBy.user.userPrincipalName),
    Role,
    Reason = ResultReason,
    CorrelationId
| order by TimeGenerated desc
",
        roles.join(", ")
    )
}

const POLICY_CHANGED: &str = "\
// Changes of the settings of a role, in PIM or through Azure Resource Manager.
// Needs AuditLogs of Entra ID and AzureActivity of the subscriptions in the workspace.
union isfuzzy=true
(
    AuditLogs
    | where LoggedByService == \"PIM\"
    | where OperationName in (\"Update role setting in PIM\", \"PIM policy removed\", \"Disable PIM alert\")
    | project
        TimeGenerated,
        Actor = coalesce(
            tostring(InitiatedBy.user.userPrincipalName),
            tostring(InitiatedBy.app.displayName)),
        Operation = OperationName,
        Subject = tostring(TargetResources[0].displayName),
        CorrelationId
),
(
    AzureActivity
    | where OperationNameValue =~ \"Microsoft.Authorization/roleManagementPolicies/write\"
    | where ActivityStatusValue in~ (\"Success\", \"Succeeded\")
    | project
        TimeGenerated,
        Actor = Caller,
        Operation = OperationNameValue,
        Subject = _ResourceId,
        CorrelationId
)
| order by TimeGenerated desc
";

fn break_glass(rollout: &Rollout) -> String {
    let is_user = |kept: &&Kept| {
        kept.reason == Reason::Named && kept.assignment.principal_type == Some(PrincipalType::User)
    };
    let kept = rollout.kept.iter().filter(is_user);
    let mut accounts: Vec<_> =
        kept.map(|kept| (kept.assignment.principal(), kept.assignment.principal_id)).collect();
    accounts.sort();
    accounts.dedup_by_key(|(_, id)| *id);
    let names: String =
        accounts.iter().map(|(name, id)| format!("//   {id}  {}\n", one_line(name))).collect();
    let mut ids: Vec<_> = accounts.iter().map(|(_, id)| literal(&id.to_string())).collect();
    if ids.is_empty() {
        ids.push(literal("<object id of a break-glass account>"));
    }
    format!(
        "\
// Sign-ins of accounts that are for emergencies alone, failed ones too. Make it an alert rule that
// runs every five minutes and wakes somebody.
// Needs SigninLogs and AADNonInteractiveUserSignInLogs of Entra ID in the workspace.
{names}let accounts = dynamic([{}]);
union isfuzzy=true SigninLogs, AADNonInteractiveUserSignInLogs
| where UserId in~ (accounts)
| project
    TimeGenerated, UserPrincipalName, IPAddress, AppDisplayName, ResultType, ResultDescription,
    CorrelationId
| order by TimeGenerated desc
",
        ids.join(", ")
    )
}

/// A text as KQL writes it between double quotes, whose escapes are those of JSON.
fn literal(text: &str) -> String {
    Json::from(text).to_string()
}

fn one_line(text: &str) -> String {
    text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect()
}
