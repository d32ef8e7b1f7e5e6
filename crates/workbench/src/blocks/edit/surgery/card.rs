//! Cards, and blocks put into them.

use super::{Found, Surgery};
use crate::blocks::edit::{EditError, Target};
use crate::blocks::line::NewLine;
use crate::blocks::lossless::{Kind, NodeId};
use crate::blocks::{BlockId, BlockKind, Join};
use abac_catalog::Action;

impl Surgery<'_> {
    pub(super) fn action(&self, id: &str) -> Result<&'static Action, EditError> {
        self.catalog.action(id).ok_or_else(|| EditError::Unknown(id.to_owned()))
    }

    pub(super) fn add_card(
        &mut self,
        actions: &[String],
        line: Option<&NewLine>,
        behind: Option<BlockId>,
    ) -> Result<(), EditError> {
        let line = line.map(NewLine::write).transpose()?;
        let guards = actions.iter().map(|id| Ok(format!("!({})", self.action(id)?.guard())));
        let guards: Vec<String> = guards.collect::<Result<_, EditError>>()?;
        // The layout of the portal.
        let text = match (guards.as_slice(), &line) {
            ([], None) => return Err(EditError::EmptyCard),
            ([], Some(line)) => line.clone(),
            (guards, None) => format!("(\n (\n  {}\n )\n)", guards.join("\n  AND\n  ")),
            (guards, Some(line)) => {
                format!("(\n (\n  {}\n )\n OR\n (\n  {line}\n )\n)", guards.join("\n  AND\n  "))
            }
        };
        let new = self.tree.graft(&text);
        let anchor = match behind {
            Some(id) => match self.find(id)? {
                Found::Card(card) => Some(card.node),
                Found::Block(..) => return Err(EditError::NotThere),
            },
            None => self.board.cards.last().map(|card| card.node),
        };
        match anchor {
            Some(anchor) => self.tree.insert_line(anchor, new),
            None => self.tree.start(new),
        }
        Ok(())
    }

    pub(super) fn add_action(&mut self, card: BlockId, action: &str) -> Result<(), EditError> {
        let Found::Card(card) = self.find(card)? else { return Err(EditError::NotThere) };
        let guard = self.action(action)?.guard();
        let last = card.actions.last().ok_or(EditError::NotThere)?;
        let new = self.tree.graft(&format!("!({guard})"));
        self.tree.insert(last.node, new, Join::All, true);
        Ok(())
    }

    pub(super) fn remove_action(&mut self, card: BlockId, index: usize) -> Result<(), EditError> {
        let Found::Card(card) = self.find(card)? else { return Err(EditError::NotThere) };
        let action = card.actions.get(index).ok_or(EditError::NoSuchBlock)?;
        if card.actions.len() == 1 {
            return Err(EditError::LastAction);
        }
        let node = match action.part {
            None => action.node,
            Some(part) => {
                let mut terms = Vec::new();
                self.disjuncts(self.core(action.node), &mut terms);
                terms.get(part).copied().ok_or(EditError::NoSuchBlock)?
            }
        };
        self.tree.remove(node);
        Ok(())
    }

    pub(super) fn disjuncts(&self, node: NodeId, out: &mut Vec<NodeId>) {
        let inner = self.tree.ungrouped(node);
        if self.tree.kind(inner) == Kind::Chain(Join::Any) {
            for item in self.tree.items(inner) {
                self.disjuncts(*item, out);
            }
        } else {
            out.push(node);
        }
    }

    /// Puts a node where it belongs; `join` counts where the place leaves it open.
    pub(super) fn put(&mut self, new: NodeId, to: Target, join: Join) -> Result<(), EditError> {
        let (id, behind) = match to {
            Target::Into(id) => return self.put_into(new, id, join),
            Target::Before(id) => (id, false),
            Target::Behind(id) => (id, true),
        };
        match self.find(id)? {
            Found::Card(_) => Err(EditError::NotThere),
            Found::Block(block, body) => {
                let join = if body.blocks.len() > 1 { body.join } else { join };
                self.tree.insert(block.node, new, join, behind);
                Ok(())
            }
        }
    }

    pub(super) fn put_into(
        &mut self,
        new: NodeId,
        id: BlockId,
        join: Join,
    ) -> Result<(), EditError> {
        let (body, card) = match self.find(id)? {
            Found::Card(card) => (&card.body, Some(card)),
            Found::Block(block, _) => match &block.kind {
                BlockKind::Group(body) => (body, None),
                _ => {
                    self.tree.insert(block.node, new, join, true);
                    return Ok(());
                }
            },
        };
        match (body.blocks.last(), card) {
            (Some(anchor), _) => {
                let join = if body.blocks.len() > 1 { body.join } else { join };
                self.tree.insert(anchor.node, new, join, true);
            }
            (None, Some(card)) => {
                // What was never allowed is allowed if the new block holds.
                let guard = card.actions.last().ok_or(EditError::NotThere)?;
                let mut term = guard.node;
                while let Some(parent) = self.tree.parent(term)
                    && parent != card.node
                    && self.tree.is_within(parent, card.node)
                {
                    term = parent;
                }
                let new = self.tree.wrap(Kind::Group, new);
                self.tree.insert(term, new, Join::Any, true);
            }
            (None, None) => return Err(EditError::NotThere),
        }
        Ok(())
    }
}
