//! What must be done for the desired state to be there.

mod compare;
mod condition;
mod removal;

pub use condition::same_condition;

use crate::answer::{Names, RequestAnswer, ScheduleAnswer};
use crate::desired::{Desired, DesiredScope};
use pim_model::policy::Change;
use pim_model::{Family, Policy, ScheduleRequest, Scope, Timestamp};
use serde::Serialize;
use uuid::Uuid;

/// What is there at a scope, as the service lists it.
#[derive(Debug, Clone, Default)]
pub struct Actual {
    /// The schedules of both families; those of other scopes and through groups are passed over.
    pub schedules: Vec<ScheduleAnswer>,
    /// The requests that wait.
    pub requests: Vec<RequestAnswer>,
    /// The policies of the roles that the desired state has policies for.
    pub policies: Vec<Policy>,
}

/// What is to be done about one assignment or policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Change the rules of a policy.
    Policy,
    /// Make an assignment.
    Assign,
    /// Change one.
    Update,
    /// Let one end later.
    Extend,
    /// Bring one back that has ended.
    Renew,
    /// Take one away that the file does not have.
    Remove,
    /// Wait: a request for it waits for a decision.
    Wait,
    /// Leave one alone that the file does not have, for a reason.
    Keep,
    /// Nothing.
    Nothing,
}

impl Action {
    /// Says whether something is sent.
    #[must_use]
    pub const fn is_change(self) -> bool {
        !matches!(self, Self::Wait | Self::Keep | Self::Nothing)
    }

    /// Returns the word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Assign => "assign",
            Self::Update => "update",
            Self::Extend => "extend",
            Self::Renew => "renew",
            Self::Remove => "remove",
            Self::Wait => "wait",
            Self::Keep => "keep",
            Self::Nothing => "nothing",
        }
    }
}

/// One thing of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanStep {
    /// What is done.
    pub action: Action,
    /// Why, in words.
    pub reasons: Vec<String>,
    /// Where.
    pub scope: Scope,
    /// Eligible or active; none for a policy.
    pub family: Option<Family>,
    /// The role.
    pub role: Uuid,
    /// Its name, where known.
    pub role_name: Option<String>,
    /// Who; none for a policy.
    pub principal: Option<Uuid>,
    /// The name of the principal, where known.
    pub principal_name: Option<String>,
    /// The request that does it, for an assignment.
    pub request: Option<Box<ScheduleRequest>>,
    /// The rules that change, for a policy.
    pub changes: Vec<Change>,
    /// What the policy of the role refuses, where it was asked.
    pub refusals: Vec<String>,
}

/// Everything that is to be done, in the order in which it is done.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The steps; policies first, since they may allow what comes behind them, and removals last.
    pub steps: Vec<PlanStep>,
}

impl Plan {
    /// Returns the steps that send something.
    pub fn changes(&self) -> impl Iterator<Item = &PlanStep> {
        self.steps.iter().filter(|step| step.action.is_change())
    }

    /// Holds each request against the policy of its role, as it will be once the plan has changed it.
    pub fn judge(&mut self, policies: &[Policy], now: Timestamp) {
        let changed: Vec<PlanStep> =
            self.steps.iter().filter(|step| step.action == Action::Policy).cloned().collect();
        for step in &mut self.steps {
            let Some(request) = &step.request else { continue };
            let is_of = |policy: &&Policy| {
                policy.role() == Some(step.role)
                    && policy.scope.as_ref().is_some_and(|scope| scope.is_same(&step.scope))
            };
            let Some(mut policy) = policies.iter().find(is_of).cloned() else { continue };
            let changes = changed
                .iter()
                .filter(|one| one.role == step.role && one.scope.is_same(&step.scope))
                .flat_map(|one| &one.changes);
            for change in changes {
                match policy.rule_mut(&change.id) {
                    Some(rule) => *rule = change.after.clone(),
                    None => policy.rules.push(change.after.clone()),
                }
            }
            let verdict = pim_model::judge(request, &policy, now);
            let broken = verdict.failures.into_iter().filter(|one| one.fault.is_in_request());
            step.refusals = broken
                .map(|one| {
                    let (rule, limit, value) = (one.fault.as_str(), one.limit, one.value);
                    format!("the policy refuses it, `{rule}`: it asks for {limit}, found {value}")
                })
                .collect();
        }
    }

    /// Says whether nothing needs to be done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes().next().is_none()
    }
}

/// Compares what there shall be with what is there; `actual` belongs to each scope in turn.
///
/// Nothing is removed but where the file says that it names every assignment of a scope, and never
/// an assignment of the `caller`.
#[must_use]
pub fn plan(desired: &Desired, actual: &[Actual], caller: Option<Uuid>, now: Timestamp) -> Plan {
    let mut steps = Vec::new();
    let nothing = Actual::default();
    for (number, scope) in desired.scopes.iter().enumerate() {
        let actual = actual.get(number).unwrap_or(&nothing);
        steps.extend(compare::policies(scope, actual));
        for wanted in &scope.assignments {
            steps.push(compare::assignment(scope, wanted, actual, now));
        }
        steps.extend(removal::removals(scope, actual, caller, now));
    }
    let order = |step: &PlanStep| match step.action {
        Action::Policy => 0,
        Action::Remove => 2,
        _ => 1,
    };
    steps.sort_by_key(order);
    Plan { steps }
}

impl DesiredScope {
    /// Returns the schedules that are at this scope itself and held directly, and no activations.
    fn own<'a>(&'a self, actual: &'a Actual) -> impl Iterator<Item = &'a ScheduleAnswer> {
        actual.schedules.iter().filter(|one| {
            let schedule = &one.schedule;
            let direct =
                schedule.member_type.is_none_or(|kind| kind == pim_model::MemberType::Direct);
            let here = schedule.scope.as_ref().is_some_and(|scope| scope.is_same(&self.scope));
            direct && here && !schedule.is_activation
        })
    }
}

fn name_of(names: &Names) -> Option<String> {
    names.principal.clone().or_else(|| names.email.clone())
}

#[cfg(test)]
mod tests;
