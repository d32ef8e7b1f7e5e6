//! `roleEligibilityScheduleRequests` and `roleAssignmentScheduleRequests`.

use super::call::ArmCall;
use super::list::{Page, behind, filter, place, size, spans, walk, wanted_guid};
use super::{Answered, insufficient, may_read, render};
use crate::engine::requests::{Submission, cancel, submit};
use crate::engine::{Caller, Change, Code, Request, ServiceError, World};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::odata::{Filter, Function, Value as Seen};
use axum::http::{Method, StatusCode};
use diagnostics::{Diagnostic, Severity};
use pim_model::{Family, Model, Options, RequestType, ScheduleRequest};
use uuid::Uuid;

const PROPERTIES: &[&str] = &[
    "scope",
    "principalId",
    "roleDefinitionId",
    "status",
    "requestorId",
    "requestType",
    "createdOn",
];

const READ: &str = "Microsoft.Authorization/roleAssignments/read";

pub(super) async fn answer(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    family: Family,
) -> Answered {
    let segments = call.segments();
    match (&call.method, segments.as_slice()) {
        (&Method::GET, []) => list(state, caller, call, family).await.map(Some),
        (&Method::GET, [_]) => get(state, caller, call, family).await.map(Some),
        (&Method::PUT, [_]) => put(state, caller, call, family, true).await.map(Some),
        (&Method::POST, [_, action]) if action.eq_ignore_ascii_case("validate") => {
            put(state, caller, call, family, false).await.map(Some)
        }
        (&Method::POST, [_, action]) if action.eq_ignore_ascii_case("cancel") => {
            let (caller, scope, name) = (caller.clone(), call.scope.clone(), call.guid(0)?);
            state.store.write(move |change| cancel(change, &caller, family, &scope, name)).await?;
            Ok(Some(Answer::empty(StatusCode::OK)))
        }
        _ => Ok(None),
    }
}

async fn put(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    family: Family,
    keep: bool,
) -> Result<Answer, ServiceError> {
    let name = call.guid(0)?;
    let body = read(call.text()?, family, &call.scope)?;
    let sent = Submission { name, scope: call.scope.clone(), body };
    let caller = caller.clone();
    let command = move |change: &mut Change<'_>| {
        let request = submit(change, &caller, &sent)?;
        let shown = if keep {
            render::request(change.world(), &request)
        } else {
            render::request(change.world(), &request.validated())
        };
        Ok(shown)
    };
    if keep {
        state.store.write(command).await.map(Answer::created)
    } else {
        state.store.rehearse(command).await.map(Answer::ok)
    }
}

/// Reads the body of a request as `grantif pim check` does, and refuses what cannot be.
pub(crate) fn read(
    text: &str,
    family: Family,
    scope: &str,
) -> Result<ScheduleRequest, ServiceError> {
    let scope = scope.parse().ok();
    let options = Options { family: Some(family), scope, ..Options::default() };
    let loaded = pim_model::check(text, &options);
    let request = loaded.items.into_iter().find_map(|item| match item.model {
        Model::Request(request) => Some(*request),
        _ => None,
    });
    // The place of a fault in a condition is said within the condition.
    if let Some(condition) = request.as_ref().and_then(|one| one.condition.as_deref()) {
        readable(condition)?;
    }
    let removal = request.as_ref().is_some_and(|one| one.request_type.is_removal());
    let refused = loaded.diagnostics.iter().find(|found| {
        // Clients send the schedule with removals too, and the service passes over it.
        found.severity == Severity::Error && !(removal && found.id == "pim-schedule-on-removal")
    });
    if let Some(found) = refused {
        return Err(refusal(found));
    }
    request.ok_or_else(|| {
        let message = "The request content was invalid: it is no schedule request.";
        ServiceError::with(Code::INVALID_BODY, message)
    })
}

/// Refuses a condition that cannot be read, with the first reason.
pub(super) fn readable(condition: &str) -> Result<(), ServiceError> {
    let parsed = abac_syntax::parse(condition);
    match parsed.diagnostics.iter().find(|found| found.severity == Severity::Error) {
        Some(found) => Err(ServiceError::with(
            Code::INVALID_CONDITION,
            format!(
                "The condition is invalid at character {}: {}.",
                found.span.start, found.message
            ),
        )),
        None => Ok(()),
    }
}

