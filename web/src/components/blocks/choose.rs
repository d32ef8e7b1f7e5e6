//! Choosing actions, attributes and operators, each filtered to what is allowed.

use crate::components::blocks::edit::{body_of, focus};
use crate::components::blocks::values;
use crate::picker::{Choice, Picker};
use crate::session::Session;
use abac_syntax::AttributeSource;
use diagnostics::Span;
use leptos::prelude::*;
use web_sys::Element;
use workbench::blocks::{BlockId, Edit, Join, NewLine, Target};
use workbench::pickers::{self, LineOperator, Place};

/// Adds a card for an action.
pub(super) fn card(session: Session, beside: Option<&Element>) {
    pick_action(session, beside, move |action| {
        session.edit(&Edit::AddCard { actions: vec![action], line: None, behind: None });
        if let Some(card) = session.board.get_untracked().cards.last() {
            focus(card.id);
        }
    });
}

/// Adds an action to a card.
pub(super) fn action(session: Session, card: BlockId, beside: Option<&Element>) {
    pick_action(session, beside, move |action| session.edit(&Edit::AddAction { card, action }));
}

fn pick_action(session: Session, beside: Option<&Element>, then: impl Fn(String) + 'static) {
    let search = move |text: &str| {
        let settings = session.settings.get_untracked();
        let mut found = pickers::actions(settings.catalog(), settings.role(), text);
        // What is called as it is typed stands first.
        let typed = text.trim().to_lowercase();
        found.sort_by_key(|one| !one.name.to_lowercase().starts_with(&typed));
        let choice = |one: pickers::ActionChoice| {
            Choice::new(one.id, one.name)
                .detail(one.status.unwrap_or_default())
                .note(one.detail)
                .group(one.service)
        };
        found.into_iter().map(choice).collect::<Vec<_>>()
    };
    session.pick(beside, Picker::searched("Action", search, then));
}

/// Adds a line to a card or group, with the operator that people use most for its attribute, and
/// asks for its value.
pub(super) fn line(session: Session, owner: BlockId, join: Join, beside: Option<&Element>) {
    let board = session.board.get_untracked();
    let span = board.card(owner).map(|one| one.span);
    let Some(span) = span.or_else(|| board.block(owner).map(|one| one.span)) else { return };
    let place = beside.cloned();
    pick_attribute(session, span, beside, move |source, attribute, key| {
        let settings = session.settings.get_untracked();
        let line = NewLine::usual(settings.catalog(), source, &attribute, &key);
        let Some(line) = line else { return };
        session.edit(&Edit::AddLine { to: Target::Into(owner), join, line });
        let board = session.board.get_untracked();
        let added = body_of(&board, owner).and_then(|body| body.blocks.last()).map(|one| one.id);
        if let Some(added) = added {
            focus(added);
            let place = place.clone();
            request_animation_frame(move || {
                values::pick(session, added, Some(0), place.as_ref());
            });
        }
    });
}

/// Changes the attribute of a line.
pub(super) fn attribute(session: Session, id: BlockId, beside: Option<&Element>) {
    let Some(block) = session.block(id) else { return };
    pick_attribute(session, block.span, beside, move |source, attribute, key| {
        session.edit_at(&Edit::SetAttribute { block: id, source, attribute, key }, id);
    });
}

fn pick_attribute(
    session: Session,
    span: Span,
    beside: Option<&Element>,
    then: impl Fn(AttributeSource, String, String) + Clone + 'static,
) {
    let (settings, condition) =
        (session.settings.get_untracked(), session.condition.get_untracked());
    let catalog = settings.catalog();
    let place = Place::of(&condition, span, catalog, settings.role());
    let mut choices = Vec::new();
    for source in pickers::sources(catalog, &place) {
        for one in pickers::attributes(catalog, &place, source.source) {
            let id = format!("{}|{}|{}", source.source.as_str(), one.needs_key, one.id);
            let detail = if one.for_all { "" } else { "not for all actions" };
            let choice = Choice::new(id, one.name).note(one.description).detail(detail);
            choices.push(choice.group(format!("@{}: {}", source.source.as_str(), source.words)));
        }
    }
    let beside = beside.cloned();
    let anchor = beside.clone();
    let choose = move |id: String| {
        let mut parts = id.splitn(3, '|');
        let (source, needs_key, attribute) = (parts.next(), parts.next(), parts.next());
        let source = source.and_then(AttributeSource::parse);
        let (Some(source), Some(attribute)) = (source, attribute.map(str::to_owned)) else {
            return;
        };
        if needs_key == Some("true") {
            let then = then.clone();
            let named = move |key: String| then(source, attribute.clone(), key);
            let check = |key: &str| {
                let broken = key.is_empty() || key.contains(['[', ']', '<', '>']);
                if broken { Err("a name without brackets".to_owned()) } else { Ok(()) }
            };
            let picker = Picker::of("Which one", Vec::new(), named).free("Name of the key", check);
            session.pick(anchor.as_ref(), picker);
        } else {
            then(source, attribute, String::new());
        }
    };
    session.pick(beside.as_ref(), Picker::of("Attribute", choices, choose));
}

/// Changes the operator of a line.
pub(super) fn operator(session: Session, id: BlockId, beside: Option<&Element>) {
    let settings = session.settings.get_untracked();
    let Some(line) = session.line(id) else { return };
    let known = line.attribute.id.as_deref().and_then(|id| settings.catalog().attribute(id));
    let choices = known.map(pickers::operators).unwrap_or_default().into_iter().map(|one| {
        let case = if one.ignores_case { "letter case does not matter" } else { "" };
        Choice::new(one.name.clone(), one.words).detail(one.name).note(one.meaning.unwrap_or(case))
    });
    let choose = move |name: String| {
        let operator = LineOperator::parse(&name);
        session.edit_at(&Edit::SetOperator { block: id, operator }, id);
    };
    session.pick(beside, Picker::of("Operator", choices.collect(), choose));
}
