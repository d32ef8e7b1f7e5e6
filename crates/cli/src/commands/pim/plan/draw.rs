//! A plan for people and for programs.

use crate::commands::count;
use crate::console::{BAD, DOUBT, FAINT, GOOD, STRONG, Style, wrap};
use crate::online::role_name;
use abac_catalog::Catalog;
use pim_client::{Action, Plan, PlanStep};
use pim_model::{Expiration, Family};
use serde_json::{Value, json as value};
use std::fmt::Write as _;

/// The kinds of changes, in the order of the summary.
const CHANGES: [Action; 6] =
    [Action::Policy, Action::Assign, Action::Update, Action::Extend, Action::Renew, Action::Remove];

/// Draws a plan: what is done at each scope, and why.
pub(crate) fn draw(plan: &Plan, catalog: &Catalog, style: Style) -> String {
    let mut text = String::new();
    let shown: Vec<&PlanStep> =
        plan.steps.iter().filter(|step| step.action != Action::Nothing).collect();
    let mut scopes: Vec<String> = Vec::new();
    for step in &plan.steps {
        let scope = step.scope.to_string();
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    for scope in &scopes {
        let here: Vec<&&PlanStep> =
            shown.iter().filter(|step| step.scope.to_string() == *scope).collect();
        if here.is_empty() {
            continue;
        }
        _ = writeln!(text, "{}", style.paint(STRONG, scope));
        for step in here {
            text.push_str(&one(step, catalog, style));
        }
        text.push('\n');
    }
    text.push_str(&summary(plan));
    text.push('\n');
    text
}

fn one(step: &PlanStep, catalog: &Catalog, style: Style) -> String {
    let (mark, paint) = match step.action {
        Action::Assign | Action::Renew => ("+", GOOD),
        Action::Update | Action::Extend | Action::Policy => ("~", DOUBT),
        Action::Remove => ("-", BAD),
        Action::Wait | Action::Keep | Action::Nothing => ("!", FAINT),
    };
    let mut head = title(step, catalog);
    let schedule = step.request.as_ref().and_then(|request| request.schedule_info);
    if let Some(schedule) = schedule {
        head.push_str(&match schedule.expiration {
            Expiration::NoExpiration => ", permanent".to_owned(),
            Expiration::AfterDuration(duration) => format!(", {}", duration.words()),
            Expiration::AfterDateTime(end) => format!(", until {end}"),
        });
    }
    if step.request.as_ref().is_some_and(|request| request.condition.is_some()) {
        head.push_str(", with a condition");
    }
    let lines = wrap(&head, style.width.saturating_sub(4), "", "      ");
    let mut text = format!("  {} {}\n", style.paint(paint, mark), style.code(lines.trim_end()));
    for reason in &step.reasons {
        let lines = wrap(reason, style.width, "      ", "        ");
        _ = writeln!(text, "{}", style.paint(FAINT, lines.trim_end()));
    }
    text
}

fn summary(plan: &Plan) -> String {
    let of = |action: Action| plan.steps.iter().filter(|step| step.action == action).count();
    let kinds: Vec<String> = CHANGES
        .iter()
        .filter(|action| of(**action) > 0)
        .map(|action| format!("{} {}", of(*action), action.as_str()))
        .collect();
    let mut text = match plan.changes().count() {
        0 => "nothing to do".to_owned(),
        number => format!("{}: {}", count(number, "change", "changes"), kinds.join(", ")),
    };
    let rest = [
        (Action::Nothing, "as it shall be"),
        (Action::Wait, "waiting"),
        (Action::Keep, "left alone"),
    ];
    for (action, words) in rest {
        if of(action) > 0 {
            _ = write!(text, "; {} {words}", of(action));
        }
    }
    text
}

/// Says in a few words what a step does.
pub(crate) fn title(step: &PlanStep, catalog: &Catalog) -> String {
    let role = step
        .role_name
        .clone()
        .filter(|name| uuid::Uuid::try_parse(name).is_err())
        .unwrap_or_else(|| role_name(step.role, None, catalog));
    let mut head = match step.family {
        None => format!("policy of `{role}`"),
        Some(family) => format!("{} {family} `{role}`", step.action.as_str()),
    };
    if let Some(principal) = step.principal {
        _ = match &step.principal_name {
            Some(name) => write!(head, " for {name} ({principal})"),
            None => write!(head, " for {principal}"),
        };
    }
    head
}

/// Returns a plan as JSON.
pub(crate) fn json(plan: &Plan, catalog: &Catalog) -> Value {
    let one = |step: &PlanStep| {
        value!({
            "action": step.action,
            "reasons": step.reasons,
            "scope": step.scope.to_string(),
            "family": step.family.map(Family::as_str),
            "role": role_name(step.role, None, catalog),
            "roleDefinition": step.role,
            "principalId": step.principal,
            "request": step.request.as_ref().map(|request| request.to_json()),
            "rules": step.changes.iter().map(|change| change.id.as_str()).collect::<Vec<_>>(),
        })
    };
    value!({
        "version": 1,
        "changes": plan.changes().count(),
        "steps": plan.steps.iter().map(one).collect::<Vec<_>>(),
    })
}
