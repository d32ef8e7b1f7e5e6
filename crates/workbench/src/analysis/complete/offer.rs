//! The choices for each kind of place.

use super::{Completion, CompletionKind};
use crate::context::{is_delegation, offered_attributes};
use crate::pickers::{PRINCIPAL_TYPES, ValueKind, operators, value_kind};
use crate::wording;
use abac_catalog::{Action, Attribute, Catalog, NameForm};
use abac_syntax::{AttributeSource, Comparison};

fn item(
    label: impl Into<String>,
    detail: impl Into<String>,
    insert: impl Into<String>,
    kind: CompletionKind,
) -> Completion {
    Completion { label: label.into(), detail: detail.into(), insert: insert.into(), kind }
}

pub(super) fn joins() -> Vec<Completion> {
    vec![
        item("AND", "both must hold", "AND ", CompletionKind::Keyword),
        item("OR", "one must hold", "OR ", CompletionKind::Keyword),
    ]
}

pub(super) fn sources(actions: &[&'static Action], catalog: &Catalog) -> Vec<Completion> {
    let place = crate::pickers::Place { actions: actions.to_vec() };
    crate::pickers::sources(catalog, &place)
        .into_iter()
        .map(|one| {
            let name = one.source.as_str();
            item(format!("@{name}"), one.words, format!("@{name}["), CompletionKind::Source)
        })
        .collect()
}

/// Returns what stands between the brackets, with the closing one.
pub(super) fn attribute_bodies(
    catalog: &Catalog,
    actions: &[&'static Action],
    source: &str,
) -> Vec<Completion> {
    let one = |attribute: &Attribute| {
        let body = attribute.body("key");
        item(body.clone(), detail(attribute), format!("{body}]"), CompletionKind::Attribute)
    };
    offered_attributes(catalog, actions, source).into_iter().map(one).collect()
}

fn detail(attribute: &Attribute) -> String {
    let types: Vec<_> = attribute.value_types.iter().map(|one| one.as_str()).collect();
    format!("{}, {}", attribute.display_name, types.join(" or "))
}

pub(super) fn starts(catalog: &Catalog, actions: &[&'static Action]) -> Vec<Completion> {
    let mut items = Vec::new();
    for source in AttributeSource::ALL {
        for attribute in offered_attributes(catalog, actions, source.as_str()) {
            let body = attribute.body("key");
            items.push(item(
                format!("@{}[{body}]", source.as_str()),
                detail(attribute),
                format!("@{}[{body}] ", source.as_str()),
                CompletionKind::Attribute,
            ));
        }
    }
    // Attributes of role assignments first; they are what most conditions are about.
    if is_delegation(actions) {
        items.sort_by_key(|one| !one.label.contains("Microsoft.Authorization/"));
    }
    let guard = "(!(ActionMatches{''}) OR ())";
    items.push(item("rule", "when someone …, only if …", guard, CompletionKind::Keyword));
    for (label, detail, insert) in [
        ("Exists", "the attribute is there", "Exists @"),
        ("NOT", "the opposite", "NOT "),
        ("ActionMatches", "the action of the request", "ActionMatches{'"),
        ("SubOperationMatches", "the part of the action", "SubOperationMatches{'"),
    ] {
        items.push(item(label, detail, insert, CompletionKind::Keyword));
    }
    items
}

pub(super) fn action_names(
    catalog: &Catalog,
    actions: &[&'static Action],
    is_guarded: bool,
) -> Vec<Completion> {
    // A guard that is complete already must not narrow what can be typed in its place.
    let all: Vec<_> = catalog.actions().collect();
    let list = if is_guarded { &all } else { actions };
    let mut items: Vec<Completion> = Vec::new();
    for action in list {
        let insert = format!("'{}'", action.action);
        if !items.iter().any(|known| known.insert == insert) {
            let detail = action.display_name;
            items.push(item(action.action, detail, insert, CompletionKind::Action));
        }
    }
    items
}

pub(super) fn suboperations(catalog: &Catalog, action: &str) -> Vec<Completion> {
    let has = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(action));
    let any = catalog.suboperations().any(|one| has(&one.actions));
    let mut items = Vec::new();
    for one in catalog.suboperations().filter(|one| !any || has(&one.actions)) {
        let detail = one.status.as_str();
        items.push(item(one.name, detail, format!("'{}'", one.name), CompletionKind::Action));
    }
    items
}

pub(super) fn operator_names(attribute: Option<&Attribute>) -> Vec<Completion> {
    let named =
        |name: &str, words: &str| item(name, words, format!("{name} "), CompletionKind::Operator);
    match attribute {
        Some(attribute) => operators(attribute)
            .into_iter()
            .filter(|choice| choice.operator.is_some())
            .map(|choice| named(&choice.name, choice.words))
            .collect(),
        None => Comparison::ALL
            .iter()
            .map(|one| named(one.as_str(), wording::operator(None, *one)))
            .collect(),
    }
}

pub(super) fn values(
    catalog: &Catalog,
    attribute: Option<&Attribute>,
    comparison: Comparison,
    braces: bool,
) -> Vec<Completion> {
    let value = |label: &str, detail: &str, text: &str| {
        let insert = if braces { format!("{{{text}}}") } else { text.to_owned() };
        item(label, detail, insert, CompletionKind::Value)
    };
    match value_kind(attribute, comparison) {
        ValueKind::Role => roles(catalog).map(|(name, id)| value(name, id, id)).collect(),
        ValueKind::PrincipalType => PRINCIPAL_TYPES
            .iter()
            .map(|name| value(name, "principal type", &format!("'{name}'")))
            .collect(),
        ValueKind::Boolean => vec![value("true", "", "true"), value("false", "", "false")],
        ValueKind::DateTime => {
            vec![value("2026-12-31T23:59:59.0Z", "an instant", "'2026-12-31T23:59:59.0Z'")]
        }
        _ => attribute
            .filter(|one| !matches!(one.form, NameForm::Key { .. }))
            .map(|one| {
                one.values
                    .iter()
                    .map(|text| value(text, "documented", &format!("'{text}'")))
                    .collect()
            })
            .unwrap_or_default(),
    }
}

/// All roles, by name: what is typed narrows them down in the editor.
fn roles(catalog: &Catalog) -> impl Iterator<Item = (&str, &str)> {
    catalog.roles().map(|role| (role.name(), role.id()))
}
