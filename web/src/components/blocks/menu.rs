//! What can be done with a card or a block.

use crate::components::blocks::keys;
use crate::picker::{Choice, Picker};
use crate::session::Session;
use leptos::prelude::*;
use web_sys::Element;
use workbench::blocks::{BlockId, BlockKind};

const CARD: [(&str, &str, &str); 4] = [
    ("up", "Move up", "Alt ↑"),
    ("down", "Move down", "Alt ↓"),
    ("duplicate", "Duplicate", "D"),
    ("delete", "Delete", "Del"),
];

const BLOCK: [(&str, &str, &str); 4] = [
    ("negate", "Negate", "!"),
    ("group", "Group with the next", "G"),
    ("ungroup", "Take out of the group", "U"),
    ("text", "Edit as text", "T"),
];

/// Offers what can be done with a card.
pub(super) fn card(session: Session, id: BlockId, beside: Option<&Element>) {
    let choose = move |what: String| keys::perform(session, id, &what);
    session.pick(beside, Picker::of("This card", choices(&CARD), choose));
}

/// Offers what can be done with a block.
pub(super) fn block(
    session: Session,
    id: BlockId,
    as_text: RwSignal<bool>,
    beside: Option<&Element>,
) {
    let kind = session.block(id).map(|block| block.kind);
    let group = matches!(kind, Some(BlockKind::Group(_)));
    let text = matches!(kind, Some(BlockKind::Text(_)));
    let fits = |one: &&(&str, &str, &str)| match one.0 {
        "ungroup" => group,
        "text" => !text,
        _ => true,
    };
    let block: Vec<_> = BLOCK.iter().filter(fits).copied().chain(CARD).collect();
    let choose = move |what: String| {
        if what == "text" {
            as_text.set(true);
        } else {
            keys::perform(session, id, &what);
        }
    };
    session.pick(beside, Picker::of("This block", choices(&block), choose));
}

fn choices(all: &[(&str, &str, &str)]) -> Vec<Choice> {
    all.iter().map(|(id, label, keys)| Choice::new(*id, *label).detail(*keys)).collect()
}