/// Words a finding about a body as a refusal.
fn refusal(found: &Diagnostic) -> ServiceError {
    let code = match &*found.id {
        "pim-five-minutes" => return ServiceError::new(Code::ACTIVE_DURATION_TOO_SHORT),
        "pim-role-id-scope" => Code::SCOPE_DOES_NOT_MATCH,
        "pim-condition-version" => return ServiceError::new(Code::INVALID_CONDITION_VERSION),
        "pim-duration"
        | "pim-end-before-start"
        | "pim-expiration-fields"
        | "pim-missing-duration" => Code::INVALID_SCHEDULE,
        _ => Code::INVALID_BODY,
    };
    ServiceError::with(code, format!("The request content was invalid: {}.", found.message))
}

async fn get(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    family: Family,
) -> Result<Answer, ServiceError> {
    let name = call.guid(0)?;
    let key = call.scope_key();
    let found = state
        .store
        .read(|world, _| {
            let request = world.requests(family).get(name)?;
            let here = crate::engine::ScopeKey::of(&request.scope) == key;
            here.then(|| (is_own(world, caller, request), render::request(world, request)))
        })
        .await?;
    let (own, shown) = found.ok_or(ServiceError::new(Code::REQUEST_NOT_FOUND))?;
    if !own {
        may_read(state, caller, call, READ).await?;
    }
    Ok(Answer::ok(shown))
}

/// Says whether a request is the caller's own: asked for by it, for it, or waiting for it.
fn is_own(world: &World, caller: &Caller, request: &Request) -> bool {
    request.requestor == caller.id
        || request.principal == caller.id
        || waits_for(world, caller.id, request)
}

fn waits_for(world: &World, caller: Uuid, request: &Request) -> bool {
    let approval = request.approval.and_then(|name| world.approval(name));
    request.status.is_pending() && approval.is_some_and(|one| world.is_approver(caller, one))
}

async fn list(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    family: Family,
) -> Result<Answer, ServiceError> {
    let filter = filter(call, PROPERTIES)?;
    let own = [Function::AsTarget, Function::AsRequestor, Function::AsApprover];
    if !own.iter().any(|function| filter.requires(function)) {
        may_read(state, caller, call, READ).await.map_err(|error| match error.code {
            Code::AUTHORIZATION_FAILED => insufficient(caller),
            _ => error,
        })?;
    }
    let (behind, size, key) = (behind(call)?, size(call), call.scope_key());
    let page = state
        .store
        .read(|world, _| {
            let spans = spans(world, &key, &filter);
            let subjects = wanted_guid(&filter, "principalId").map(|one| vec![one]);
            let requests = walk(world.requests(family), &spans, subjects, behind.as_deref())?;
            Ok(Page::collect(size, requests, place, |(_, one)| {
                matches(world, caller, &filter, one).then(|| render::request(world, one))
            }))
        })
        .await??;
    Ok(page.answer(call))
}

fn matches(world: &World, caller: &Caller, filter: &Filter, one: &Request) -> bool {
    let role = render::role_id(&one.scope, one.role);
    let asked = filter.required_text("roleDefinitionId");
    let same = wanted_guid(filter, "roleDefinitionId") == Some(one.role);
    let role = asked.filter(|_| same).unwrap_or(&role);
    let property = |name: &str| match name.to_ascii_lowercase().as_str() {
        "scope" => Some(Seen::Text(&one.scope)),
        "principalid" => Some(Seen::Guid(one.principal)),
        "roledefinitionid" => Some(Seen::Text(role)),
        "status" => Some(Seen::Text(one.status.as_str())),
        "requestorid" => Some(Seen::Guid(one.requestor)),
        "requesttype" => Some(Seen::Text(RequestType::arm(one.request_type))),
        "createdon" => Some(Seen::Instant(one.created_on)),
        _ => None,
    };
    let function = |function: &Function| match function {
        Function::AtScope => true,
        Function::AsTarget => one.principal == caller.id,
        Function::AsRequestor | Function::AsCreatedBy => one.requestor == caller.id,
        Function::AsApprover => waits_for(world, caller.id, one),
        Function::AssignedTo(id) => {
            let id = Uuid::try_parse(id);
            id.is_ok_and(|id| world.identities(id).contains(&one.principal))
        }
    };
    filter.matches(&property, &function)
}
