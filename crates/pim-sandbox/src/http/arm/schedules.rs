//! Schedules and their instances, which are read only.

use super::call::ArmCall;
use super::list::{Found, Page, behind, filter, place, size, spans, walk, wanted_guid};
use super::render::MemberType;
use super::{Answered, insufficient, may_read, render};
use crate::engine::{Caller, Code, Schedule, ScopeKey, ServiceError, State, World};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::odata::{Filter, Function, Value as Seen};
use axum::http::Method;
use pim_model::Family;
use uuid::Uuid;

const PROPERTIES: &[&str] = &[
    "scope",
    "principalId",
    "roleDefinitionId",
    "status",
    "startDateTime",
    "endDateTime",
    "assignmentType",
    "memberType",
];

const READ: &str = "Microsoft.Authorization/roleAssignments/read";

pub(super) async fn answer(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    family: Family,
    instances: bool,
) -> Answered {
    match (&call.method, call.rest.len()) {
        (&Method::GET, 0) => list(state, caller, call, family, instances).await.map(Some),
        (&Method::GET, 1) => get(state, caller, call, family, instances).await.map(Some),
        _ => Ok(None),
    }
}

async fn get(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    family: Family,
    instances: bool,
) -> Result<Answer, ServiceError> {
    let (name, key) = (call.guid(0)?, call.scope_key());
    let found = state
        .store
        .read(|world, _| {
            let schedule = if instances {
                world.schedule_of_instance(family, name)
            } else {
                world.schedules(family).get(name)
            };
            let schedule = schedule.filter(|one| is_shown(one, instances))?;
            let own = world.identities(caller.id).contains(&schedule.principal);
            let here = ScopeKey::of(&schedule.scope) == key;
            let member = MemberType::of(schedule, &key, None);
            here.then(|| (own, render::schedule(world, schedule, instances, member)))
        })
        .await?;
    let Some((own, shown)) = found else {
        let message = format!("The resource '{}' was not found.", call.path);
        return Err(ServiceError::with(Code::RESOURCE_NOT_FOUND, message));
    };
    if !own {
        may_read(state, caller, call, READ).await?;
    }
    Ok(Answer::ok(shown))
}

/// Instances are what holds now; schedules are also what is still to come.
fn is_shown(one: &Schedule, instances: bool) -> bool {
    match one.state {
        State::Current => true,
        State::Scheduled => !instances,
        State::Expired => false,
    }
}

async fn list(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    family: Family,
    instances: bool,
) -> Result<Answer, ServiceError> {
    let filter = filter(call, PROPERTIES)?;
    if !filter.requires(&Function::AsTarget) {
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
            let subject = subject(&filter, caller);
            let subjects = match (subject, wanted_guid(&filter, "principalId")) {
                (_, Some(principal)) => Some(vec![principal]),
                (Some(subject), None) => Some(world.identities(subject)),
                (None, None) => None,
            };
            let schedules = walk(world.schedules(family), &spans, subjects, behind.as_deref())?;
            let show = |(_, one): &Found<'_, Schedule>| {
                let member = MemberType::of(one, &key, subject);
                let shown =
                    is_shown(one, instances) && matches(world, caller, &filter, one, member);
                shown.then(|| render::schedule(world, one, instances, member))
            };
            Ok(Page::collect(size, schedules, place, show))
        })
        .await??;
    Ok(page.answer(call))
}

/// For whom a list is, where its filter says so.
pub(super) fn subject(filter: &Filter, caller: &Caller) -> Option<Uuid> {
    if filter.requires(&Function::AsTarget) {
        return Some(caller.id);
    }
    filter.assigned_to().and_then(|id| Uuid::try_parse(id).ok())
}

fn matches(
    world: &World,
    caller: &Caller,
    filter: &Filter,
    one: &Schedule,
    member: MemberType,
) -> bool {
    let role = render::role_id(&one.scope, one.role);
    let asked = filter.required_text("roleDefinitionId");
    let same = wanted_guid(filter, "roleDefinitionId") == Some(one.role);
    let role = asked.filter(|_| same).unwrap_or(&role);
    let kind = if one.is_activation() { "Activated" } else { "Assigned" };
    let property = |name: &str| match name.to_ascii_lowercase().as_str() {
        "scope" => Some(Seen::Text(&one.scope)),
        "principalid" => Some(Seen::Guid(one.principal)),
        "roledefinitionid" => Some(Seen::Text(role)),
        "status" => Some(Seen::Text(render::status(one))),
        "startdatetime" => Some(Seen::Instant(one.start)),
        "enddatetime" => one.end.map(Seen::Instant),
        "assignmenttype" => Some(Seen::Text(kind)),
        "membertype" => Some(Seen::Text(member.as_str())),
        _ => None,
    };
    let holds = |id: Uuid| world.identities(id).contains(&one.principal);
    let function = |function: &Function| match function {
        Function::AtScope => true,
        Function::AsTarget => holds(caller.id),
        Function::AssignedTo(id) => Uuid::try_parse(id).is_ok_and(holds),
        Function::AsRequestor | Function::AsCreatedBy | Function::AsApprover => false,
    };
    filter.matches(&property, &function)
}
