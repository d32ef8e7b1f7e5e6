//! Choosing a value, by what kind it is.

use crate::components::value::{self, plain};
use crate::picker::{self, Choice, Picker};
use crate::session::Session;
use abac_eval::AttributeKey;
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::Element;
use workbench::blocks::{BlockId, Edit, Line};
use workbench::pickers::{self, LineOperator, ValueKind};

/// Returns what another value of a line is called; `None` where it takes no other.
pub(super) fn another(line: &Line) -> Option<&'static str> {
    let operator = line.operator?;
    let full = operator.for_several().is_none() && !line.values.is_empty();
    if full || line.other.is_some() {
        return None;
    }
    line.value_kind.map(value::called)
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
    let known = match kind {
        ValueKind::Tag | ValueKind::Text | ValueKind::Pattern => texts(session, &line),
        _ => seen(session, &line),
    };
    let picker = value::picker(session, kind, known, choose);
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
