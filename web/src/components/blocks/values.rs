//! Choosing a value, by what kind it is.

use crate::picker::{self, Choice, Picker};
use crate::session::Session;
use abac_eval::AttributeKey;
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::Element;
use workbench::blocks::{BlockId, Edit, Line};
use workbench::pickers::{self, LineOperator, PRINCIPAL_TYPES, ValueKind};

/// Returns what another value of a line is called; `None` where it takes no other.
pub(super) fn another(line: &Line) -> Option<&'static str> {
    let operator = line.operator?;
    let full = operator.for_several().is_none() && !line.values.is_empty();
    if full || line.other.is_some() {
        return None;
    }
    Some(match line.value_kind? {
        ValueKind::Role => "role",
        ValueKind::PrincipalType => "type",
        ValueKind::Principal => "principal",
        ValueKind::Pattern => "pattern",
        ValueKind::Guid
        | ValueKind::DateTime
        | ValueKind::Number
        | ValueKind::Boolean
        | ValueKind::Tag
        | ValueKind::Text => "value",
    })
}

/// Lets the person choose a value: in place of the one at an index, or another one.
pub(super) fn pick(
    session: Session,
    id: BlockId,
    index: Option<usize>,
    beside: Option<&Element>,
) -> Option<()> {
    let line = session.line(id)?;
    let (kind, operator) = (line.value_kind?, line.operator?);
    let now = index.and_then(|index| line.values.get(index)).map(|one| one.text.clone());
    let choose = move |value: String| {
        if let Some(line) = session.line(id) {
            let values = with(&line, index, value);
            session.edit_at(&Edit::SetValues { block: id, values }, id);
        }
    };
    let check = move |text: &str| {
        let checked = pickers::check_value(operator.comparison.value_type(), text);
        checked.map_err(|problem| problem.to_string())
    };
    let picker = match kind {
        ValueKind::Role => Picker::searched("Role", move |text| roles(session, text), choose)
            .free("Name or GUID of a role", check),
        ValueKind::Boolean => Picker::of("Value", plain(&["true", "false"]), choose),
        ValueKind::PrincipalType => Picker::of("Principal type", plain(&PRINCIPAL_TYPES), choose),
        ValueKind::Principal => {
            Picker::of("Principal", seen(session, &line), choose).free("Object id", check)
        }
        ValueKind::DateTime => {
            Picker::of("Instant, in UTC", instants(), choose).free("2026-12-31T23:59:59.0Z", check)
        }
        ValueKind::Guid | ValueKind::Number => {
            Picker::of("Value", seen(session, &line), choose).free("Type a value", check)
        }
        ValueKind::Tag | ValueKind::Text | ValueKind::Pattern => {
            Picker::of("Value", texts(session, &line), choose).free("Type a value", check)
        }
    };
    let picker = match kind {
        ValueKind::Pattern | ValueKind::Tag | ValueKind::Text => Picker {
            typed: now.unwrap_or_default(),
            about: Some(Rc::new(move |text: &str| samples(session, &line, operator, text))),
            ..picker
        },
        _ => picker,
    };
    session.pick(beside, picker);
    Some(())
}

fn with(line: &Line, index: Option<usize>, value: String) -> Vec<String> {
    let mut values: Vec<String> = line.values.iter().map(|one| one.text.clone()).collect();
    match index.and_then(|index| values.get_mut(index)) {
        Some(one) => *one = value,
        None => values.push(value),
    }
    values
}

fn roles(session: Session, text: &str) -> Vec<Choice> {
    let settings = session.settings.get_untracked();
    let found = pickers::roles(settings.catalog(), text, picker::MOST);
    let choice = |role: pickers::RoleChoice| {
        let detail = if role.is_privileged { "hands out roles" } else { "" };
        Choice::new(role.id, role.name).detail(detail)
    };
    found.into_iter().map(choice).collect()
}

fn plain(values: &[&str]) -> Vec<Choice> {
    values.iter().map(|value| Choice::new(*value, *value)).collect()
}

/// Returns the values that the requests of the table have for a line's attribute.
fn seen(session: Session, line: &Line) -> Vec<Choice> {
    let reference = format!("@{}[{}]", line.attribute.source.as_str(), line.attribute.body);
    let Ok(key) = AttributeKey::parse(&reference) else { return Vec::new() };
    let mut found: Vec<Choice> = Vec::new();
    session.requests.with_untracked(|all| {
        let values = all.iter().filter_map(|one| one.request.value(&key));
        for value in values.flat_map(|value| value.values()).map(ToString::to_string) {
            let value = value.trim_matches('\'').to_owned();
            if found.len() < picker::MOST && !found.iter().any(|one| one.id == value) {
                found.push(Choice::new(value.clone(), value).detail("in a request"));
            }
        }
    });
    found
}

/// Returns the values that a page lists for an attribute, and those of the requests.
fn texts(session: Session, line: &Line) -> Vec<Choice> {
    let settings = session.settings.get_untracked();
    let known = line.attribute.id.as_deref().and_then(|id| settings.catalog().attribute(id));
    let listed = known.map(|attribute| plain(&attribute.values)).unwrap_or_default();
    listed.into_iter().chain(seen(session, line)).collect()
}

/// Returns instants that people often mean.
fn instants() -> Vec<Choice> {
    const DAY: f64 = 86_400_000.0;
    let now = js_sys::Date::now();
    [("Now", 0.0), ("In a week", 7.0), ("In 30 days", 30.0), ("In a year", 365.0)]
        .map(|(label, days)| {
            let instant = js_sys::Date::new(&(now + days * DAY).into()).to_iso_string();
            let instant = String::from(instant);
            Choice::new(instant.clone(), label).detail(instant)
        })
        .into()
}

/// Says which samples a text takes: values of the requests, and what the text suggests itself.
fn samples(
    session: Session,
    line: &Line,
    operator: LineOperator,
    text: &str,
) -> Vec<(Option<bool>, String)> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut samples: Vec<String> =
        seen(session, line).into_iter().map(|one| one.id).take(3).collect();
    let whole = text.replace('*', "any/thing").replace('?', "x");
    for sample in [whole.clone(), format!("{whole}/deeper"), whole.to_uppercase()] {
        if !samples.contains(&sample) {
            samples.push(sample);
        }
    }
    let borrowed: Vec<&str> = samples.iter().map(String::as_str).collect();
    let answers = pickers::matches_samples(operator.comparison, text, &borrowed);
    answers.into_iter().zip(samples.clone()).collect()
}
