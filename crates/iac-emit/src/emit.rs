//! From a request to the file that deploys it.

use pim_model::policy::Rule;
use pim_model::{
    Family, GroupRequest, Model, RoleAssignment, RoleDefinitionId, ScheduleRequest, Scope,
};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::error::EmitError;
use crate::generator::{
    arm, az_rest, az_rest_powershell, az_role_assignment, azapi, azuread, azurerm, azurerm_policy,
    bicep, graph, powershell, rest,
};
use crate::group::GroupPlan;
use crate::plan::{Kind, Plan};
use crate::policy::PolicyPlan;
use crate::target::{Carried, Target};
use crate::wording;

/// What is to be deployed.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A schedule request for the role of an Azure resource.
    Schedule(ScheduleRequest),
    /// A schedule request of PIM for Groups.
    Group(GroupRequest),
    /// A plain role assignment.
    Assignment(RoleAssignment),
    /// A change of a role management policy.
    Policy(PolicyChange),
}

impl From<ScheduleRequest> for Input {
    fn from(request: ScheduleRequest) -> Self {
        Self::Schedule(request)
    }
}

impl From<GroupRequest> for Input {
    fn from(request: GroupRequest) -> Self {
        Self::Group(request)
    }
}

impl From<RoleAssignment> for Input {
    fn from(assignment: RoleAssignment) -> Self {
        Self::Assignment(assignment)
    }
}

impl From<PolicyChange> for Input {
    fn from(change: PolicyChange) -> Self {
        Self::Policy(change)
    }
}

impl Input {
    /// Makes it of what was read. `scope` and `role` are those that the text does not tell.
    ///
    /// # Errors
    /// What is missing, or that nothing can be deployed.
    pub fn of(model: Model, scope: Option<Scope>, role: Option<Uuid>) -> Result<Self, InputError> {
        Ok(match model {
            Model::Request(mut request) => {
                request.scope = request.scope.or(scope);
                Self::Schedule(*request)
            }
            Model::RoleAssignment(mut assignment) => {
                assignment.scope = assignment.scope.or(scope);
                Self::Assignment(*assignment)
            }
            Model::Group(request) => Self::Group(*request),
            Model::Policy(policy) => {
                let scope = scope.or(policy.scope).ok_or(InputError::NoScope)?;
                let role = role.ok_or(InputError::NoRole)?;
                let role_definition_id = RoleDefinitionId::seen_from(&scope, role);
                Self::Policy(PolicyChange { scope, role_definition_id, rules: policy.rules })
            }
            _ => return Err(InputError::NotDeployed),
        })
    }
}

/// Why something that was read is nothing to deploy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// A policy without its scope.
    #[error("the policy does not say where it holds")]
    NoScope,
    /// A policy without its role.
    #[error("the policy does not say whose role it is")]
    NoRole,
    /// What Azure only answers.
    #[error("nothing can be written for this")]
    NotDeployed,
}

/// A change of the role management policy of a role at a scope: whole rules, each replacing the one
/// of its id; the others stay.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyChange {
    /// Where the policy holds.
    pub scope: Scope,
    /// The role whose policy it is.
    pub role_definition_id: RoleDefinitionId,
    /// The rules to change.
    pub rules: Vec<Rule>,
}

/// What else to know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The name of the role, for the remark above the snippet.
    pub role_name: Option<String>,
    /// The cloud, for targets that spell out an address.
    pub cloud: Cloud,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emitted {
    /// The text, which ends with a line break.
    pub text: String,
    /// What the reader should know besides, one sentence each.
    pub notes: Vec<String>,
}

/// Writes a request for a target. A name that the request has is kept; without one, each submission
/// takes a new name.
///
/// # Errors
/// [`EmitError::Refused`] when the target cannot carry it, with the reason and the targets that can.
///
/// ```
/// use iac_emit::{EmitError, Options, Target, emit};
/// use pim_model::{Family, RequestType, ScheduleRequest, Scope};
/// use uuid::Uuid;
///
/// let (role, principal) = (Uuid::from_u128(1), Uuid::from_u128(2));
/// let scope = Scope::subscription(Uuid::from_u128(3));
/// let activate = RequestType::SelfActivate;
/// let request = ScheduleRequest::new(Family::Assignment, activate, scope, role, principal);
///
/// let error = emit(request.clone(), Target::Bicep, &Options::default()).unwrap_err();
/// assert!(matches!(error, EmitError::Refused { instead, .. } if instead[0] == Target::AzRest));
///
/// let script = emit(request, Target::AzRest, &Options::default()).unwrap();
/// assert!(script.text.contains("az rest --method put"));
/// ```
#[cfg(feature = "unicode-normalization")]
pub fn emit(
    input: impl Into<Input>,
    target: Target,
    options: &Options,
) -> Result<Emitted, EmitError> {
    emit_with(input, target, options, unicode_normalization::is_nfc)
}

