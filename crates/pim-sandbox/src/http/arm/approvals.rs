//! `roleAssignmentApprovals` and their stages.

use super::call::ArmCall;
use super::list::{Page, behind, filter, size, spans};
use super::{Answered, may_read, render};
use crate::engine::{Caller, Code, Review, ScopeKey, ServiceError, Span, approvals};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::odata::Function;
use axum::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

const READ: &str = "Microsoft.Authorization/roleAssignments/read";

/// What an approver says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    review_result: Review,
    #[serde(default)]
    justification: Option<String>,
}

pub(super) async fn answer(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    let segments = call.segments();
    let is_stages = |text: &str| text.eq_ignore_ascii_case("stages");
    match (&call.method, segments.as_slice()) {
        (&Method::GET, []) => list(state, caller, call).await.map(Some),
        (&Method::GET, [_]) => show(state, caller, call, render::approval).await.map(Some),
        (&Method::GET, [_, stages]) if is_stages(stages) => {
            let stages: Show = |world, scope, one, caller| json!({ "value": [render::stage(world, scope, one, caller)] });
            show(state, caller, call, stages).await.map(Some)
        }
        (&Method::GET, [_, stages, _]) if is_stages(stages) => {
            show(state, caller, call, render::stage).await.map(Some)
        }
        (&(Method::PATCH | Method::PUT), [_, stages, _]) if is_stages(stages) => {
            decide(state, caller, call).await.map(Some)
        }
        _ => Ok(None),
    }
}

type Show = fn(&crate::engine::World, &str, &crate::engine::Approval, Uuid) -> Value;

/// Shows an approval to those it is about, and to those who may read assignments.
async fn show(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    show: Show,
) -> Result<Answer, ServiceError> {
    let name = call.guid(0)?;
    let stage = if call.rest.len() > 2 { Some(call.guid(2)?) } else { None };
    let found = state
        .store
        .read(|world, _| {
            let approval = world.approval(name)?;
            let request = world.request_of(approval)?;
            let own = request.requestor == caller.id || world.is_approver(caller.id, approval);
            let there = stage.is_none_or(|stage| stage == approval.stage);
            there.then(|| (own, show(world, &request.scope, approval, caller.id)))
        })
        .await?;
    let (own, shown) = found.ok_or(ServiceError::new(Code::APPROVAL_NOT_FOUND))?;
    if !own {
        may_read(state, caller, call, READ).await?;
    }
    Ok(Answer::ok(shown))
}

async fn decide(state: &AppState, caller: &Caller, call: &ArmCall) -> Result<Answer, ServiceError> {
    let (name, stage) = (call.guid(0)?, call.guid(2)?);
    let mut body = call.json()?;
    // The sample wraps the fields, the API description does not (read 2026-11); both are taken.
    if let Some(inner) = body.get_mut("properties").filter(|inner| inner.is_object()) {
        body = inner.take();
    }
    let said: Said = serde_json::from_value(body).map_err(|error| {
        let message = format!("The request content was invalid: {error}.");
        ServiceError::with(Code::INVALID_BODY, message)
    })?;
    let caller = caller.clone();
    let shown = state
        .store
        .write(move |change| {
            if change.world().approval(name).is_none_or(|one| one.stage != stage) {
                return Err(ServiceError::new(Code::APPROVAL_NOT_FOUND));
            }
            let decided =
                approvals::decide(change, &caller, name, said.review_result, said.justification)?;
            let world = change.world();
            let scope = world.request_of(&decided).map_or("/", |request| &request.scope);
            Ok(render::stage(world, scope, &decided, caller.id))
        })
        .await?;
    Ok(Answer::ok(shown))
}

async fn list(state: &AppState, caller: &Caller, call: &ArmCall) -> Result<Answer, ServiceError> {
    let filter = filter(call, &[])?;
    let own =
        [Function::AsApprover, Function::AsCreatedBy, Function::AsTarget, Function::AsRequestor];
    if !own.iter().any(|function| filter.requires(function)) {
        may_read(state, caller, call, READ).await?;
    }
    let behind = behind(call)?;
    let behind = behind.map(|text| Uuid::try_parse(&text)).transpose();
    let behind = behind.map_err(|_| ServiceError::new(Code::INVALID_CONTINUATION))?;
    let (size, key) = (size(call), call.scope_key());
    let page = state
        .store
        .read(|world, _| {
            let spans: Vec<Span> = spans(world, &key, &filter);
            Page::collect(
                size,
                world.approvals_behind(behind),
                |one| one.name.to_string(),
                |one| {
                    let request = world.request_of(one)?;
                    let scope = ScopeKey::of(&request.scope);
                    let function = |function: &Function| match function {
                        Function::AsApprover => {
                            request.status.is_pending() && world.is_approver(caller.id, one)
                        }
                        Function::AsCreatedBy | Function::AsRequestor => {
                            request.requestor == caller.id
                        }
                        Function::AsTarget => request.principal == caller.id,
                        Function::AtScope => true,
                        Function::AssignedTo(_) => false,
                    };
                    let here = spans.iter().any(|span| span.holds(&scope));
                    (here && filter.matches(&|_| None, &function))
                        .then(|| render::approval(world, &request.scope, one, caller.id))
                },
            )
        })
        .await?;
    Ok(page.answer(call))
}
