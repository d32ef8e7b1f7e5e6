//! The keyboard in the blocks.

use crate::browser;
use crate::components::blocks::edit::{element_id, focus};
use crate::session::Session;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use workbench::blocks::{BlockId, BlockKind, Board, Body, Edit};

/// Acts on the block that has the focus; keys within its controls are theirs.
pub(super) fn on_key(session: Session, event: &KeyboardEvent) -> Option<()> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let number: u32 = element.get_attribute("data-block")?.parse().ok()?;
    let board = session.board.get_untracked();
    let order = in_order(&board);
    let at = order.iter().position(|id| id.number() == number)?;
    let id = *order.get(at)?;
    if event.ctrl_key() || event.meta_key() {
        return None;
    }
    let step = |to: usize| order.get(to).copied().map(focus);
    match (event.key().as_str(), event.alt_key()) {
        ("ArrowDown", true) => perform(session, id, "down"),
        ("ArrowUp", true) => perform(session, id, "up"),
        ("ArrowDown" | "ArrowRight", false) => step(at + 1)?,
        ("ArrowUp" | "ArrowLeft", false) => step(at.checked_sub(1)?)?,
        ("Home", false) => step(0)?,
        ("End", false) => step(order.len() - 1)?,
        ("Enter", false) => browser::focus_within(&element_id(id))?,
        ("Delete" | "Backspace", false) => perform(session, id, "delete"),
        ("!", false) => perform(session, id, "negate"),
        ("g" | "G", false) => perform(session, id, "group"),
        ("u" | "U", false) => perform(session, id, "ungroup"),
        ("d" | "D", false) => perform(session, id, "duplicate"),
        _ => return None,
    }
    event.prevent_default();
    Some(())
}

/// Does something with a card or block, and keeps the focus where the work goes on.
pub(super) fn perform(session: Session, id: BlockId, what: &str) {
    let edit = match what {
        "up" => Edit::MoveUp(id),
        "down" => Edit::MoveDown(id),
        "duplicate" => Edit::Duplicate(id),
        "negate" => Edit::Negate(id),
        "ungroup" => Edit::Ungroup(id),
        "group" => match with_next(&session.board.get_untracked(), id) {
            Some(edit) => edit,
            None => return session.tell("There is no block behind it to group with"),
        },
        "delete" => {
            let order = in_order(&session.board.get_untracked());
            let at = order.iter().position(|one| *one == id).unwrap_or_default();
            session.edit(&Edit::Delete(id));
            let left = in_order(&session.board.get_untracked());
            let next = order.iter().skip(at).chain(order.iter().take(at).rev());
            if let Some(next) = next.copied().find(|one| left.contains(one)) {
                focus(next);
            }
            return;
        }
        _ => return,
    };
    session.edit_at(&edit, id);
}

/// Groups a block with the one behind it, joined as the other way round: within "all of" a group is
/// for "any of".
fn with_next(board: &Board, id: BlockId) -> Option<Edit> {
    fn search(body: &Body, id: BlockId) -> Option<Edit> {
        if let Some(at) = body.blocks.iter().position(|block| block.id == id) {
            let next = body.blocks.get(at + 1)?;
            return Some(Edit::Group { blocks: vec![id, next.id], join: body.join.other() });
        }
        body.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Group(body) => search(body, id),
            _ => None,
        })
    }
    board.cards.iter().find_map(|card| search(&card.body, id))
}

/// Returns cards and blocks as they stand one under the other.
fn in_order(board: &Board) -> Vec<BlockId> {
    fn walk(body: &Body, found: &mut Vec<BlockId>) {
        for block in &body.blocks {
            found.push(block.id);
            if let BlockKind::Group(body) = &block.kind {
                walk(body, found);
            }
        }
    }
    let mut found = Vec::new();
    for card in &board.cards {
        found.push(card.id);
        walk(&card.body, &mut found);
    }
    found
}
