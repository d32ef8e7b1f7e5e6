//! What a request must meet whatever it asks for, and the policy it is held against.

use super::Case;
use crate::engine::authorization::{ASSIGN, Grounds, Question, Refusal};
use crate::engine::error::{Code, ServiceError};
use crate::engine::record::{MEMBER, OWNER};
use crate::engine::world::World;
use abac_eval::Delegation;
use pim_model::{PolicyFault, Scope, judge};
use serde_json::{Value, json};
use uuid::Uuid;

/// Refuses a scope, a role or a principal that is not there.
pub(super) fn target(world: &World, case: &Case<'_>) -> Result<(), ServiceError> {
    if let Some(group) = case.sent.scope.strip_prefix("/groups/") {
        let known = Uuid::try_parse(group).is_ok_and(|id| world.principal(id).is_some());
        if !known || ![MEMBER, OWNER].contains(&case.role) {
            return Err(ServiceError::new(Code::ROLE_NOT_FOUND));
        }
    } else {
        scope_exists(world, &case.sent.scope)?;
        let role = world.role(case.role).ok_or(ServiceError::new(Code::ROLE_NOT_FOUND))?;
        if !world.is_assignable(&role, &case.scope) {
            return Err(ServiceError::new(Code::SCOPE_DOES_NOT_MATCH));
        }
    }
    match world.principal(case.principal()) {
        Some(_) => Ok(()),
        None => Err(ServiceError::new(Code::SUBJECT_NOT_FOUND)),
    }
}

/// Refuses a scope that is not there, as Azure Resource Manager words it.
pub(crate) fn scope_exists(world: &World, id: &str) -> Result<(), ServiceError> {
    let missing = |code, message: String| Err(ServiceError::with(code, message));
    let scope: Scope = match id.parse() {
        Ok(scope) => scope,
        Err(error) => {
            return missing(Code::INVALID_SCOPE, format!("The scope '{id}' is invalid: {error}."));
        }
    };
    let exists = |scope: &Scope| world.container(&scope.into()).is_some();
    if let Some(subscription) = scope.subscription_id()
        && !exists(&Scope::subscription(subscription))
    {
        let message = format!("The subscription '{subscription}' could not be found.");
        return missing(Code::SUBSCRIPTION_NOT_FOUND, message);
    }
    if let (Some(subscription), Some(group)) =
        (scope.subscription_id(), scope.resource_group_name())
        && !exists(&Scope::resource_group(subscription, group))
    {
        let message = format!("Resource group '{group}' could not be found.");
        return missing(Code::RESOURCE_GROUP_NOT_FOUND, message);
    }
    if scope != Scope::Tenant && !exists(&scope) {
        let message = format!("The resource '{scope}' was not found.");
        return missing(Code::RESOURCE_NOT_FOUND, message);
    }
    Ok(())
}

/// Asks whether the caller may give the role, or take it.
///
/// Azure asks for `roleAssignments/write` of every administrator's request (*documented*:
/// privileged-role-assignment-rest-sample, read 2026-11). The condition of the caller's own
/// assignment sees the role assignment that the request makes or ends (*assumed*), without a
/// principal type, since such a request cannot say one: that constrained callers are refused is
/// *observed* (terraform-provider-azurerm issue 28067, read 2026-11).
pub(super) fn may_administer(
    world: &World,
    case: &Case<'_>,
    takes_away: bool,
) -> Result<Grounds, Box<Refusal>> {
    let delegation = Delegation {
        role: Some(case.role),
        principal: Some(case.principal()),
        principal_type: None,
    };
    let access = if takes_away { delegation.delete() } else { delegation.write() };
    let target = format!(
        "{}/providers/Microsoft.Authorization/{}/{}",
        case.sent.scope.trim_end_matches('/'),
        case.sent.body.family.request_kind(),
        case.sent.name
    );
    let question = Question { permission: ASSIGN, access, scope: &case.scope, target: &target };
    world.authorize(case.caller, &question)
}

/// Holds a request against the policy of its role at a scope. Says whether it must be approved.
///
/// `eligible` is whether the caller is eligible at all, which is one more rule of Azure's list.
pub(super) fn policy(
    world: &World,
    case: &Case<'_>,
    scope: &str,
    eligible: bool,
) -> Result<bool, Box<Refusal>> {
    let view = world.policy(scope, case.role);
    let policy = view.policy();
    let verdict = judge(&case.sent.body, &policy, case.now);
    let mut failed: Vec<&str> = if eligible { Vec::new() } else { vec!["EligibilityRule"] };
    let mut context = None;
    let mut approval = false;
    let mut limits = Vec::new();
    for failure in &verdict.failures {
        let fails = match failure.fault {
            PolicyFault::MfaRule => !case.caller.mfa,
            PolicyFault::AcrsRule => {
                let claim = policy.authentication_context().map(|one| one.claim_value.as_str());
                let has = |claim: &str| {
                    case.caller.authentication_contexts.iter().any(|one| one == claim)
                };
                context = claim.filter(|claim| !has(claim));
                false
            }
            PolicyFault::ApprovalRule => {
                approval = true;
                false
            }
            _ => true,
        };
        if fails {
            failed.push(failure.fault.as_str());
            limits.push(json!({
                "rule": failure.fault.as_str(),
                "policyRule": failure.policy_rule.as_str(),
                "asksFor": failure.limit,
                "found": failure.value,
            }));
        }
    }
    let reason =
        |rules: Value| json!({ "policy": view.name, "policyScope": view.scope, "failed": rules });
    if !failed.is_empty() {
        let names: Vec<String> = failed.iter().map(|name| format!("\"{name}\"")).collect();
        let message = format!("The following policy rules failed: [{}]", names.join(","));
        let error = ServiceError::with(Code::POLICY_VALIDATION_FAILED, message);
        let mut rules = limits;
        if !eligible {
            rules.insert(0, json!({ "rule": "EligibilityRule", "found": "no current eligibility for this role here" }));
        }
        return Err(Box::new(Refusal { error, reason: reason(json!(rules)) }));
    }
    if let Some(claim) = context {
        let rules = json!([{ "rule": "AcrsRule", "asksFor": claim }]);
        return Err(Box::new(Refusal { error: needs_context(claim), reason: reason(rules) }));
    }
    Ok(approval)
}

/// The claims challenge, as clients look for it (*observed*: doitpshway.com, read 2026-11).
fn needs_context(claim: &str) -> ServiceError {
    let message = format!(
        "The role assignment request requires an authentication context. \
         claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22{claim}%22%7D%7D%7D"
    );
    ServiceError::with(Code::ACRS_VALIDATION_FAILED, message)
}
