//! One assignment or policy, as it shall be and as it is.

use super::{Action, Actual, PlanStep, name_of, same_condition};
use crate::answer::ScheduleAnswer;
use crate::desired::{DesiredAssignment, DesiredScope};
use crate::status::Progress;
use pim_model::{Duration, Length, RequestType, ScheduleInfo, ScheduleRequest, Timestamp};

/// By how much times may differ and still be the same: the service writes the time at which it
/// carried a request out.
const TOLERANCE: i64 = 300;

/// How long before its end an assignment is extended at most: the portal offers it from then on
/// (*documented*: pim-resource-roles-renew-extend, read 2026-11).
const EXTEND_BEFORE: i64 = 14 * 86_400;

/// Returns a step for each policy.
pub(super) fn policies(scope: &DesiredScope, actual: &Actual) -> Vec<PlanStep> {
    let step = |wanted: &crate::desired::DesiredPolicy| {
        let policy = actual.policies.iter().find(|policy| policy.role() == Some(wanted.role));
        let changes = policy.map(|policy| policy.changes_to(&wanted.policy));
        let (action, reasons) = match &changes {
            None => (
                Action::Keep,
                vec!["the service has no policy for the role at the scope".to_owned()],
            ),
            Some(changes) if changes.is_empty() => (Action::Nothing, Vec::new()),
            Some(changes) => {
                (Action::Policy, changes.iter().map(pim_model::policy::Change::words).collect())
            }
        };
        PlanStep {
            action,
            reasons,
            scope: scope.scope.clone(),
            family: None,
            role: wanted.role,
            role_name: Some(wanted.role_name.clone()),
            principal: None,
            principal_name: None,
            request: None,
            changes: changes.unwrap_or_default(),
            refusals: Vec::new(),
        }
    };
    scope.policies.iter().map(step).collect()
}

/// Returns the step for an assignment.
pub(super) fn assignment(
    scope: &DesiredScope,
    wanted: &DesiredAssignment,
    actual: &Actual,
    now: Timestamp,
) -> PlanStep {
    let is_same = |one: &&ScheduleAnswer| {
        one.schedule.family == wanted.family
            && one.schedule.role_definition_id.guid == wanted.role
            && one.schedule.principal_id == wanted.principal
    };
    // Where an old one is still listed beside its successor, the one that lasts longer counts.
    let end = |one: &&ScheduleAnswer| one.schedule.end_date_time.unwrap_or(Timestamp::MAX);
    let there = scope.own(actual).filter(is_same).max_by_key(end);
    let mut step = PlanStep {
        action: Action::Nothing,
        reasons: Vec::new(),
        scope: scope.scope.clone(),
        family: Some(wanted.family),
        role: wanted.role,
        role_name: Some(wanted.role_name.clone()),
        principal: Some(wanted.principal),
        principal_name: wanted
            .principal_name
            .clone()
            .or_else(|| there.and_then(|one| name_of(&one.names))),
        request: None,
        changes: Vec::new(),
        refusals: Vec::new(),
    };
    if let Length::Until(end) = wanted.length
        && end <= now
    {
        step.action = Action::Keep;
        step.reasons = vec![format!("its end `{end}` has passed; take it out of the file")];
        return step;
    }
    if let Some(waiting) = waiting(scope, wanted, actual) {
        step.action = Action::Wait;
        step.reasons = vec![waiting];
        return step;
    }
    let found = match there {
        None => Found {
            request_type: Some(RequestType::AdminAssign),
            reasons: vec!["it is not there".to_owned()],
        },
        Some(there) => differences(wanted, there, now),
    };
    let Some(request_type) = found.request_type else { return step };
    step.action = match request_type {
        RequestType::AdminAssign => Action::Assign,
        RequestType::AdminExtend => Action::Extend,
        RequestType::AdminRenew => Action::Renew,
        _ => Action::Update,
    };
    step.reasons = found.reasons;
    let mut request = ScheduleRequest::new(
        wanted.family,
        request_type,
        scope.scope.clone(),
        wanted.role,
        wanted.principal,
    );
    request.schedule_info = Some(ScheduleInfo::now(wanted.length.into()));
    request.condition.clone_from(&wanted.condition);
    request.justification.clone_from(&wanted.justification);
    request.ticket_info.clone_from(&wanted.ticket);
    if request_type != RequestType::AdminAssign {
        request.target_schedule_id = there.and_then(|there| there.schedule.id.clone());
    }
    step.request = Some(Box::new(request));
    step
}

