//! Edits of blocks, made on the text.

use crate::browser;
use crate::session::Session;
use leptos::prelude::*;
use workbench::blocks::{Block, BlockId, BlockKind, Board, Body, Edit, Line};

impl Session {
    /// Makes an edit of the blocks; one that cannot be made is told.
    pub(crate) fn edit(self, edit: &Edit) {
        let (board, settings) = (self.board.get_untracked(), self.settings.get_untracked());
        match board.apply(edit, settings.catalog()) {
            Ok(changes) => self.change(&changes),
            Err(error) => self.tell(sentence(&error.to_string())),
        }
    }

    /// Makes an edit, and moves the focus to a block once it is drawn.
    pub(crate) fn edit_at(self, edit: &Edit, block: BlockId) {
        self.edit(edit);
        focus(block);
    }

    /// Returns a block as it is now.
    pub(crate) fn block(self, id: BlockId) -> Option<Block> {
        self.board.get_untracked().block(id).cloned()
    }

    /// Returns a block's line as it is now.
    pub(crate) fn line(self, id: BlockId) -> Option<Line> {
        match self.block(id)?.kind {
            BlockKind::Line(line) => Some(*line),
            _ => None,
        }
    }

    /// Selects a block, and its text.
    pub(crate) fn select_block(self, id: BlockId) {
        let board = self.board.get_untracked();
        let block = board.block(id).map(|block| block.range);
        if let Some(range) = block.or_else(|| board.card(id).map(|card| card.range)) {
            self.selected.set(range);
            self.with_editor(|editor| editor.select(range, false));
        }
    }
}

/// Returns the blocks of a card or group.
pub(crate) fn body_of(board: &Board, owner: BlockId) -> Option<&Body> {
    if let Some(card) = board.card(owner) {
        return Some(&card.body);
    }
    match &board.block(owner)?.kind {
        BlockKind::Group(body) => Some(body),
        _ => None,
    }
}

/// Returns the id of a block's element.
pub(crate) fn element_id(block: BlockId) -> String {
    format!("block-{}", block.number())
}

/// Moves the focus to a block once it is drawn.
pub(crate) fn focus(block: BlockId) {
    request_animation_frame(move || {
        browser::focus(&element_id(block));
    });
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
