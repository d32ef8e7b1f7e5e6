//! A change of a role management policy.

use pim_model::policy::{Rule, RuleSettings};
use pim_model::{Policy, Scope};
use serde_json::Value as Json;

use crate::plan::scope_words;

/// A change of a role management policy: whole rules, each replacing the one of its id.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PolicyPlan {
    pub(crate) scope: Scope,
    /// The id of the role definition, as it is seen from the scope.
    pub(crate) role: String,
    /// The role's name, for people to read.
    pub(crate) role_name: Option<String>,
    /// The rules to change.
    pub(crate) rules: Vec<Rule>,
}

impl PolicyPlan {
    pub(crate) const SECOND_RUN: &str = "A second run changes nothing.";
    pub(crate) const SECOND_APPLY: &str = "The name of a policy changes whenever the policy does, so \
         the next apply finds another one and sends the same change again, which changes nothing. The \
         settings stay as they are when the resource is destroyed.";
    pub(crate) const NAME_CHANGES: &str =
        "The name of a policy changes whenever the policy does, so look it up each time.";

    /// The body of the PATCH.
    pub(crate) fn body(&self) -> Json {
        Policy::patch_body(&self.rules)
    }

    /// The API version that knows the rules.
    pub(crate) fn api_version(&self) -> &'static str {
        let is_preview = |rule: &Rule| matches!(rule.settings, RuleSettings::PimOnlyMode(_));
        if self.rules.iter().any(is_preview) { "2024-02-01-preview" } else { "2020-10-01" }
    }

    pub(crate) fn scope_path(&self) -> String {
        match &self.scope {
            Scope::Tenant => String::new(),
            scope => scope.to_string(),
        }
    }

    /// What the change does, in one sentence.
    pub(crate) fn summary(&self) -> String {
        let role = match &self.role_name {
            Some(name) => name.clone(),
            None => format!("role {}", self.role.rsplit('/').next().unwrap_or_default()),
        };
        let scope = scope_words(&self.scope);
        let settings: Vec<_> = self.rules.iter().map(|rule| rule.id.portal()).collect();
        format!("Changes the settings of {role} on {scope}:\n  - {}", settings.join("\n  - "))
    }
}