/// Says which request for the same waits for somebody.
fn waiting(scope: &DesiredScope, wanted: &DesiredAssignment, actual: &Actual) -> Option<String> {
    let request = actual.requests.iter().find(|answer| {
        let one = &answer.request;
        one.family == wanted.family
            && one.role_definition_id.guid == wanted.role
            && one.principal_id == wanted.principal
            && !one.request_type.is_self()
            && one.scope.as_ref().is_some_and(|one| one.is_same(&scope.scope))
            && answer.status.progress() == Progress::Waiting
    })?;
    let name = request.request.name.map(|name| name.to_string()).unwrap_or_default();
    Some(format!("the request `{name}` waits: {}", request.status.words()))
}

/// What differs, and what brings it together.
struct Found {
    request_type: Option<RequestType>,
    reasons: Vec<String>,
}

fn differences(wanted: &DesiredAssignment, there: &ScheduleAnswer, now: Timestamp) -> Found {
    let schedule = &there.schedule;
    let mut reasons = Vec::new();
    let ends = ending(wanted.length, schedule.start_date_time, schedule.end_date_time, now);
    let mut request_type = match &ends {
        Ending::Fine => None,
        Ending::Passed(_) => Some(RequestType::AdminRenew),
        Ending::TooEarly(_) => Some(RequestType::AdminExtend),
        Ending::TooLate(_) => Some(RequestType::AdminUpdate),
    };
    if let Ending::Passed(reason) | Ending::TooEarly(reason) | Ending::TooLate(reason) = ends {
        reasons.push(reason);
    }
    if !same_condition(wanted.condition.as_deref(), schedule.condition.as_deref()) {
        reasons.push(
            match (&wanted.condition, schedule.condition.as_deref().map(str::trim)) {
                (Some(_), None | Some("")) => "it has no condition, and shall have one",
                (None, _) => "it has a condition, and shall have none",
                _ => "its condition means something else",
            }
            .to_owned(),
        );
        if request_type != Some(RequestType::AdminRenew) {
            request_type = Some(RequestType::AdminUpdate);
        }
        if let Length::For(duration) = wanted.length {
            reasons.push(format!("it then lasts {} from now", duration.words()));
        }
    }
    Found { request_type, reasons }
}

/// How the end of an assignment is to the one that is wanted.
enum Ending {
    Fine,
    Passed(String),
    TooEarly(String),
    TooLate(String),
}

fn ending(
    length: Length,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    now: Timestamp,
) -> Ending {
    let Some(end) = end else {
        return match length {
            Length::Permanent => Ending::Fine,
            Length::For(duration) => {
                Ending::TooLate(format!("it is permanent, and shall last {}", duration.words()))
            }
            Length::Until(wanted) => {
                Ending::TooLate(format!("it is permanent, and shall end on {wanted}"))
            }
        };
    };
    if end <= now {
        return Ending::Passed(format!("it ended on {end}"));
    }
    let left = end.as_second().saturating_sub(now.as_second());
    match length {
        Length::Permanent => Ending::TooEarly(format!("it ends on {end}, and shall be permanent")),
        Length::Until(wanted) => {
            let difference = wanted.as_second().saturating_sub(end.as_second());
            let reason = format!("it ends on {end}, and shall end on {wanted}");
            if difference.abs() <= TOLERANCE {
                Ending::Fine
            } else if difference > 0 {
                Ending::TooEarly(reason)
            } else {
                Ending::TooLate(reason)
            }
        }
        Length::For(duration) => {
            let wanted = i64::try_from(duration.seconds()).unwrap_or(i64::MAX);
            let start = start.unwrap_or(now);
            let whole = end.as_second().saturating_sub(start.as_second());
            // What begins later lasts from then on.
            let left = if start > now { whole } else { left };
            if left > wanted.saturating_add(TOLERANCE) {
                let left = words(left);
                Ending::TooLate(format!(
                    "it lasts {left} more, and shall last {}",
                    duration.words()
                ))
            } else if left <= (wanted / 10).min(EXTEND_BEFORE) {
                Ending::TooEarly(format!("it ends in {}", words(left)))
            } else if whole < wanted.saturating_sub(TOLERANCE) {
                let whole = words(whole);
                Ending::TooEarly(format!("it lasts {whole}, and shall last {}", duration.words()))
            } else {
                Ending::Fine
            }
        }
    }
}

/// Says a time in its largest unit or two.
fn words(seconds: i64) -> String {
    let seconds = u64::try_from(seconds).unwrap_or(0);
    let rounded = match seconds {
        172_800.. => seconds / 86_400 * 86_400,
        7200.. => seconds / 3600 * 3600,
        _ => seconds / 60 * 60,
    };
    match Duration::from_seconds(rounded).words() {
        words if words.is_empty() => "less than a minute".to_owned(),
        words => words,
    }
}