/// Writes a request for a target, as [`emit`] does, where the caller knows whether a text is in
/// Unicode's form NFC.
///
/// # Errors
/// As of [`emit`].
pub fn emit_with(
    input: impl Into<Input>,
    target: Target,
    options: &Options,
    is_nfc: impl FnOnce(&str) -> bool,
) -> Result<Emitted, EmitError> {
    let text = match input.into() {
        Input::Schedule(request) => {
            let plan = Plan::of_request(request, options)?;
            arm_request(plan, target, options)?
        }
        Input::Assignment(assignment) => {
            let plan = Plan::of_assignment(assignment, options)?;
            arm_request(plan, target, options)?
        }
        Input::Group(request) => {
            carry(target, Carried::Group)?;
            let body = match request.to_json() {
                Json::Object(body) => body,
                _ => Map::new(),
            };
            let plan = GroupPlan { is_eligibility: request.family == Family::Eligibility, body };
            match target {
                Target::Azuread => azuread::document(&plan)?.to_string(),
                _ => graph::document(&plan, options.cloud).to_string(),
            }
        }
        Input::Policy(change) => policy(change, target, options)?,
    };
    let notes = notes(&text, target, is_nfc);
    Ok(Emitted { text, notes })
}

fn arm_request(plan: Plan, target: Target, options: &Options) -> Result<String, EmitError> {
    carry(target, plan.carried())?;
    Ok(match target {
        Target::Bicep => bicep::document(&plan).to_string(),
        Target::ArmJson => arm::document(&plan).to_string(),
        Target::Azurerm => azurerm::document(&plan)?.to_string(),
        Target::Azapi => azapi::resource(&plan).to_string(),
        Target::AzapiAction => azapi::action(&plan).to_string(),
        Target::AzRest => az_rest::document(&plan).to_string(),
        Target::AzRestPowershell => az_rest_powershell::document(&plan).to_string(),
        Target::AzRoleAssignmentCreate => az_role_assignment::document(&plan)?.to_string(),
        Target::Powershell => powershell::document(&plan).to_string(),
        Target::Rest => rest::document(&plan, options.cloud).to_string(),
        Target::Azuread | Target::Graph => return Err(refusal(target, plan.carried())),
    })
}

fn policy(change: PolicyChange, target: Target, options: &Options) -> Result<String, EmitError> {
    carry(target, Carried::Policy)?;
    if change.rules.is_empty() {
        return Err(EmitError::Incomplete("the change has no rules".to_owned()));
    }
    let plan = PolicyPlan {
        scope: change.scope,
        role: change.role_definition_id.to_string(),
        role_name: options.role_name.clone(),
        rules: change.rules,
    };
    Ok(match target {
        Target::Azurerm => azurerm_policy::document(&plan)?.to_string(),
        Target::AzapiAction => azapi::policy(&plan).to_string(),
        Target::AzRest => az_rest::policy(&plan).to_string(),
        Target::AzRestPowershell => az_rest_powershell::policy(&plan).to_string(),
        Target::Powershell => powershell::policy(&plan).to_string(),
        Target::Rest => {
            let [find, change] = rest::policy(&plan, options.cloud);
            format!("{find}\n###\n\n{change}")
        }
        _ => return Err(refusal(target, Carried::Policy)),
    })
}

impl Plan {
    pub(crate) fn of_request(
        request: ScheduleRequest,
        options: &Options,
    ) -> Result<Self, EmitError> {
        let properties = request.properties();
        let kind = match request.family {
            Family::Eligibility => Kind::Eligible,
            Family::Assignment => Kind::Active,
        };
        Ok(Self {
            kind,
            scope: known(request.scope)?,
            name: request.name,
            role_name: options.role_name.clone(),
            properties,
        })
    }

    pub(crate) fn of_assignment(
        assignment: RoleAssignment,
        options: &Options,
    ) -> Result<Self, EmitError> {
        let properties = match assignment.to_json() {
            Json::Object(mut body) => match body.remove("properties") {
                Some(Json::Object(properties)) => properties,
                _ => Map::new(),
            },
            _ => Map::new(),
        };
        Ok(Self {
            kind: Kind::Plain,
            scope: known(assignment.scope)?,
            name: assignment.name,
            role_name: options.role_name.clone(),
            properties,
        })
    }
}

fn known(scope: Option<Scope>) -> Result<Scope, EmitError> {
    scope.ok_or_else(|| EmitError::Incomplete("the request has no scope".to_owned()))
}

fn carry(target: Target, carried: Carried) -> Result<(), EmitError> {
    if target.carries().contains(&carried) { Ok(()) } else { Err(refusal(target, carried)) }
}

/// Says why a target cannot carry something, and names those that can: first those of its own kind.
fn refusal(target: Target, carried: Carried) -> EmitError {
    let mut instead: Vec<_> =
        Target::ALL.into_iter().filter(|other| other.carries().contains(&carried)).collect();
    instead.sort_by_key(|other| !target.is_like(*other));
    instead.truncate(3);
    EmitError::Refused {
        target,
        what: carried.title().to_owned(),
        why: wording::why_not(target, carried).to_owned(),
        instead,
    }
}

fn notes(text: &str, target: Target, is_nfc: impl FnOnce(&str) -> bool) -> Vec<String> {
    let mut notes = Vec::new();
    let is_powershell = matches!(target, Target::Powershell | Target::AzRestPowershell);
    if is_powershell && !text.is_ascii() {
        notes.push(
            "Windows PowerShell 5.1 reads a script without a byte-order mark as ANSI: save it as \
             UTF-8 with one, or run it in PowerShell 7."
                .to_owned(),
        );
    }
    let is_terraform =
        matches!(target, Target::Azurerm | Target::Azapi | Target::AzapiAction | Target::Azuread);
    if is_terraform && !is_nfc(text) {
        notes.push(
            "Terraform normalises text to Unicode's form NFC, so that Azure may get other bytes \
             than stand here."
                .to_owned(),
        );
    }
    notes
}
