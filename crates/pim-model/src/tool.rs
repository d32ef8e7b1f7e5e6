//! The pitfalls of the tools that deploy requests and policies.

use crate::policy::{Policy, RuleId};
use crate::request::{GroupRequest, ScheduleRequest};
use crate::request_type::{Family, RequestType};
use crate::schedule::Expiration;

/// What sends a request or a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tool {
    /// Bicep or an ARM template.
    Template,
    /// Terraform with azurerm.
    Azurerm,
    /// Terraform with azapi.
    Azapi,
    /// Azure PowerShell.
    PowerShell,
    /// `az rest`, or the bare call.
    Rest,
}

impl Tool {
    /// Every tool.
    pub const ALL: [Self; 5] =
        [Self::Template, Self::Azurerm, Self::Azapi, Self::PowerShell, Self::Rest];

    /// Returns its name: `azurerm`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Azurerm => "azurerm",
            Self::Azapi => "azapi",
            Self::PowerShell => "powershell",
            Self::Rest => "rest",
        }
    }

    /// Returns the tool of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.as_str() == name)
    }
}

/// What a tool is asked to send.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'s> {
    /// A schedule request.
    Request(&'s ScheduleRequest),
    /// A PIM for Groups request.
    Group(&'s GroupRequest),
    /// A policy.
    Policy(&'s Policy),
}

/// A pitfall of a tool that a request or policy runs into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hazard {
    /// The rule.
    pub id: &'static str,
    /// What is wrong.
    pub message: &'static str,
    /// What to do.
    pub help: &'static str,
}

const fn hazard(id: &'static str, message: &'static str, help: &'static str) -> Hazard {
    Hazard { id, message, help }
}

/// Returns the pitfalls a request or policy runs into with a tool.
#[must_use]
pub fn hazards(tool: Tool, subject: &Subject<'_>) -> Vec<Hazard> {
    match subject {
        Subject::Request(request) => of_request(tool, request),
        Subject::Group(_) => Vec::new(),
        Subject::Policy(policy) => of_policy(tool, policy),
    }
}

fn of_request(tool: Tool, request: &ScheduleRequest) -> Vec<Hazard> {
    let mut found = Vec::new();
    let declarative = matches!(tool, Tool::Template | Tool::Azurerm | Tool::Azapi);
    if declarative && request.request_type.is_self() {
        found.push(hazard(
            "pim-self-in-template",
            "the request is for the one who deploys, who is seldom the one meant",
            "send it with `az rest` as the user who holds the role",
        ));
    }
    let assigns = request.request_type == RequestType::AdminAssign;
    if tool == Tool::Azapi {
        found.push(hazard(
            "pim-no-delete",
            "destroying the resource sends a `DELETE`, and requests have none",
            "send a new request with `AdminRemove`, or use azurerm, which does",
        ));
        found.push(hazard(
            "pim-requests-vanish",
            "Azure forgets requests after about 45 days, and the state of azapi hangs on them",
            "use azurerm, which looks for the schedule",
        ));
    }
    if tool == Tool::Azurerm && assigns {
        let ends = request
            .schedule_info
            .is_some_and(|schedule| schedule.expiration != Expiration::NoExpiration);
        if ends {
            found.push(hazard(
                "pim-state-expires",
                "once the assignment has ended, the next apply fails or makes it again",
                "take the resource from the state when the assignment has ended",
            ));
        }
        if request.family == Family::Assignment && request.condition.is_some() {
            found.push(hazard(
                "pim-terraform-active-condition",
                "`azurerm_pim_active_role_assignment` takes no condition",
                "use `azapi_resource`, or make the principal eligible with the condition",
            ));
        }
        found.push(hazard(
            "pim-terraform-import-id",
            "an assignment that is there is imported by what it is, not by a request",
            "import `{scope}|{roleDefinitionId}|{principalId}`",
        ));
    }
    found
}

fn of_policy(tool: Tool, policy: &Policy) -> Vec<Hazard> {
    let mut found = Vec::new();
    match tool {
        Tool::Template => found.push(hazard(
            "pim-policy-in-template",
            "role management policies cannot be deployed from a template",
            "send a `PATCH` with `az rest`, or use `azurerm_role_management_policy`",
        )),
        Tool::Azurerm => {
            let active = [RuleId::ExpirationAdminAssignment, RuleId::EnablementAdminAssignment];
            if active.iter().any(|id| policy.rule(id).is_some()) {
                found.push(hazard(
                    "pim-terraform-first-apply",
                    "the first apply leaves out `active_assignment_rules`",
                    "apply twice, and look at the policy afterwards",
                ));
            }
            if policy.authentication_context().is_some_and(|context| !context.is_enabled) {
                found.push(hazard(
                    "pim-terraform-policy-drift",
                    "azurerm cannot turn an authentication context off, and may show changes nobody \
                     made",
                    "turn it off with `az rest`, and pin the version of the provider",
                ));
            }
        }
        Tool::PowerShell => found.push(hazard(
            "pim-powershell-policy",
            "the typed objects of the cmdlet's documentation fail in current versions of Az",
            "give the rules as text, with `-JsonString` of `Update-AzRoleManagementPolicy`",
        )),
        Tool::Azapi | Tool::Rest => {}
    }
    found
}
