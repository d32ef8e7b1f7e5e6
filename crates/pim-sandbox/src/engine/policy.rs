//! Role management policies: what they are until somebody changes them, and how they are changed.

use super::authorization::{ASSIGN, Grounds, Question, Refusal};
use super::caller::Caller;
use super::change::Change;
use super::decision::tell;
use super::error::{Code, ServiceError};
use super::record::{MEMBER, OWNER, RolePolicy};
use super::world::{ScopeKey, World};
use diagnostics::Severity;
use pim_model::policy::{
    Approval, AuthenticationContext, Enabled, Expires, Notification, NotificationLevel, Recipient,
    Rule, RuleId, RuleSettings,
};
use pim_model::{Casing, Duration, Model, Options, Policy};
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// How many rules a `PATCH` may have; a policy has eighteen.
const MAX_RULES: usize = 100;

/// What is wrong with a policy and what Azure takes all the same: approval without approvers, after
/// which nobody can activate (*observed*: audit trails, read 2026-11).
const ACCEPTED: &[&str] = &["pim-approval-without-approver"];

/// The settings of a role at a scope, changed or not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PolicyView {
    pub(crate) name: Uuid,
    pub(crate) scope: String,
    pub(crate) role: Uuid,
    /// Set once somebody changed it.
    pub(crate) changed: Option<Arc<RolePolicy>>,
}

impl PolicyView {
    /// Returns the rules as the wire has them.
    pub(crate) fn rules(&self) -> &[Value] {
        match &self.changed {
            Some(changed) => &changed.rules,
            None => default_rules(),
        }
    }

    /// Returns the policy as requests are held against it.
    pub(crate) fn policy(&self) -> Arc<Policy> {
        static DEFAULT: OnceLock<Arc<Policy>> = OnceLock::new();
        let read = self.changed.as_ref().map_or(&DEFAULT, |changed| &changed.read);
        Arc::clone(read.get_or_init(|| Arc::new(read_rules(self.rules()).unwrap_or_default())))
    }
}

impl World {
    /// Returns the policy of a role at a scope. There always is one.
    pub(crate) fn policy(&self, scope: &str, role: Uuid) -> PolicyView {
        let key = ScopeKey::of(scope);
        match self.changed_policy(&key, role) {
            Some(changed) => view(changed),
            None => PolicyView {
                name: default_name(&key, role),
                scope: scope.to_owned(),
                role,
                changed: None,
            },
        }
    }

    /// Returns the policy of a name at a scope.
    pub(crate) fn policy_named(&self, scope: &str, name: Uuid) -> Option<PolicyView> {
        let key = ScopeKey::of(scope);
        if let Some(changed) = self.policy_by_name(name) {
            return (ScopeKey::of(&changed.scope) == key).then(|| view(changed));
        }
        // The name of a default is the role's, masked with the scope's.
        let role = default_name(&key, name);
        if ![MEMBER, OWNER].contains(&role) {
            self.role(role)?;
        }
        self.changed_policy(&key, role).is_none().then(|| self.policy(scope, role))
    }
}

fn view(changed: &Arc<RolePolicy>) -> PolicyView {
    PolicyView {
        name: changed.name,
        scope: changed.scope.clone(),
        role: changed.role,
        changed: Some(Arc::clone(changed)),
    }
}

/// Returns the name of a policy that nobody changed; applied to that name it returns the role.
fn default_name(scope: &ScopeKey, role: Uuid) -> Uuid {
    let mask = Uuid::new_v5(&Uuid::NAMESPACE_URL, scope.as_str().as_bytes());
    Uuid::from_u128(mask.as_u128() ^ role.as_u128())
}

/// The rules of a policy that nobody changed.
///
/// There is no official table. *Observed* (read 2026-11): no permanent assignments
/// (terraform-provider-azurerm issue 22766), a year for eligible ones (bicep-types-az issue 1955),
/// a justification for active ones. The rest is *assumed*: half a year for active ones, eight hours
/// and a justification for activations, neither approval nor MFA nor ticket.
pub(crate) fn default_rules() -> &'static [Value] {
    static RULES: OnceLock<Vec<Value>> = OnceLock::new();
    RULES.get_or_init(|| {
        let expires = |duration| {
            RuleSettings::Expiration(Expires {
                is_expiration_required: true,
                maximum_duration: Some(duration),
            })
        };
        let enabled = |justification| {
            RuleSettings::Enablement(Enabled { justification, ..Enabled::default() })
        };
        let mail = |recipient| {
            RuleSettings::Notification(Notification {
                recipient_type: recipient,
                notification_level: NotificationLevel::All,
                is_default_recipients_enabled: true,
                notification_recipients: (recipient != Recipient::Approver).then(Vec::new),
            })
        };
        let context = RuleSettings::AuthenticationContext(AuthenticationContext::default());
        RuleId::ALL
            .iter()
            .filter_map(|id| {
                let settings = match id {
                    RuleId::ExpirationAdminEligibility => expires(Duration::days(365)),
                    RuleId::ExpirationAdminAssignment => expires(Duration::days(180)),
                    RuleId::ExpirationEndUserAssignment => expires(Duration::hours(8)),
                    RuleId::EnablementAdminEligibility => enabled(false),
                    RuleId::EnablementAdminAssignment | RuleId::EnablementEndUserAssignment => {
                        enabled(true)
                    }
                    RuleId::AuthenticationContextEndUserAssignment => context.clone(),
                    RuleId::ApprovalEndUserAssignment => {
                        RuleSettings::Approval(Approval::default())
                    }
                    other => mail(other.recipient()?),
                };
                Some(Rule::new(id.clone(), settings)?.to_json(Casing::Arm))
            })
            .collect()
    })
}

