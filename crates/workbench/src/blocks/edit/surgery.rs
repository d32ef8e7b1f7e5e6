//! How each edit changes the tree.

mod card;
mod line;
mod structure;

use super::{Edit, EditError};
use crate::blocks::line::{Line, NewLine};
use crate::blocks::lossless::{Kind, Lossless, NodeId};
use crate::blocks::{Block, BlockId, BlockKind, Board, Body, Card};
use abac_catalog::Catalog;

pub(super) struct Surgery<'b> {
    board: &'b Board,
    catalog: &'b Catalog,
    tree: Lossless,
}

/// A card, or a block with what it stands in.
#[derive(Clone, Copy)]
enum Found<'b> {
    Card(&'b Card),
    Block(&'b Block, &'b Body),
}

impl Found<'_> {
    fn node(&self) -> NodeId {
        match self {
            Self::Card(card) => card.node,
            Self::Block(block, _) => block.node,
        }
    }
}

impl<'b> Surgery<'b> {
    pub(super) fn new(board: &'b Board, catalog: &'b Catalog) -> Self {
        Self { board, catalog, tree: board.lossless.clone() }
    }

    pub(super) fn into_tree(self) -> Lossless {
        self.tree
    }

    pub(super) fn perform(&mut self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::AddCard { actions, line, behind } => {
                self.add_card(actions, line.as_ref(), *behind)
            }
            Edit::AddAction { card, action } => self.add_action(*card, action),
            Edit::RemoveAction { card, index } => self.remove_action(*card, *index),
            Edit::AddLine { to, join, line } => {
                let new = self.leaf(line)?;
                self.put(new, *to, *join)
            }
            Edit::SetLine { block, line } => {
                let node = self.line(*block)?.1;
                self.tree.set_leaf(node, line.write()?);
                Ok(())
            }
            Edit::SetSource { block, source } => self.set_source(*block, *source),
            Edit::SetAttribute { block, source, attribute, key } => {
                self.set_attribute(*block, *source, attribute, key)
            }
            Edit::SetOperator { block, operator } => self.set_operator(*block, *operator),
            Edit::SetValues { block, values } => self.set_values(*block, values),
            Edit::SetOther { block, source, body } => self.set_other(*block, *source, body),
            Edit::SetText { block, text } => self.set_text(*block, text),
            Edit::Negate(block) => self.negate(*block),
            Edit::Move { block, to } => self.shift(*block, *to),
            Edit::MoveUp(block) => self.step(*block, false),
            Edit::MoveDown(block) => self.step(*block, true),
            Edit::Group { blocks, join } => self.group(blocks, *join),
            Edit::GroupWith { block, onto, join } => self.group_with(*block, *onto, *join),
            Edit::Ungroup(block) => self.ungroup(*block),
            Edit::Duplicate(block) => self.duplicate(*block),
            Edit::Delete(block) => {
                let node = self.find(*block)?.node();
                self.tree.remove(node);
                Ok(())
            }
            Edit::SetJoin { block, join } => self.set_join(*block, *join),
        }
    }

    fn find(&self, id: BlockId) -> Result<Found<'b>, EditError> {
        let board = self.board;
        if let Some(card) = board.card(id) {
            return Ok(Found::Card(card));
        }
        let mut open: Vec<&'b Body> = board.cards.iter().map(|card| &card.body).collect();
        while let Some(body) = open.pop() {
            for block in &body.blocks {
                if block.id == id {
                    return Ok(Found::Block(block, body));
                }
                if let BlockKind::Group(inner) = &block.kind {
                    open.push(inner);
                }
            }
        }
        Err(EditError::NoSuchBlock)
    }

    /// Returns a line, the node of its comparison and where that begins.
    fn line(&self, id: BlockId) -> Result<(&'b Line, NodeId, &'b Block), EditError> {
        let Found::Block(block, _) = self.find(id)? else { return Err(EditError::NoForm) };
        let BlockKind::Line(line) = &block.kind else { return Err(EditError::NoForm) };
        Ok((line, self.core(block.node), block))
    }

    /// Returns the node within parentheses and one `NOT`.
    fn core(&self, node: NodeId) -> NodeId {
        let node = self.tree.ungrouped(node);
        match (self.tree.kind(node), self.tree.inner(node)) {
            (Kind::Not, Some(inner)) => self.tree.ungrouped(inner),
            _ => node,
        }
    }

    fn leaf(&mut self, line: &NewLine) -> Result<NodeId, EditError> {
        Ok(self.tree.leaf(line.write()?))
    }
}
