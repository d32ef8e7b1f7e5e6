//! Approvals of activations.

use super::{Call, Filter, at, by_id, filtered, nothing, reader, version};
use crate::answer::{self, Page, Stage, Unreadable};
use crate::http::{HttpRequest, Method};
use pim_model::Scope;
use serde_json::{Value, json};

/// What an approver says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Yes.
    Approve,
    /// No.
    Deny,
}

impl Decision {
    /// Returns the word of the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
        }
    }
}

fn id(item: &Value) -> Result<String, Unreadable> {
    let id = item.get("id").and_then(Value::as_str);
    id.map(str::to_owned).ok_or_else(|| Unreadable("it is no approval".to_owned()))
}

/// Lists the ids of approvals.
#[must_use]
pub fn approvals(scope: &Scope, filter: &Filter) -> Call<Page<String>> {
    let path = filtered(at(scope, "roleAssignmentApprovals", version::APPROVALS), filter);
    Call::new(HttpRequest::get(path), reader!(page id))
}

/// Lists the stages of an approval, by its whole id; Azure resources have one (*documented*:
/// pim-resource-roles-approval-workflow, read 2026-11).
#[must_use]
pub fn approval_stages(approval: &str) -> Call<Page<Stage>> {
    let path = by_id(approval, "/stages", version::APPROVALS);
    Call::new(HttpRequest::get(path), reader!(page answer::stage))
}

/// Decides a stage, by its whole id.
#[must_use]
pub fn decide_stage(stage: &str, decision: Decision, justification: &str) -> Call<()> {
    let body = json!({ "properties": properties(decision, justification) });
    decide(stage, body)
}

/// Decides a stage with the body that the API's description has, which is not what its example
/// has; for a service that refuses the other.
#[must_use]
pub fn decide_stage_unwrapped(stage: &str, decision: Decision, justification: &str) -> Call<()> {
    decide(stage, properties(decision, justification))
}

fn properties(decision: Decision, justification: &str) -> Value {
    json!({ "reviewResult": decision.as_str(), "justification": justification })
}

fn decide(stage: &str, body: Value) -> Call<()> {
    let path = by_id(stage, "", version::APPROVALS);
    Call::new(HttpRequest::with_body(Method::Patch, path, body), nothing)
}
