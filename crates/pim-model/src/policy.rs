//! Role management policies: the settings of a role at a scope.

mod approval;
pub mod baseline;
mod code;
mod compare;
mod describe;
mod lint;
mod read;
mod rule;
mod rule_id;

pub use approval::{Approval, ApprovalMode, ApprovalStage, Approver, ApproverType};
pub use compare::{Change, EditError};
pub use describe::Setting;
pub use rule::{
    AuthenticationContext, Enabled, Expires, Notification, NotificationLevel, PimOnlyMode,
    Requirement, Rule, RuleSettings, Target,
};
pub use rule_id::{Caller, Level, PolicyOperation, Recipient, RuleId, RuleKind};

pub(crate) use read::read;

use crate::judge::scope_differs;
use crate::request::ScheduleRequest;
use crate::request_type::Casing;
use crate::scope::Scope;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A role management policy, as `GET` answers it.
///
/// There is one for every role at every scope, and none is inherited (*documented*:
/// pim-resource-roles-configure-role-settings, read 2026-11).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Policy {
    /// The whole id; its name changes with updates (*observed*: terraform-provider-azurerm, read
    /// 2026-11), so look it up each time.
    pub id: Option<String>,
    /// The name, a GUID.
    pub name: Option<String>,
    /// The scope whose policy it is.
    pub scope: Option<Scope>,
    /// The name people see.
    pub display_name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it is the default of the organisation.
    pub is_organization_default: Option<bool>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// The rules that hold, as Azure worked them out; read-only.
    pub effective_rules: Vec<Rule>,
    /// Fields that were read and are not written.
    pub other: Map<String, Value>,
}

impl Policy {
    /// Returns the rule of an id: of `rules`, or else of `effective_rules`.
    #[must_use]
    pub fn rule(&self, id: &RuleId) -> Option<&Rule> {
        self.rules.iter().chain(&self.effective_rules).find(|rule| rule.id == *id)
    }

    /// Returns the rule of an id to change it, after taking it from `effective_rules` if it stands
    /// only there.
    pub fn rule_mut(&mut self, id: &RuleId) -> Option<&mut Rule> {
        if !self.rules.iter().any(|rule| rule.id == *id) {
            let rule = self.effective_rules.iter().find(|rule| rule.id == *id)?.clone();
            self.rules.push(rule);
        }
        self.rules.iter_mut().find(|rule| rule.id == *id)
    }

    /// Returns the role it is of, where the answer it was read from tells.
    #[must_use]
    pub fn role(&self) -> Option<Uuid> {
        let id = self.other.get("roleDefinitionId")?.as_str()?;
        id.rsplit('/').next()?.parse().ok()
    }

    /// Returns the policy that a request will meet: the only one, or that of its role and scope.
    #[must_use]
    pub fn met_by<'p>(request: &ScheduleRequest, policies: &'p [Self]) -> Option<&'p Self> {
        if let [only] = policies {
            return Some(only);
        }
        let role = request.role_definition_id.guid;
        let of_role = || policies.iter().filter(move |policy| policy.role() == Some(role));
        of_role().find(|policy| !scope_differs(request, policy)).or_else(|| of_role().next())
    }

    /// Returns an expiration rule.
    #[must_use]
    pub fn expiration(&self, id: &RuleId) -> Option<&Expires> {
        match &self.rule(id)?.settings {
            RuleSettings::Expiration(settings) => Some(settings),
            _ => None,
        }
    }

    /// Returns an enablement rule.
    #[must_use]
    pub fn enablement(&self, id: &RuleId) -> Option<&Enabled> {
        match &self.rule(id)?.settings {
            RuleSettings::Enablement(settings) => Some(settings),
            _ => None,
        }
    }

    /// Returns the approval rule of activations.
    #[must_use]
    pub fn approval(&self) -> Option<&Approval> {
        match &self.rule(&RuleId::ApprovalEndUserAssignment)?.settings {
            RuleSettings::Approval(settings) => Some(settings),
            _ => None,
        }
    }

    /// Returns the authentication context rule of activations.
    #[must_use]
    pub fn authentication_context(&self) -> Option<&AuthenticationContext> {
        match &self.rule(&RuleId::AuthenticationContextEndUserAssignment)?.settings {
            RuleSettings::AuthenticationContext(settings) => Some(settings),
            _ => None,
        }
    }

    /// Returns the body of a `PATCH` with some rules, each of them whole: Azure keeps the others
    /// and replaces these (*documented*: role management policies API 2020-10-01, example
    /// PatchPartialRoleManagementPolicy, read 2026-11).
    #[must_use]
    pub fn patch_body<'r>(rules: impl IntoIterator<Item = &'r Rule>) -> Value {
        let rules: Vec<Value> = rules.into_iter().map(|rule| rule.to_json(Casing::Arm)).collect();
        json!({ "properties": { "rules": rules } })
    }

    /// Returns the policy as a `PATCH` of all its rules.
    #[must_use]
    pub fn to_json(&self) -> Value {
        Self::patch_body(&self.rules)
    }
}
