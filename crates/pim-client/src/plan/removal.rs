//! What is there and not in the file.

use super::{Action, Actual, PlanStep, name_of};
use crate::answer::ScheduleAnswer;
use crate::desired::DesiredScope;
use pim_model::{RequestType, ScheduleRequest, Timestamp};
use uuid::Uuid;

/// Returns the assignments that go because the file says that it names every one.
pub(super) fn removals(
    scope: &DesiredScope,
    actual: &Actual,
    caller: Option<Uuid>,
    now: Timestamp,
) -> Vec<PlanStep> {
    let is_declared = |one: &ScheduleAnswer| {
        scope.assignments.iter().any(|wanted| {
            wanted.family == one.schedule.family
                && wanted.role == one.schedule.role_definition_id.guid
                && wanted.principal == one.schedule.principal_id
        })
    };
    let mut steps: Vec<PlanStep> = Vec::new();
    for one in scope.own(actual) {
        let schedule = &one.schedule;
        let has_ended = schedule.end_date_time.is_some_and(|end| end <= now);
        if !scope.exclusive.contains(&schedule.family) || is_declared(one) || has_ended {
            continue;
        }
        let is_same = |step: &PlanStep| {
            step.family == Some(schedule.family)
                && step.role == schedule.role_definition_id.guid
                && step.principal == Some(schedule.principal_id)
        };
        if steps.iter().any(is_same) {
            continue;
        }
        steps.push(removal(scope, one, caller));
    }
    steps
}

fn removal(scope: &DesiredScope, one: &ScheduleAnswer, caller: Option<Uuid>) -> PlanStep {
    let schedule = &one.schedule;
    let (role, principal) = (schedule.role_definition_id.guid, schedule.principal_id);
    let is_caller = caller == Some(principal);
    let mut step = PlanStep {
        action: if is_caller { Action::Keep } else { Action::Remove },
        reasons: vec!["it is not in the file, which names every one here".to_owned()],
        scope: scope.scope.clone(),
        family: Some(schedule.family),
        role,
        role_name: one.names.role.clone(),
        principal: Some(principal),
        principal_name: name_of(&one.names),
        request: None,
        changes: Vec::new(),
    };
    if is_caller {
        step.reasons.push("it is your own, and is left for you to remove by hand".to_owned());
    } else {
        let mut request = ScheduleRequest::new(
            schedule.family,
            RequestType::AdminRemove,
            scope.scope.clone(),
            role,
            principal,
        );
        request.role_definition_id = schedule.role_definition_id.clone();
        if !request.role_definition_id.fits(&scope.scope) {
            request.role_definition_id = pim_model::RoleDefinitionId::seen_from(&scope.scope, role);
        }
        step.request = Some(Box::new(request));
    }
    step
}
