//! Approvals: one stage, the first decision counts.

use super::caller::Caller;
use super::change::Change;
use super::due::provision;
use super::error::{Code, ServiceError};
use super::event::{Event, Outcome};
use super::record::{Approval, Request, Review, Status};
use super::world::World;
use pim_model::Family;
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

impl World {
    /// Says whether a caller is one of the approvers, or belongs to a group that is.
    pub(crate) fn is_approver(&self, caller: Uuid, approval: &Approval) -> bool {
        self.identities(caller).iter().any(|id| approval.approvers.contains(id))
    }

    /// Returns the request an approval is about.
    pub(crate) fn request_of(&self, approval: &Approval) -> Option<&Arc<Request>> {
        self.requests(Family::Assignment).get(approval.request)
    }
}

/// Decides an activation.
///
/// Approvers need no role; the requestor cannot decide its own request (*documented*:
/// pim-resource-roles-approval-workflow, read 2026-11).
pub(crate) fn decide(
    change: &mut Change<'_>,
    caller: &Caller,
    name: Uuid,
    review: Review,
    justification: Option<String>,
) -> Result<Arc<Approval>, ServiceError> {
    let world = change.world();
    let not_found = || ServiceError::new(Code::APPROVAL_NOT_FOUND);
    let approval = world.approval(name).cloned().ok_or_else(not_found)?;
    let request = world.request_of(&approval).cloned().ok_or_else(not_found)?;
    let refused = if request.requestor == caller.id || request.principal == caller.id {
        Some(Code::SELF_APPROVAL)
    } else if !world.is_approver(caller.id, &approval) {
        Some(Code::NOT_AN_APPROVER)
    } else if approval.review != Review::NotReviewed || !request.status.is_pending() {
        Some(Code::ALREADY_DECIDED)
    } else {
        None
    };
    let word = if review == Review::Approve { "approved" } else { "denied" };
    let event = |outcome, code: Option<Code>, summary: String| Event {
        time: change.now(),
        caller: Some(caller.id),
        action: "Microsoft.Authorization/roleAssignmentApprovals/stages/write".to_owned(),
        scope: request.scope.clone(),
        outcome,
        code: code.map(|code| code.name.to_owned()),
        summary,
        reason: json!({ "request": request.name, "approval": name }),
    };
    if let Some(code) = refused {
        let event = event(Outcome::Denied, Some(code), code.message.to_owned());
        change.tell(event);
        return Err(ServiceError::new(code));
    }
    if review == Review::NotReviewed {
        let message = "reviewResult must be Approve or Deny.";
        return Err(ServiceError::with(Code::INVALID_BODY, message));
    }
    let event = event(
        Outcome::Allowed,
        None,
        format!("activation {} {word} by {}", request.name, caller.name),
    );
    change.tell(event);
    let decided = Approval {
        review,
        justification,
        reviewed_by: Some(caller.id),
        reviewed_on: Some(change.now()),
        ..Approval::clone(&approval)
    };
    change.put(decided.clone());
    if review == Review::Approve {
        provision(change, &request);
    } else {
        change.put(Request { status: Status::Denied, ..Request::clone(&request) });
    }
    Ok(Arc::new(decided))
}
