//! Negation, moves and groups.

use super::{Found, Surgery};
use crate::blocks::edit::{EditError, Target};
use crate::blocks::lossless::{Kind, NodeId};
use crate::blocks::{Block, BlockId, BlockKind, Join};

impl Surgery<'_> {
    pub(super) fn negate(&mut self, block: BlockId) -> Result<(), EditError> {
        let Found::Block(block, _) = self.find(block)? else { return Err(EditError::NotThere) };
        let outer = block.node;
        let not = self.tree.ungrouped(outer);
        if self.tree.kind(not) == Kind::Not
            && let Some(operand) = self.tree.inner(not)
        {
            // Parentheses that stood there for the sake of `!` go with it.
            let core = self.tree.ungrouped(operand);
            let kept = if self.tree.kind(core) == Kind::Leaf { core } else { operand };
            self.tree.replace(not, kept);
            return Ok(());
        }
        let place = self.tree.leaf(String::new());
        self.tree.replace(outer, place);
        let inner = match self.tree.kind(outer) {
            Kind::Group => outer,
            _ => self.tree.wrap(Kind::Group, outer),
        };
        let not = self.tree.wrap(Kind::Not, inner);
        self.tree.replace(place, not);
        Ok(())
    }

    pub(super) fn shift(&mut self, block: BlockId, to: Target) -> Result<(), EditError> {
        let moved = self.find(block)?;
        let (Target::Before(id) | Target::Behind(id) | Target::Into(id)) = to;
        let target = self.find(id)?;
        if self.tree.is_within(target.node(), moved.node()) {
            return Err(EditError::NotThere);
        }
        match (moved, target) {
            (Found::Card(moved), Found::Card(card)) if !matches!(to, Target::Into(_)) => {
                let copy = self.tree.copy(moved.node);
                let behind = matches!(to, Target::Behind(_));
                self.tree.insert(card.node, copy, Join::All, behind);
                self.tree.remove(moved.node);
                Ok(())
            }
            (Found::Block(moved, _), _) => {
                let copy = self.tree.copy(moved.node);
                // Where the moved block is all there is, nothing changes.
                if let (Target::Into(_), Found::Card(card)) = (to, target)
                    && let [only] = card.body.blocks.as_slice()
                    && only.id == moved.id
                {
                    return Ok(());
                }
                let join = self.join_of(id);
                self.put(copy, to, join)?;
                self.tree.remove(moved.node);
                Ok(())
            }
            _ => Err(EditError::NotThere),
        }
    }

    /// How blocks are joined where a target is.
    pub(super) fn join_of(&self, id: BlockId) -> Join {
        match self.find(id) {
            Ok(Found::Card(card)) => card.body.join,
            Ok(Found::Block(block, body)) => match &block.kind {
                BlockKind::Group(inner) => inner.join,
                _ => body.join,
            },
            Err(_) => Join::All,
        }
    }

    pub(super) fn step(&mut self, block: BlockId, down: bool) -> Result<(), EditError> {
        let siblings: Vec<(BlockId, NodeId)> = match self.find(block)? {
            Found::Card(_) => self.board.cards.iter().map(|card| (card.id, card.node)).collect(),
            Found::Block(_, body) => body.blocks.iter().map(|one| (one.id, one.node)).collect(),
        };
        let place = siblings.iter().position(|(id, _)| *id == block);
        let place = place.ok_or(EditError::NoSuchBlock)?;
        let other = if down { place.checked_add(1) } else { place.checked_sub(1) };
        let other = other.and_then(|place| siblings.get(place)).ok_or(EditError::NotThere)?;
        let node = self.find(block)?.node();
        // Both change places, and the words between stay where they are.
        let (first, second) = (self.tree.copy(node), self.tree.copy(other.1));
        self.tree.replace(node, second);
        self.tree.replace(other.1, first);
        Ok(())
    }

    pub(super) fn group(&mut self, blocks: &[BlockId], join: Join) -> Result<(), EditError> {
        let Some(first) = blocks.first() else { return Err(EditError::NotSiblings) };
        let Found::Block(_, body) = self.find(*first)? else { return Err(EditError::NotSiblings) };
        let chosen: Vec<&Block> =
            body.blocks.iter().filter(|block| blocks.contains(&block.id)).collect();
        if chosen.len() < 2 || chosen.len() != blocks.len() {
            return Err(EditError::NotSiblings);
        }
        self.gather(&chosen, join);
        Ok(())
    }

    /// Puts blocks into parentheses in the place of the first.
    pub(super) fn gather(&mut self, blocks: &[&Block], join: Join) {
        let Some((first, rest)) = blocks.split_first() else { return };
        let copies: Vec<NodeId> = blocks.iter().map(|block| self.tree.copy(block.node)).collect();
        let gap = format!(" {} ", join.word());
        let chain = self.tree.chain(join, &copies, &gap);
        let group = self.tree.wrap(Kind::Group, chain);
        for block in rest {
            self.tree.remove(block.node);
        }
        self.tree.replace(first.node, group);
    }

    pub(super) fn group_with(
        &mut self,
        block: BlockId,
        onto: BlockId,
        join: Join,
    ) -> Result<(), EditError> {
        let (Found::Block(block, _), Found::Block(onto, _)) = (self.find(block)?, self.find(onto)?)
        else {
            return Err(EditError::NotThere);
        };
        if self.tree.is_within(onto.node, block.node) || self.tree.is_within(block.node, onto.node)
        {
            return Err(EditError::NotThere);
        }
        let (dropped, target) = (self.tree.copy(block.node), self.tree.copy(onto.node));
        let gap = format!(" {} ", join.word());
        let chain = self.tree.chain(join, &[target, dropped], &gap);
        let group = self.tree.wrap(Kind::Group, chain);
        self.tree.replace(onto.node, group);
        self.tree.remove(block.node);
        Ok(())
    }

    pub(super) fn ungroup(&mut self, block: BlockId) -> Result<(), EditError> {
        let Found::Block(group, around) = self.find(block)? else { return Err(EditError::NoForm) };
        let BlockKind::Group(body) = &group.kind else { return Err(EditError::NoForm) };
        if group.negated {
            return Err(EditError::NotThere);
        }
        let join = if around.blocks.len() > 1 { around.join } else { body.join };
        for inner in body.blocks.iter() {
            let copy = self.tree.copy(inner.node);
            self.tree.insert(group.node, copy, join, false);
        }
        self.tree.remove(group.node);
        Ok(())
    }

    pub(super) fn duplicate(&mut self, block: BlockId) -> Result<(), EditError> {
        let found = self.find(block)?;
        let join = match found {
            Found::Card(_) => Join::All,
            Found::Block(_, body) => body.join,
        };
        let copy = self.tree.copy(found.node());
        self.tree.insert(found.node(), copy, join, true);
        Ok(())
    }

    pub(super) fn set_join(&mut self, block: BlockId, join: Join) -> Result<(), EditError> {
        let body = match self.find(block)? {
            Found::Card(card) => &card.body,
            Found::Block(block, _) => match &block.kind {
                BlockKind::Group(body) => body,
                _ => return Err(EditError::NoForm),
            },
        };
        let [first, _, ..] = body.blocks.as_slice() else { return Ok(()) };
        if body.join == join {
            return Ok(());
        }
        let nodes: Vec<NodeId> = body.blocks.iter().map(|block| block.node).collect();
        match self.tree.parent(first.node) {
            Some(chain) if self.tree.items(chain) == nodes => self.tree.rejoin(chain, join),
            // They stand beside the guard, in its own chain.
            _ => self.gather(&body.blocks.iter().collect::<Vec<_>>(), join),
        }
        Ok(())
    }
}
