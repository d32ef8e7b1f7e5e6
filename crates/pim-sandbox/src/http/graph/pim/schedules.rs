//! Schedules of groups, and their instances: what is eligible and active, and what of it holds now.

use super::{On, SETS, Whose, access, group_of, may_see, whose};
use crate::engine::{Schedule, ScopeKey, Span, State, World};
use crate::http::graph::call::Call;
use crate::http::graph::fault::Fault;
use crate::http::graph::list::Page;
use axum::http::Method;
use axum::response::Response;
use pim_model::{Casing, Expiration, Family, ScheduleInfo};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// Which of the two is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Schedule,
    Instance,
}

impl View {
    /// What there is of a schedule in this view: an instance only while it holds.
    fn shows(self, schedule: &Schedule) -> bool {
        match self {
            View::Schedule => schedule.state != State::Expired,
            View::Instance => schedule.state == State::Current,
        }
    }

    const fn set(self, family: Family) -> &'static str {
        match (family, self) {
            (Family::Eligibility, View::Schedule) => "eligibilitySchedules",
            (Family::Eligibility, View::Instance) => "eligibilityScheduleInstances",
            (Family::Assignment, View::Schedule) => "assignmentSchedules",
            (Family::Assignment, View::Instance) => "assignmentScheduleInstances",
        }
    }
}

/// Answers `…Schedules` and `…ScheduleInstances`.
pub(super) async fn answer(
    call: &Call,
    family: Family,
    view: View,
    rest: &[&str],
) -> Result<Response, Fault> {
    let set = format!("{SETS}/{}", view.set(family));
    if let Some(whose) = whose(call, rest)? {
        let page = call.read(|world, _| {
            let found = list(call, world, family, view, &whose)?;
            Page::of(call, found.into_iter())
        });
        return Ok(page.await?.answer(call, &set));
    }
    match rest {
        [id] if call.method == Method::GET => {
            let object = call.read(|world, _| {
                let schedule = find(world, family, view, id).ok_or_else(|| Fault::no_object(id))?;
                let group = group_of(&schedule.scope);
                may_see(world, &call.caller, group, Some(schedule.principal))?;
                Ok(to_json(schedule, view))
            });
            Ok(call.entity(&set, object.await?))
        }
        _ => Err(call.unknown()),
    }
}

fn list(
    call: &Call,
    world: &World,
    family: Family,
    view: View,
    whose: &Whose,
) -> Result<Vec<Value>, Fault> {
    let shelf = world.schedules(family);
    let caller = &call.caller;
    let mut scope = Vec::new();
    let of_groups = |one: &&Arc<Schedule>| group_of(&one.scope).is_some();
    let found: Vec<&Arc<Schedule>> = match whose {
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
        Whose::Caller(_) => return Err(call.unknown()),
    };
    let shown = found.into_iter().filter(|one| view.shows(one));
    let mut objects: Vec<Value> = shown.map(|one| to_json(one, view)).collect();
    let id = |one: &Value| one.get("id").and_then(Value::as_str).map(str::to_owned);
    objects.sort_by_key(id);
    Ok(objects)
}

fn find<'w>(world: &'w World, family: Family, view: View, id: &str) -> Option<&'w Arc<Schedule>> {
    let (_, name) = id.rsplit_once('_')?;
    let name = Uuid::try_parse(name).ok()?;
    let schedule = match view {
        View::Schedule => world.schedules(family).get(name),
        View::Instance => world.schedule_of_instance(family, name),
    };
    schedule.filter(|one| view.shows(one) && full_id(one, view).eq_ignore_ascii_case(id))
}

/// Returns `{group}_{access}_{name}`.
fn full_id(schedule: &Schedule, view: View) -> String {
    let name = match view {
        View::Schedule => schedule.name,
        View::Instance => schedule.instance,
    };
    let group = group_of(&schedule.scope).unwrap_or_default();
    format!("{group}_{}_{name}", access(schedule.role))
}

fn to_json(schedule: &Schedule, view: View) -> Value {
    let mut object = json!({
        "id": full_id(schedule, view),
        "principalId": schedule.principal,
        "accessId": access(schedule.role),
        "groupId": group_of(&schedule.scope),
        "memberType": "direct",
    });
    let mut put = |name: &str, value: Value| {
        if let Some(members) = object.as_object_mut() {
            members.insert(name.to_owned(), value);
        }
    };
    match view {
        View::Schedule => {
            let expiration = match schedule.end {
                Some(end) => Expiration::AfterDateTime(end),
                None => Expiration::NoExpiration,
            };
            let mut info = ScheduleInfo::now(expiration);
            info.start_date_time = Some(schedule.start);
            put("createdDateTime", json!(schedule.created_on));
            put("modifiedDateTime", json!(schedule.updated_on));
            put("createdUsing", json!(schedule.request));
            put("status", json!("Provisioned"));
            put("scheduleInfo", info.to_json(Casing::Graph));
        }
        View::Instance => {
            put("startDateTime", json!(schedule.start));
            put("endDateTime", json!(schedule.end));
            let field = match schedule.family {
                Family::Eligibility => "eligibilityScheduleId",
                Family::Assignment => "assignmentScheduleId",
            };
            put(field, full_id(schedule, View::Schedule).into());
        }
    }
    if schedule.family == Family::Assignment {
        let kind = if schedule.is_activation() { "activated" } else { "assigned" };
        put("assignmentType", kind.into());
    }
    object
}
