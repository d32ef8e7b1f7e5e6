//! Holding requests against policies.

use super::RequestOptions;
use super::wording::nothing;
use crate::answer::Failure;
use crate::finding::{Finding, findings};
use pim_model::{Failure as Fault, Model, Policy, Timestamp, check, scope_finding};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// What request and policy do not say about themselves.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "an object")]
pub struct JudgeOptions {
    /// What holds for the request.
    pub request: RequestOptions,
}

/// What a policy says to one request.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// The names that lead to the request; empty for the whole document.
    pub path: String,
    /// Whether the policy lets it through, once its sender meets what is asked; `null` where none of
    /// the policies is that of its role.
    pub legal: Option<bool>,
    /// The error Azure answers with, if the request breaks a rule.
    pub azure_message: Option<String>,
    /// Every rule that fails or asks something of the sender.
    pub failures: Vec<PolicyFailure>,
    /// The nearest request that the policy allows, if this one breaks a rule.
    pub nearest: Option<NearestRequest>,
    /// The same as findings, with places in the text of the request.
    pub findings: Vec<Finding>,
}

/// A rule of the policy that a request breaks, or that asks something of its sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PolicyFailure {
    /// Azure's name of it.
    pub rule: String,
    /// Whether the request itself breaks it.
    pub in_request: bool,
    /// The rule of the policy.
    pub policy_rule: String,
    /// The field of the request, below `properties`.
    pub field: String,
    /// What the policy asks for.
    pub limit: String,
    /// What the request has.
    pub value: String,
}

/// The nearest request that a policy allows.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NearestRequest {
    /// The whole request.
    #[tsify(type = "Record<string, unknown>")]
    pub request: serde_json::Value,
    /// What changes, as a JSON merge patch of the body.
    #[tsify(type = "Record<string, unknown>")]
    pub patch: serde_json::Value,
    /// The fields that only a person can fill, and that hold a placeholder until then.
    pub to_fill: Vec<String>,
}

/// Holds every request of a document against the policies of another.
///
/// # Errors
///
/// A document without requests or without policies, and options that cannot be read.
pub fn judge(
    request: &str,
    policy: &str,
    options: &JudgeOptions,
    now: Timestamp,
) -> Result<Vec<Judged>, Failure> {
    let model = options.request.model(now)?;
    let now = options.request.now(now)?;
    let of_policy = check(policy, &pim_model::Options { scope: None, ..model.clone() });
    let policies: Vec<Policy> = of_policy
        .items
        .into_iter()
        .filter_map(|item| match item.model {
            Model::Policy(policy) => Some(*policy),
            _ => None,
        })
        .collect();
    if policies.is_empty() {
        return Err(nothing("role management policy", policy, &of_policy.diagnostics));
    }
    let loaded = check(request, &model);
    let mut judged = Vec::new();
    for item in &loaded.items {
        let Model::Request(asked) = &item.model else { continue };
        let Some(policy) = Policy::met_by(asked, &policies) else {
            judged.push(Judged {
                path: item.path.clone(),
                legal: None,
                azure_message: None,
                failures: Vec::new(),
                nearest: None,
                findings: Vec::new(),
            });
            continue;
        };
        let verdict = pim_model::judge(asked, policy, now);
        let mut found = verdict.diagnostics(item);
        found.extend(scope_finding(asked, policy, item));
        judged.push(Judged {
            path: item.path.clone(),
            legal: Some(verdict.is_legal()),
            azure_message: verdict.azure_message(),
            failures: verdict.failures.iter().map(failure).collect(),
            nearest: verdict.nearest.as_ref().map(|nearest| NearestRequest {
                request: nearest.request.to_document(),
                patch: nearest.patch.clone(),
                to_fill: nearest.to_fill.iter().map(ToString::to_string).collect(),
            }),
            findings: findings(request, &found),
        });
    }
    if judged.is_empty() {
        return Err(nothing("schedule request", request, &loaded.diagnostics));
    }
    Ok(judged)
}

fn failure(fault: &Fault) -> PolicyFailure {
    PolicyFailure {
        rule: fault.fault.as_str().to_owned(),
        in_request: fault.fault.is_in_request(),
        policy_rule: fault.policy_rule.to_string(),
        field: fault.field.to_owned(),
        limit: fault.limit.clone(),
        value: fault.value.clone(),
    }
}
