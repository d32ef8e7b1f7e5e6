//! `roleAssignments`.

use super::call::ArmCall;
use super::list::{Found, Page, behind, filter, place, size, spans, walk, wanted_guid};
use super::requests::readable;
use super::schedules::subject;
use super::{Answered, may_read, render};
use crate::engine::assignments;
use crate::engine::{Caller, Code, Schedule, ScopeKey, ServiceError, State};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::odata::{Function, Value as Seen};
use axum::http::{Method, StatusCode};
use diagnostics::Severity;
use pim_model::{Family, Model, Options, RoleAssignment};
use serde_json::{Map, Value, json};
use uuid::Uuid;

const PROPERTIES: &[&str] = &["principalId", "roleDefinitionId"];

const READ: &str = "Microsoft.Authorization/roleAssignments/read";

pub(super) async fn answer(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    match (&call.method, call.rest.len()) {
        (&Method::GET, 0) => list(state, caller, call).await.map(Some),
        (&Method::GET, 1) => get(state, caller, call).await.map(Some),
        (&Method::PUT, 1) => put(state, caller, call).await.map(Some),
        (&Method::DELETE, 1) => delete(state, caller, call).await.map(Some),
        _ => Ok(None),
    }
}

async fn put(state: &AppState, caller: &Caller, call: &ArmCall) -> Result<Answer, ServiceError> {
    let (name, scope, caller) = (call.guid(0)?, call.scope.clone(), caller.clone());
    let body = read(call)?;
    let (shown, created) = state
        .store
        .write(move |change| {
            let written = assignments::put(change, &caller, &scope, name, &body)?;
            Ok((render::role_assignment(change.world(), &written.schedule), written.created))
        })
        .await?;
    Ok(if created { Answer::created(shown) } else { Answer::ok(shown) })
}

/// Reads the body, in the layout of today or in that of 2015-07-01, which has the same fields.
fn read(call: &ArmCall) -> Result<RoleAssignment, ServiceError> {
    let mut body = call.json()?;
    let Value::Object(fields) = &mut body else {
        let message = "The request content was invalid: expected an object.";
        return Err(ServiceError::with(Code::INVALID_BODY, message));
    };
    fields.insert("type".to_owned(), json!("Microsoft.Authorization/roleAssignments"));
    let empty = |one: &Value| one.is_null() || one.as_str().is_some_and(str::is_empty);
    if let Some(properties) = fields.get_mut("properties").and_then(Value::as_object_mut) {
        // Clients send what they leave open as null.
        let kept: Map<String, Value> =
            std::mem::take(properties).into_iter().filter(|(_, value)| !empty(value)).collect();
        *properties = kept;
    }
    let options = Options { scope: call.scope.parse().ok(), ..Options::default() };
    let loaded = pim_model::check(&body.to_string(), &options);
    let assignment = loaded.items.into_iter().find_map(|item| match item.model {
        Model::RoleAssignment(assignment) => Some(*assignment),
        _ => None,
    });
    // The place of a fault in a condition is said within the condition.
    if let Some(condition) = assignment.as_ref().and_then(|one| one.condition.as_deref()) {
        readable(condition)?;
    }
    // A plain role assignment may name its role from any scope (*documented*: examples of the role
    // assignments API 2022-04-01, read 2026-11).
    let refused = loaded
        .diagnostics
        .iter()
        .find(|found| found.severity == Severity::Error && found.id != "pim-role-id-scope");
    if let Some(found) = refused {
        if found.id == "pim-condition-version" {
            return Err(ServiceError::new(Code::INVALID_CONDITION_VERSION));
        }
        let message = format!("The request content was invalid: {}.", found.message);
        return Err(ServiceError::with(Code::INVALID_BODY, message));
    }
    assignment.ok_or_else(|| {
        let message = "The request content was invalid: it needs roleDefinitionId and principalId.";
        ServiceError::with(Code::INVALID_BODY, message)
    })
}

async fn delete(state: &AppState, caller: &Caller, call: &ArmCall) -> Result<Answer, ServiceError> {
    let (name, scope, caller) = (call.guid(0)?, call.scope.clone(), caller.clone());
    let shown = state
        .store
        .write(move |change| {
            let removed = assignments::delete(change, &caller, &scope, name)?;
            Ok(removed.map(|one| render::role_assignment(change.world(), &one)))
        })
        .await?;
    Ok(shown.map_or_else(|| Answer::empty(StatusCode::NO_CONTENT), Answer::ok))
}

async fn get(state: &AppState, caller: &Caller, call: &ArmCall) -> Result<Answer, ServiceError> {
    may_read(state, caller, call, READ).await?;
    let (name, key) = (call.guid(0)?, call.scope_key());
    let shown = state
        .store
        .read(|world, _| {
            let one = world.role_assignment(name)?;
            let here = ScopeKey::of(&one.scope) == key && one.state == State::Current;
            here.then(|| render::role_assignment(world, one))
        })
        .await?;
    shown.map(Answer::ok).ok_or_else(|| {
        let message = format!("The role assignment '{}' is not found.", name.simple());
        ServiceError::with(Code::ASSIGNMENT_NOT_FOUND, message)
    })
}

async fn list(state: &AppState, caller: &Caller, call: &ArmCall) -> Result<Answer, ServiceError> {
    may_read(state, caller, call, READ).await?;
    let filter = filter(call, PROPERTIES)?;
    let (behind, size, key) = (behind(call)?, size(call), call.scope_key());
    let page = state
        .store
        .read(|world, _| {
            let spans = spans(world, &key, &filter);
            let subjects = match (subject(&filter, caller), wanted_guid(&filter, "principalId")) {
                (_, Some(principal)) => Some(vec![principal]),
                (Some(subject), None) => Some(world.identities(subject)),
                (None, None) => None,
            };
            let held =
                walk(world.schedules(Family::Assignment), &spans, subjects, behind.as_deref())?;
            Ok(Page::collect(size, held, place, |(_, one): &Found<'_, Schedule>| {
                let role = render::role_id(&one.scope, one.role);
                let property = |name: &str| match name.to_ascii_lowercase().as_str() {
                    "principalid" => Some(Seen::Guid(one.principal)),
                    _ => Some(Seen::Text(role.as_str())),
                };
                let holds = |id: Uuid| world.identities(id).contains(&one.principal);
                let function = |function: &Function| match function {
                    Function::AtScope => true,
                    Function::AsTarget => holds(caller.id),
                    Function::AssignedTo(id) => Uuid::try_parse(id).is_ok_and(holds),
                    _ => false,
                };
                let shown = one.state == State::Current && filter.matches(&property, &function);
                shown.then(|| render::role_assignment(world, one))
            }))
        })
        .await??;
    Ok(page.answer(call))
}
