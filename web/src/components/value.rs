//! Choosing a value, by what kind it is.

use crate::picker::{self, Choice, Picker};
use crate::session::Session;
use abac_syntax::ValueType;
use leptos::prelude::*;
use workbench::pickers::{self, PRINCIPAL_TYPES, ValueKind};

/// Returns the list to choose a value of a kind from; `known` are values that are near at hand.
pub(crate) fn picker(
    session: Session,
    kind: ValueKind,
    known: Vec<Choice>,
    choose: impl Fn(String) + 'static,
) -> Picker {
    let check = move |text: &str| {
        pickers::check_value(value_type(kind), text).map_err(|problem| problem.to_string())
    };
    match kind {
        ValueKind::Role => Picker::searched("Role", move |text| roles(session, text), choose)
            .free("Name or GUID of a role", check),
        ValueKind::Boolean => Picker::of("Value", plain(&["true", "false"]), choose),
        ValueKind::PrincipalType => Picker::of("Principal type", plain(&PRINCIPAL_TYPES), choose),
        ValueKind::Principal => Picker::of("Principal", known, choose).free("Object id", check),
        ValueKind::DateTime => {
            Picker::of("Instant, in UTC", instants(), choose).free("2026-12-31T23:59:59.0Z", check)
        }
        ValueKind::Guid
        | ValueKind::Number
        | ValueKind::Tag
        | ValueKind::Text
        | ValueKind::Pattern => Picker::of("Value", known, choose).free("Type a value", check),
    }
}

/// Returns what a value of a kind is called.
pub(crate) const fn called(kind: ValueKind) -> &'static str {
    match kind {
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
    }
}

/// Returns choices that are called what they are.
pub(crate) fn plain(values: &[&str]) -> Vec<Choice> {
    values.iter().map(|value| Choice::new(*value, *value)).collect()
}

const fn value_type(kind: ValueKind) -> ValueType {
    match kind {
        ValueKind::Role | ValueKind::Principal | ValueKind::Guid => ValueType::Guid,
        ValueKind::DateTime => ValueType::DateTime,
        ValueKind::Number => ValueType::Numeric,
        ValueKind::Boolean => ValueType::Bool,
        ValueKind::PrincipalType | ValueKind::Pattern | ValueKind::Tag | ValueKind::Text => {
            ValueType::String
        }
    }
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