/// Reads rules that were written by [`Rule::to_json`] or checked by [`change`].
fn read_rules(rules: &[Value]) -> Option<Policy> {
    let text = json!({ "properties": { "rules": rules } }).to_string();
    let loaded = pim_model::check(&text, &Options::default());
    loaded.items.into_iter().find_map(|item| match item.model {
        Model::Policy(policy) => Some(*policy),
        _ => None,
    })
}

/// Returns what Azure refuses in rules: the id of the finding, and its words.
pub(crate) fn faults(rules: &[Value]) -> Vec<(String, String)> {
    let text = json!({ "properties": { "rules": rules } }).to_string();
    let found = pim_model::check(&text, &Options::default()).diagnostics;
    let refused = found
        .into_iter()
        .filter(|found| found.severity == Severity::Error && !ACCEPTED.contains(&&*found.id));
    refused.map(|found| (found.id.into_owned(), found.message)).collect()
}

/// Changes rules of a policy: each one sent replaces the one of its id as a whole, the others stay
/// (*documented*: role management policies API 2020-10-01, example PatchPartialRoleManagementPolicy,
/// read 2026-11). The name changes (*observed*: terraform-provider-azurerm, read 2026-11).
pub(crate) fn change(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    name: Uuid,
    body: &Value,
) -> Result<PolicyView, ServiceError> {
    let changed = replace(change, caller, scope, name, body);
    let action = "Microsoft.Authorization/roleManagementPolicies/write";
    let world = change.world();
    let role = changed.as_ref().ok().and_then(|(view, _)| world.role(view.role));
    let role = role.map_or_else(|| name.to_string(), |role| role.name().to_owned());
    tell(change, caller, action, scope, &format!("policy of {role} changed"), changed)
}

fn replace(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    name: Uuid,
    body: &Value,
) -> Result<(PolicyView, Grounds), Box<Refusal>> {
    let invalid = || ServiceError::new(Code::INVALID_POLICY);
    let grounds = may_change(change.world(), caller, scope, name)?;
    let old = change
        .world()
        .policy_named(scope, name)
        .ok_or(ServiceError::new(Code::POLICY_NOT_FOUND))?;
    let sent = body.pointer("/properties/rules").and_then(Value::as_array).ok_or_else(invalid)?;
    if sent.is_empty() || sent.len() > MAX_RULES {
        return Err(invalid().into());
    }
    let mut rules = old.rules().to_vec();
    for rule in sent {
        let id = rule.get("id").and_then(Value::as_str).ok_or_else(invalid)?;
        let place = rules.iter_mut().find(|old| old.get("id").and_then(Value::as_str) == Some(id));
        let target = rule.get("target").filter(|target| target.is_object());
        match place {
            Some(place) if target.is_some() => *place = rule.clone(),
            None if target.is_some() && id == RuleId::PimOnlyModeAdminAssignment.as_str() => {
                rules.push(rule.clone());
            }
            _ => return Err(invalid().into()),
        }
    }
    let refused = faults(&rules);
    let refused: Vec<&str> = refused.iter().map(|(id, _)| id.as_str()).collect();
    match refused.as_slice() {
        [] => {}
        ["pim-mfa-and-context"] => {
            return Err(ServiceError::new(Code::MFA_AND_ACRS_CONFLICT).into());
        }
        _ => return Err(invalid().into()),
    }
    change.put(RolePolicy {
        name: Uuid::new_v4(),
        scope: old.scope,
        role: old.role,
        rules,
        modified_on: change.now(),
        modified_by: Some(caller.id),
        read: OnceLock::new(),
    });
    Ok((change.world().policy(scope, old.role), grounds))
}

/// Refuses a caller who may not set the settings of roles. `roleAssignments/write` is *documented*
/// (privileged-role-policy-rest-sample, read 2026-11). No attribute of a condition describes the
/// change, so whoever holds the permission under a condition about roles is refused.
fn may_change(
    world: &World,
    caller: &Caller,
    scope: &str,
    name: Uuid,
) -> Result<Grounds, Box<Refusal>> {
    let key = ScopeKey::of(scope);
    let target = format!(
        "{}/providers/Microsoft.Authorization/roleManagementPolicies/{name}",
        scope.trim_end_matches('/')
    );
    world.authorize(caller, &Question::plain(ASSIGN, &key, &target))
}
