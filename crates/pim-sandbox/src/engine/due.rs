//! What time brings about: starts, ends, approvals that nobody gave, and what is forgotten.

use super::change::{Change, Done};
use super::event::{Event, Outcome};
use super::record::{Approval, Origin, Record, Request, Schedule, State, Status};
use super::requests::{earlier, times};
use super::world::{ScopeKey, World};
use jiff::Timestamp;
use pim_model::Family;
use serde_json::Value;
use std::sync::Arc;
use uuid::Uuid;

/// Settles everything that is due by now, each thing at its own time and in order, so that a moved
/// clock gives the same as waiting.
pub(crate) fn advance(world: &mut World, now: Timestamp) -> Done {
    let mut done = Done::default();
    // Invariant: each step removes the record or puts its next time behind this one, so this ends.
    while let Some((time, key)) = world.next_due().filter(|(time, _)| *time <= now).cloned() {
        let Some(record) = world.get(&key) else { break };
        let mut change = Change::new(world, time);
        match record {
            Record::Schedule(one) => schedule(&mut change, &one),
            Record::Approval(one) => timed_out(&mut change, &one),
            other => change.remove(&other.key()),
        }
        let step = change.keep();
        done.changed.extend(step.changed);
        done.events.extend(step.events);
    }
    done
}

fn schedule(change: &mut Change<'_>, old: &Arc<Schedule>) {
    let next = match old.state {
        State::Scheduled => State::Current,
        State::Current => State::Expired,
        State::Expired => return change.remove(&Record::Schedule(Arc::clone(old)).key()),
    };
    let what = match (old.family, next) {
        (Family::Eligibility, State::Current) => "eligible assignment starts",
        (Family::Eligibility, _) => "eligible assignment ends",
        (Family::Assignment, State::Current) => "active assignment starts",
        (Family::Assignment, _) => "active assignment ends",
    };
    tell(change, &old.scope, what, old.role, old.principal);
    let ended_activation = next == State::Expired && old.is_activation();
    if ended_activation {
        // An activation cannot be renewed.
        change.remove(&Record::Schedule(Arc::clone(old)).key());
    } else {
        change.put(Schedule { state: next, updated_on: change.now(), ..Schedule::clone(old) });
    }
    let request =
        old.request.and_then(|name| change.world().requests(old.family).get(name)).cloned();
    if let Some(request) =
        request.filter(|one| next == State::Current && one.status == Status::Granted)
    {
        change.put(Request { status: Status::Provisioned, ..Request::clone(&request) });
    }
}

fn timed_out(change: &mut Change<'_>, approval: &Arc<Approval>) {
    change.remove(&Record::Approval(Arc::clone(approval)).key());
    let request = change.world().request_of(approval).cloned();
    if let Some(request) = request.filter(|one| one.status.is_pending()) {
        let what = "activation request expires: nobody decided within 24 hours";
        tell(change, &request.scope, what, request.role, request.principal);
        change.put(Request { status: Status::TimedOut, ..Request::clone(&request) });
    }
}

/// Gives what an approved activation asked for, from now on for as long as it asked.
pub(crate) fn provision(change: &mut Change<'_>, request: &Arc<Request>) {
    let world = change.world();
    let now = change.now();
    let eligibility =
        request.eligibility.and_then(|name| world.schedules(Family::Eligibility).get(name));
    let eligibility = eligibility.filter(|one| one.state == State::Current).cloned();
    let times = times(request.schedule_info, now).ok();
    let scope = ScopeKey::of(&request.scope);
    let mut held = world.schedules(Family::Assignment).held(request.principal, &scope);
    let there = held.any(|one| one.role == request.role && one.state != State::Expired);
    drop(held);
    let (Some(eligibility), Some((start, end)), false) = (eligibility, times, there) else {
        // What it was for is gone, or was given meanwhile.
        change.put(Request { status: Status::Failed, ..Request::clone(request) });
        return;
    };
    let origin = Origin {
        family: Family::Assignment,
        scope: &request.scope,
        role: request.role,
        principal: request.principal,
        request: Some(request.name),
        requestor: Some(request.requestor),
    };
    let times = (start, earlier(end, &eligibility));
    let schedule =
        Schedule::new(&origin, now, times, eligibility.condition.clone(), Some(eligibility.name));
    let status = if start > now { Status::Granted } else { Status::Provisioned };
    change.put(Request { status, schedule: Some(schedule.name), ..Request::clone(request) });
    change.put(schedule);
}

fn tell(change: &mut Change<'_>, scope: &str, what: &str, role: Uuid, principal: Uuid) {
    let world = change.world();
    let role = world.role(role).map_or_else(|| role.to_string(), |one| one.name().to_owned());
    let name = world
        .principal(principal)
        .map_or_else(|| principal.to_string(), |one| one.display_name.clone());
    change.tell(Event {
        time: change.now(),
        caller: None,
        action: "time".to_owned(),
        scope: scope.to_owned(),
        outcome: Outcome::Elapsed,
        code: None,
        summary: format!("{what}: {role} for {name}"),
        reason: Value::Null,
    });
}
