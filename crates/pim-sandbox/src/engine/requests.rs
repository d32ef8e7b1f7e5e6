//! Schedule requests: eligible and active assignments asked for, changed, ended.

mod administrator;
mod cancel;
mod check;
mod own;

pub(crate) use cancel::cancel;
pub(crate) use check::scope_exists;
pub(super) use own::earlier;

use super::authorization::{Grounds, Refusal};
use super::caller::Caller;
use super::change::Change;
use super::error::{Code, ServiceError};
use super::event::{Event, Outcome};
use super::record::{Approval, Origin, Request, Schedule, Status};
use super::world::{ScopeKey, World};
use jiff::{SignedDuration, Timestamp};
use pim_model::{Expiration, Family, RequestType, ScheduleInfo, ScheduleRequest};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// How long an assignment lasts and stays at least (*documented*:
/// pim-resource-roles-assign-roles, read 2026-11).
const FIVE_MINUTES: SignedDuration = SignedDuration::from_mins(5);

/// A request as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Submission {
    /// The name the caller chose.
    pub(crate) name: Uuid,
    /// Where: an ARM id, or `/groups/{id}`.
    pub(crate) scope: String,
    pub(crate) body: ScheduleRequest,
}

/// A request on its way: what was sent, by whom, and what was found out about it.
#[derive(Debug)]
struct Case<'c> {
    caller: &'c Caller,
    sent: &'c Submission,
    scope: ScopeKey,
    role: Uuid,
    now: Timestamp,
}

/// What a request comes to.
#[derive(Debug)]
struct Decided {
    status: Status,
    /// The schedule it made, changed or ended.
    schedule: Option<Uuid>,
    eligibility: Option<Uuid>,
    condition: Option<String>,
    approval: Option<Approval>,
    reason: Value,
}

impl Decided {
    const fn new(status: Status, reason: Value) -> Self {
        Self { status, schedule: None, eligibility: None, condition: None, approval: None, reason }
    }
}

/// Carries out a request, or says why not; either way it is told.
pub(crate) fn submit(
    change: &mut Change<'_>,
    caller: &Caller,
    sent: &Submission,
) -> Result<Arc<Request>, ServiceError> {
    let body = &sent.body;
    let case = Case {
        caller,
        sent,
        scope: ScopeKey::of(&sent.scope),
        role: body.role_definition_id.guid,
        now: change.now(),
    };
    let decided = decide(change, &case);
    let action = format!("Microsoft.Authorization/{}/write", body.family.request_kind());
    let event = |outcome, code: Option<&str>, summary: String, reason: Value| Event {
        time: case.now,
        caller: Some(caller.id),
        action,
        scope: sent.scope.clone(),
        outcome,
        code: code.map(str::to_owned),
        summary,
        reason,
    };
    let what = format!("{} of {}", body.request_type, describe(change.world(), &case));
    match decided {
        Ok(decided) => {
            let summary = format!("{what}: {}", decided.status.as_str());
            change.tell(event(Outcome::Allowed, None, summary, decided.reason));
            let request = Request {
                name: sent.name,
                family: body.family,
                scope: sent.scope.clone(),
                role: case.role,
                principal: body.principal_id,
                request_type: body.request_type,
                schedule_info: body.schedule_info.map(|info| started(info, case.now)),
                justification: body.justification.clone(),
                ticket_info: body.ticket_info.clone(),
                condition: decided.condition,
                eligibility: decided.eligibility,
                schedule: decided.schedule,
                approval: decided.approval.as_ref().map(|one| one.name),
                status: decided.status,
                requestor: caller.id,
                created_on: case.now,
            };
            if let Some(approval) = decided.approval {
                change.put(approval);
            }
            change.put(request.clone());
            Ok(Arc::new(request))
        }
        Err(refusal) => {
            let Refusal { error, reason } = *refusal;
            let summary = format!("{what}: {}", error.message);
            change.tell(event(Outcome::Denied, Some(error.code.name), summary, reason));
            Err(error)
        }
    }
}

fn decide(change: &mut Change<'_>, case: &Case<'_>) -> Result<Decided, Box<Refusal>> {
    let body = &case.sent.body;
    if change.world().requests(body.family).get(case.sent.name).is_some() {
        let message =
            format!("A role assignment request with Id: {} already exists", case.sent.name);
        return Err(ServiceError::with(Code::REQUEST_EXISTS, message).into());
    }
    check::target(change.world(), case)?;
    match body.request_type {
        RequestType::AdminAssign => administrator::assign(change, case),
        RequestType::AdminUpdate | RequestType::AdminExtend | RequestType::AdminRenew => {
            administrator::modify(change, case)
        }
        RequestType::AdminRemove => administrator::remove(change, case),
        RequestType::SelfActivate => own::activate(change, case),
        RequestType::SelfDeactivate => own::deactivate(change, case),
        RequestType::SelfExtend | RequestType::SelfRenew => own::ask_for_more(change, case),
    }
}

