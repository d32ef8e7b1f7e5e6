//! Schedule requests for groups.

use super::{On, SETS, Whose, access, group_of, may_see, role_of, whose};
use crate::engine::{Request, ScopeKey, Span, World, requests};
use crate::http::graph::call::Call;
use crate::http::graph::fault::Fault;
use crate::http::graph::list::Page;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use diagnostics::Severity;
use pim_model::{
    Casing, Family, GroupRequest, Model, Options, RoleDefinitionId, ScheduleRequest, Scope,
};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// Answers `…ScheduleRequests`.
pub(super) async fn answer(call: &Call, family: Family, rest: &[&str]) -> Result<Response, Fault> {
    let set = format!("{SETS}/{}", family.graph_kind());
    if let Some(whose) = whose(call, rest)? {
        let page =
            call.read(|world, _| Page::of(call, list(call, world, family, &whose)?.into_iter()));
        return Ok(page.await?.answer(call, &set));
    }
    match (&call.method, rest) {
        (&Method::POST, []) => submit(call, family, &set).await,
        (&Method::GET, [id]) => {
            let object = call.read(|world, _| {
                let request = find(world, family, id)?;
                let group = group_of(&request.scope);
                let own = request.requestor == call.caller.id;
                if !own {
                    may_see(world, &call.caller, group, Some(request.principal))?;
                }
                Ok(to_json(request))
            });
            Ok(call.entity(&set, object.await?))
        }
        (&Method::POST, [id, "cancel"]) => {
            let (name, scope) = call
                .read(|world, _| {
                    let request = find(world, family, id)?;
                    Ok((request.name, request.scope.clone()))
                })
                .await?;
            let caller = call.caller.clone();
            let canceled = call
                .state
                .store
                .write(move |change| requests::cancel(change, &caller, family, &scope, name));
            canceled.await?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        _ => Err(call.unknown()),
    }
}

fn list(call: &Call, world: &World, family: Family, whose: &Whose) -> Result<Vec<Value>, Fault> {
    let shelf = world.requests(family);
    let caller = &call.caller;
    let mut scope = Vec::new();
    let of_groups = |one: &&Arc<Request>| group_of(&one.scope).is_some();
    let mut found: Vec<&Arc<Request>> = match whose {
        Whose::Group(group) => {
            may_see(world, caller, Some(*group), None)?;
            scope.push(Span::Exactly(ScopeKey::of(&format!("/groups/{group}"))));
            shelf.walk(&scope, None, None).collect()
        }
        Whose::Principal(principal) => {
            may_see(world, caller, None, Some(*principal))?;
            shelf.held_anywhere(*principal).filter(of_groups).collect()
        }
        Whose::Caller(On::Principal) => shelf.held_anywhere(caller.id).filter(of_groups).collect(),
        Whose::Caller(On::CreatedBy) => {
            shelf.all().filter(of_groups).filter(|one| one.requestor == caller.id).collect()
        }
        Whose::Caller(On::Approver) => {
            let waiting = world.approvals_behind(None);
            let own = waiting.filter(|one| world.is_approver(caller.id, one));
            let waiting = own.filter_map(|one| world.request_of(one));
            waiting.filter(of_groups).filter(|one| one.family == family).collect()
        }
    };
    found.sort_by_key(|one| one.name);
    Ok(found.into_iter().map(|one| to_json(one)).collect())
}

fn find<'w>(world: &'w World, family: Family, id: &str) -> Result<&'w Arc<Request>, Fault> {
    let name = Uuid::try_parse(id).ok();
    let request = name.and_then(|name| world.requests(family).get(name));
    request.filter(|one| group_of(&one.scope).is_some()).ok_or_else(|| {
        let message = "The role assignment request is not found.";
        Fault::new(404, "RoleAssignmentRequestNotFound", message)
    })
}

async fn submit(call: &Call, family: Family, set: &str) -> Result<Response, Fault> {
    let body = call.json()?;
    let sent = submission(read(&body, family)?, family);
    let rehearses = body.get("isValidationOnly").and_then(Value::as_bool).unwrap_or(false);
    let caller = call.caller.clone();
    let command =
        move |change: &mut crate::engine::Change<'_>| requests::submit(change, &caller, &sent);
    let request = if rehearses {
        call.state.store.rehearse(command).await?
    } else {
        call.state.store.write(command).await?
    };
    let mut object = to_json(&request);
    if let Some(members) = object.as_object_mut() {
        members.insert("isValidationOnly".to_owned(), rehearses.into());
    }
    Ok(call.created(set, object))
}

/// Reads the body, as `grantif pim check` reads it.
fn read(body: &Value, family: Family) -> Result<GroupRequest, Fault> {
    let options = Options { family: Some(family), ..Options::default() };
    let loaded = pim_model::check(&body.to_string(), &options);
    let fault = loaded.diagnostics.iter().find(|found| found.severity == Severity::Error);
    if let Some(fault) = fault {
        return Err(Fault::bad_request(fault.message.clone()));
    }
    let group = loaded.items.into_iter().find_map(|item| match item.model {
        Model::Group(request) => Some(*request),
        _ => None,
    });
    group.ok_or_else(|| {
        Fault::bad_request("The body needs accessId, action, groupId and principalId.")
    })
}

fn submission(request: GroupRequest, family: Family) -> requests::Submission {
    let role = role_of(request.access_id);
    let definition = RoleDefinitionId::seen_from(&Scope::Tenant, role);
    let body = ScheduleRequest {
        schedule_info: request.schedule_info,
        justification: request.justification,
        ticket_info: request.ticket_info,
        target_schedule_id: request.target_schedule_id,
        role_definition_id: definition,
        ..ScheduleRequest::new(family, request.action, Scope::Tenant, role, request.principal_id)
    };
    requests::Submission {
        name: Uuid::new_v4(),
        scope: format!("/groups/{}", request.group_id),
        body,
    }
}

fn to_json(request: &Request) -> Value {
    let group = group_of(&request.scope);
    let target = request
        .schedule
        .zip(group)
        .map(|(name, group)| format!("{group}_{}_{name}", access(request.role)));
    let pending = request.status.is_pending();
    json!({
        "id": request.name,
        "status": request.status.as_str(),
        "createdDateTime": request.created_on,
        "completedDateTime": (!pending).then_some(request.created_on),
        "approvalId": request.approval,
        "customData": Value::Null,
        "createdBy": { "user": { "displayName": Value::Null, "id": request.requestor } },
        "action": request.request_type.graph(),
        "accessId": access(request.role),
        "groupId": group,
        "principalId": request.principal,
        "targetScheduleId": target,
        "isValidationOnly": false,
        "justification": request.justification,
        "scheduleInfo": request.schedule_info.map(|info| info.to_json(Casing::Graph)),
        "ticketInfo": request.ticket_info.as_ref().map(pim_model::TicketInfo::to_json),
    })
}
