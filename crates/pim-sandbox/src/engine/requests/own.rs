//! What principals ask for themselves.

use super::administrator::{last_guid, old_enough, provisioned};
use super::check::policy;
use super::{Case, Decided, own_reason, times};
use crate::engine::authorization::Refusal;
use crate::engine::change::Change;
use crate::engine::error::{Code, ServiceError};
use crate::engine::record::{Approval, Record, Review, Schedule, State, Status};
use crate::engine::world::World;
use jiff::SignedDuration;
use pim_model::{Family, RequestType};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// How long approvers have (*documented*: pim-resource-roles-approval-workflow, read 2026-11).
const APPROVAL_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// Activates an eligibility of the caller's own or of one of its groups, at its scope or below.
///
/// The policy of the scope of the eligibility decides (*assumed* for an activation below it), and
/// the activation ends with the eligibility at the latest (*assumed*).
pub(super) fn activate(change: &mut Change<'_>, case: &Case<'_>) -> Result<Decided, Box<Refusal>> {
    let body = &case.sent.body;
    if body.family != Family::Assignment {
        let message = "SelfActivate is a request for roleAssignmentScheduleRequests.";
        return Err(ServiceError::with(Code::INVALID_REQUEST, message).into());
    }
    let found = eligibility(change.world(), case);
    let Some(eligibility) = found else {
        return match policy(change.world(), case, &case.sent.scope, false) {
            Err(refusal) => Err(refusal),
            Ok(_) => Err(ServiceError::new(Code::ROLE_ASSIGNMENT_DOES_NOT_EXIST).into()),
        };
    };
    if case.held(change.world(), Family::Assignment).any(|one| one.state != State::Expired) {
        return Err(ServiceError::new(Code::ROLE_ASSIGNMENT_EXISTS).into());
    }
    case.none_pending(change.world())?;
    let same = |text: &String| Some(text.trim()) == eligibility.condition.as_deref().map(str::trim);
    if body.condition.as_ref().is_some_and(|own| !same(own)) {
        let message = "An activation takes over the condition of the eligibility.";
        return Err(ServiceError::with(Code::INVALID_CONDITION, message).into());
    }
    let waits = policy(change.world(), case, &eligibility.scope, true)?;
    let (start, end) = times(body.schedule_info, case.now)?;
    let mut decided = Decided::new(Status::PendingApproval, own_reason(&eligibility));
    decided.eligibility = Some(eligibility.name);
    decided.condition.clone_from(&eligibility.condition);
    if waits {
        let approval = approval(change.world(), case, &eligibility);
        if let Some(reason) = decided.reason.as_object_mut() {
            reason.insert("approvers".to_owned(), json!(approval.approvers));
        }
        decided.approval = Some(approval);
        return Ok(decided);
    }
    let end = earlier(end, &eligibility);
    let schedule =
        case.schedule((start, end), eligibility.condition.clone(), Some(eligibility.name));
    decided.status = provisioned(&schedule);
    decided.schedule = Some(schedule.name);
    change.put(schedule);
    Ok(decided)
}

/// Ends an activation of the caller's own.
pub(super) fn deactivate(
    change: &mut Change<'_>,
    case: &Case<'_>,
) -> Result<Decided, Box<Refusal>> {
    let own = case.principal() == case.caller.id && case.sent.body.family == Family::Assignment;
    let mut held = case.held(change.world(), Family::Assignment);
    let activation =
        held.find(|one| own && one.is_activation() && one.state != State::Expired).cloned();
    drop(held);
    let old = activation.ok_or(ServiceError::new(Code::ROLE_ASSIGNMENT_DOES_NOT_EXIST))?;
    old_enough(&old, case)?;
    let mut decided = Decided::new(Status::Revoked, Value::Null);
    decided.schedule = Some(old.name);
    change.remove(&Record::Schedule(old).key());
    Ok(decided)
}

/// Asks for a later end, or for what has ended; an administrator decides in the portal, for which
/// Azure has no API (*documented*: pim-resource-roles-renew-extend, read 2026-11).
pub(super) fn ask_for_more(
    change: &mut Change<'_>,
    case: &Case<'_>,
) -> Result<Decided, Box<Refusal>> {
    let renews = case.sent.body.request_type == RequestType::SelfRenew;
    let own = case.principal() == case.caller.id;
    let mut held = case.held(change.world(), case.sent.body.family);
    let old = held
        .find(|one| own && !one.is_activation() && renews == (one.state == State::Expired))
        .cloned();
    drop(held);
    let old = old.ok_or(ServiceError::new(Code::ROLE_ASSIGNMENT_DOES_NOT_EXIST))?;
    case.none_pending(change.world())?;
    policy(change.world(), case, &case.sent.scope, true)?;
    times(case.sent.body.schedule_info, case.now)?;
    let mut decided = Decided::new(Status::PendingAdminDecision, Value::Null);
    decided.schedule = Some(old.name);
    decided.condition.clone_from(&old.condition);
    Ok(decided)
}

/// Finds the eligibility an activation uses: the one it names, or the nearest one. `principalId` is
/// the caller's own also where the eligibility is a group's (*observed*: clients, read 2026-11).
fn eligibility(world: &World, case: &Case<'_>) -> Option<Arc<Schedule>> {
    if case.principal() != case.caller.id {
        return None;
    }
    let linked = case.sent.body.linked_role_eligibility_schedule_id.as_deref();
    let named = match linked {
        Some(id) => Some(last_guid(id)?),
        None => None,
    };
    let identities = world.identities(case.caller.id);
    let eligibilities = world.schedules(Family::Eligibility);
    let mut scopes = world.at_or_above(&case.scope);
    scopes.reverse();
    scopes
        .iter()
        .flat_map(|scope| identities.iter().map(move |id| (*id, scope)))
        .flat_map(|(id, scope)| eligibilities.held(id, scope))
        .filter(|one| one.role == case.role && one.state == State::Current)
        .find(|one| named.is_none_or(|name| one.name == name))
        .cloned()
}

fn approval(world: &World, case: &Case<'_>, eligibility: &Schedule) -> Approval {
    let policy = world.policy(&eligibility.scope, case.role).policy();
    let approvers: BTreeSet<Uuid> = policy
        .approval()
        .into_iter()
        .flat_map(pim_model::policy::Approval::approvers)
        .map(|one| one.id)
        .collect();
    Approval {
        name: Uuid::new_v4(),
        stage: Uuid::new_v4(),
        request: case.sent.name,
        approvers,
        created_on: case.now,
        expires_on: case.now.checked_add(APPROVAL_WINDOW).unwrap_or(case.now),
        review: Review::NotReviewed,
        justification: None,
        reviewed_by: None,
        reviewed_on: None,
    }
}

/// Returns the earlier of an end and the end of the eligibility.
pub(in crate::engine) fn earlier(
    end: Option<jiff::Timestamp>,
    eligibility: &Schedule,
) -> Option<jiff::Timestamp> {
    match (end, eligibility.end) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
