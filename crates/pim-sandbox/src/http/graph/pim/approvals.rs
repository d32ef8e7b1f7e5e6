//! Approvals of activations of groups: `stages` in v1.0, `steps` in beta (*documented*:
//! learn.microsoft.com/graph/api/resources/approval, 2026-11).

use super::SETS;
use crate::engine::{Approval, Review, World, approvals};
use crate::http::graph::call::Call;
use crate::http::graph::fault::Fault;
use crate::http::graph::list::Page;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// Answers `/assignmentApprovals`.
pub(super) async fn answer(call: &Call, rest: &[&str]) -> Result<Response, Fault> {
    let set = format!("{SETS}/assignmentApprovals");
    match (&call.method, rest) {
        (&Method::GET, [id]) => {
            let object = call.read(|world, _| {
                let approval = find(call, world, id)?;
                Ok(json!({ "id": approval.name, "stages": [stage(call, world, approval)] }))
            });
            Ok(call.entity(&set, object.await?))
        }
        (&Method::GET, [id, stages @ ("stages" | "steps")]) => {
            let page = call.read(|world, _| {
                let approval = find(call, world, id)?;
                Page::of(call, std::iter::once(stage(call, world, approval)))
            });
            Ok(page.await?.answer(call, &format!("{set}('{id}')/{stages}")))
        }
        (&Method::GET, [id, stages @ ("stages" | "steps"), step]) => {
            let object = call.read(|world, _| {
                let approval = find(call, world, id).and_then(|one| of_stage(one, step))?;
                Ok(stage(call, world, approval))
            });
            Ok(call.entity(&format!("{set}('{id}')/{stages}"), object.await?))
        }
        (&Method::PATCH, [id, "stages" | "steps", step]) => decide(call, id, step).await,
        _ => Err(call.unknown()),
    }
}

async fn decide(call: &Call, id: &str, step: &str) -> Result<Response, Fault> {
    let body = call.json()?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let review = match text("reviewResult") {
        Some(result) if result.eq_ignore_ascii_case("Approve") => Review::Approve,
        Some(result) if result.eq_ignore_ascii_case("Deny") => Review::Deny,
        _ => return Err(Fault::bad_request("The reviewResult must be 'Approve' or 'Deny'.")),
    };
    let justification = text("justification").map(str::to_owned);
    let name = call
        .read(|world, _| {
            find(call, world, id).and_then(|one| of_stage(one, step)).map(|one| one.name)
        })
        .await?;
    let caller = call.caller.clone();
    let decided = call
        .state
        .store
        .write(move |change| approvals::decide(change, &caller, name, review, justification));
    decided.await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Returns an approval that the caller may see: as an approver, or as the one who asked.
fn find<'w>(call: &Call, world: &'w World, id: &str) -> Result<&'w Arc<Approval>, Fault> {
    let approval = Uuid::try_parse(id).ok().and_then(|name| world.approval(name));
    let approval = approval.ok_or_else(|| Fault::no_object(id))?;
    let request = world.request_of(approval);
    let of_group = request.is_some_and(|one| one.scope.starts_with("/groups/"));
    if !of_group {
        return Err(Fault::no_object(id));
    }
    let asked = request.is_some_and(|one| one.requestor == call.caller.id);
    if asked || world.is_approver(call.caller.id, approval) {
        Ok(approval)
    } else {
        Err(Fault::denied())
    }
}

fn of_stage<'w>(approval: &'w Arc<Approval>, stage: &str) -> Result<&'w Arc<Approval>, Fault> {
    match Uuid::try_parse(stage) {
        Ok(name) if name == approval.stage => Ok(approval),
        _ => Err(Fault::no_object(stage)),
    }
}

fn stage(call: &Call, world: &World, approval: &Approval) -> Value {
    let (result, status) = match approval.review {
        Review::NotReviewed => ("NotReviewed", "InProgress"),
        Review::Approve => ("Approve", "Completed"),
        Review::Deny => ("Deny", "Completed"),
    };
    let reviewer = approval.reviewed_by.and_then(|id| world.principal(id));
    json!({
        "id": approval.stage,
        "assignedToMe": world.is_approver(call.caller.id, approval),
        "displayName": Value::Null,
        "justification": approval.justification.as_deref().unwrap_or_default(),
        "reviewResult": result,
        "reviewedDateTime": approval.reviewed_on,
        "status": status,
        "reviewedBy": reviewer.map(|one| json!({
            "id": one.id,
            "displayName": one.display_name,
            "userPrincipalName": one.user_principal_name,
        })),
    })
}