impl From<ServiceError> for Box<Refusal> {
    fn from(error: ServiceError) -> Self {
        Self::new(Refusal { error, reason: Value::Null })
    }
}

/// Azure answers the start at which it begins, which is never in the past (*observed*:
/// terraform-provider-azurerm, read 2026-11).
fn started(info: ScheduleInfo, now: Timestamp) -> ScheduleInfo {
    let start = info.start_date_time.filter(|start| *start > now).unwrap_or(now);
    ScheduleInfo { start_date_time: Some(start), ..info }
}

/// Returns the start and the end that a schedule asks for; without one it is permanent from now on.
pub(super) fn times(
    info: Option<ScheduleInfo>,
    now: Timestamp,
) -> Result<(Timestamp, Option<Timestamp>), ServiceError> {
    let Some(info) = info else { return Ok((now, None)) };
    let start = started(info, now).start_date_time.unwrap_or(now);
    let end = match info.expiration {
        Expiration::NoExpiration => None,
        Expiration::AfterDateTime(end) => Some(end),
        Expiration::AfterDuration(duration) => {
            let seconds = i64::try_from(duration.seconds()).unwrap_or(i64::MAX);
            let end = start.checked_add(SignedDuration::from_secs(seconds));
            Some(end.map_err(|_| invalid_schedule("The end is too far away."))?)
        }
    };
    match end {
        Some(end) if end <= start => {
            Err(invalid_schedule("The end of the schedule is not after its start."))
        }
        Some(end) if end.duration_since(start) < FIVE_MINUTES => {
            Err(ServiceError::new(Code::ACTIVE_DURATION_TOO_SHORT))
        }
        end => Ok((start, end)),
    }
}

fn invalid_schedule(message: &'static str) -> ServiceError {
    ServiceError::with(Code::INVALID_SCHEDULE, message)
}

/// Returns `Reader for Dana at /subscriptions/…`.
fn describe(world: &World, case: &Case<'_>) -> String {
    let role =
        world.role(case.role).map_or_else(|| case.role.to_string(), |one| one.name().to_owned());
    let principal = case.sent.body.principal_id;
    let name = world
        .principal(principal)
        .map_or_else(|| principal.to_string(), |one| one.display_name.clone());
    format!("{role} for {name} at {}", case.sent.scope)
}

impl Case<'_> {
    fn principal(&self) -> Uuid {
        self.sent.body.principal_id
    }

    /// Makes the schedule the request asks for.
    fn schedule(
        &self,
        times: (Timestamp, Option<Timestamp>),
        condition: Option<String>,
        activated_from: Option<Uuid>,
    ) -> Schedule {
        let origin = Origin {
            family: self.sent.body.family,
            scope: &self.sent.scope,
            role: self.role,
            principal: self.principal(),
            request: Some(self.sent.name),
            requestor: Some(self.caller.id),
        };
        Schedule::new(&origin, self.now, times, condition, activated_from)
    }

    /// Returns what the principal has of the role at the scope.
    fn held<'w>(
        &self,
        world: &'w World,
        family: Family,
    ) -> impl Iterator<Item = &'w Arc<Schedule>> {
        let role = self.role;
        world
            .schedules(family)
            .held(self.principal(), &self.scope)
            .filter(move |one| one.role == role)
    }

    /// Refuses a request while another one for the same waits.
    fn none_pending(&self, world: &World) -> Result<(), ServiceError> {
        let requests = world.requests(self.sent.body.family);
        let mut same = requests.held(self.principal(), &self.scope);
        match same.any(|one| one.role == self.role && one.status.is_pending()) {
            true => Err(ServiceError::new(Code::PENDING_ROLE_ASSIGNMENT_REQUEST)),
            false => Ok(()),
        }
    }
}

/// What a request was granted on, for the log.
fn granted(grounds: Grounds) -> Value {
    grounds.0
}

/// Says that the caller asked for its own role.
fn own_reason(eligibility: &Schedule) -> Value {
    json!({ "eligibility": { "name": eligibility.name, "scope": eligibility.scope, "principal": eligibility.principal, "condition": eligibility.condition } })
}

#[cfg(test)]
mod tests;
