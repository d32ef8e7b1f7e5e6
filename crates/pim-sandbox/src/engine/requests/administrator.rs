//! What administrators ask for.

use super::check::{may_administer, policy};
use super::{Case, Decided, FIVE_MINUTES, granted, invalid_schedule, times};
use crate::engine::authorization::Refusal;
use crate::engine::change::Change;
use crate::engine::error::{Code, ServiceError};
use crate::engine::record::{Record, Schedule, State, Status};
use crate::engine::world::World;
use pim_model::{Family, RequestType};
use std::sync::Arc;
use uuid::Uuid;

/// Makes a principal eligible or gives it the role.
pub(super) fn assign(change: &mut Change<'_>, case: &Case<'_>) -> Result<Decided, Box<Refusal>> {
    let body = &case.sent.body;
    let grounds = may_administer(change.world(), case, false)?;
    if case.held(change.world(), body.family).any(|one| one.state != State::Expired) {
        return Err(ServiceError::new(Code::ROLE_ASSIGNMENT_EXISTS).into());
    }
    case.none_pending(change.world())?;
    policy(change.world(), case, &case.sent.scope, true)?;
    let times = times(body.schedule_info, case.now)?;
    let expired: Vec<_> = case
        .held(change.world(), body.family)
        .map(|one| Record::Schedule(Arc::clone(one)).key())
        .collect();
    for key in expired {
        change.remove(&key);
    }
    let schedule = case.schedule(times, body.condition.clone(), None);
    let mut decided = Decided::new(provisioned(&schedule), granted(grounds));
    decided.schedule = Some(schedule.name);
    decided.condition.clone_from(&schedule.condition);
    change.put(schedule);
    Ok(decided)
}

/// Changes, extends or renews what is there. The schedule gets another name (*observed*:
/// terraform-provider-azurerm, read 2026-11).
pub(super) fn modify(change: &mut Change<'_>, case: &Case<'_>) -> Result<Decided, Box<Refusal>> {
    let body = &case.sent.body;
    let grounds = may_administer(change.world(), case, false)?;
    case.none_pending(change.world())?;
    let old = find(change.world(), case)
        .ok_or(ServiceError::new(Code::ROLE_ASSIGNMENT_DOES_NOT_EXIST))?;
    let renews = body.request_type == RequestType::AdminRenew;
    if renews && case.held(change.world(), body.family).any(|one| one.state != State::Expired) {
        return Err(ServiceError::new(Code::ROLE_ASSIGNMENT_EXISTS).into());
    }
    if !renews && old.state == State::Expired {
        return Err(ServiceError::new(Code::ROLE_ASSIGNMENT_DOES_NOT_EXIST).into());
    }
    if old.is_activation() {
        let message = "An activation cannot be updated or extended.";
        return Err(ServiceError::with(Code::INVALID_REQUEST, message).into());
    }
    policy(change.world(), case, &case.sent.scope, true)?;
    let (start, end) = times(body.schedule_info, case.now)?;
    let extends = body.request_type == RequestType::AdminExtend;
    let later = |end: Option<_>| old.end.is_some_and(|old| end.is_none_or(|end| end > old));
    if extends && !later(end) {
        return Err(invalid_schedule("The new end is not after the current end.").into());
    }
    let condition = match body.request_type {
        RequestType::AdminUpdate => body.condition.clone(),
        _ => body.condition.clone().or_else(|| old.condition.clone()),
    };
    let mut schedule = case.schedule((start, end), condition, None);
    if old.state == State::Current {
        // It goes on; only its end and its condition are others.
        schedule.instance = old.instance;
        schedule.role_assignment.clone_from(&old.role_assignment);
        schedule.created_on = old.created_on;
        if extends || start <= case.now {
            schedule.start = old.start;
            schedule.state = State::Current;
        }
    }
    change.remove(&Record::Schedule(old).key());
    let mut decided = Decided::new(provisioned(&schedule), granted(grounds));
    decided.schedule = Some(schedule.name);
    decided.condition.clone_from(&schedule.condition);
    change.put(schedule);
    Ok(decided)
}

/// Takes it away. Activations made from an eligibility stay until their own end (*assumed*: not
/// documented).
pub(super) fn remove(change: &mut Change<'_>, case: &Case<'_>) -> Result<Decided, Box<Refusal>> {
    let grounds = may_administer(change.world(), case, true)?;
    let old = find(change.world(), case)
        .filter(|one| one.state != State::Expired)
        .ok_or(ServiceError::new(Code::ROLE_ASSIGNMENT_DOES_NOT_EXIST))?;
    old_enough(&old, case)?;
    let mut decided = Decided::new(Status::Revoked, granted(grounds));
    decided.schedule = Some(old.name);
    change.remove(&Record::Schedule(old).key());
    Ok(decided)
}

/// Refuses to end an active assignment within five minutes (*documented*:
/// pim-resource-roles-assign-roles, read 2026-11).
pub(super) fn old_enough(old: &Schedule, case: &Case<'_>) -> Result<(), ServiceError> {
    let young = old.state == State::Current && case.now.duration_since(old.start) < FIVE_MINUTES;
    match old.family == Family::Assignment && young {
        true => Err(ServiceError::new(Code::ACTIVE_DURATION_TOO_SHORT)),
        false => Ok(()),
    }
}

/// Finds the schedule a request is about: the one it names, or what the principal holds; for a
/// renewal rather what has ended, for anything else rather what has not.
fn find(world: &World, case: &Case<'_>) -> Option<Arc<Schedule>> {
    let body = &case.sent.body;
    let named = body.target_schedule_id.as_deref().and_then(last_guid);
    let renews = body.request_type == RequestType::AdminRenew;
    let fits = |one: &&Arc<Schedule>| named.is_none_or(|name| one.name == name);
    let held = || case.held(world, body.family).filter(fits);
    held().find(|one| renews == (one.state == State::Expired)).or_else(|| held().next()).cloned()
}

/// Returns the GUID at the end of an id, or the GUID it is.
pub(super) fn last_guid(id: &str) -> Option<Uuid> {
    Uuid::try_parse(id.rsplit('/').next()?).ok()
}

/// A start in the future is granted first (*observed*: a live check, read 2026-11).
pub(super) fn provisioned(schedule: &Schedule) -> Status {
    if schedule.state == State::Scheduled { Status::Granted } else { Status::Provisioned }
}
