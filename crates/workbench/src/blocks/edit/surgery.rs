//! How each edit changes the tree.

use super::{Edit, EditError, Target};
use crate::blocks::line::{self, Line, NewLine};
use crate::blocks::lossless::{Kind, Lossless, NodeId};
use crate::blocks::{Block, BlockId, BlockKind, Board, Body, Card, Join};
use crate::pickers::{LineOperator, operators};
use abac_catalog::{Action, Attribute, Catalog};
use abac_syntax::AttributeSource;
use diagnostics::{Severity, Span};

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
            Edit::SetSource { block, source } => {
                let (line, node, _) = self.line(*block)?;
                let at = line.attribute.span.start;
                let end = at + 1 + line.attribute.source.as_str().len() as u32;
                // A source is written behind `@`, whatever the letter case.
                let written = Span::new(at, end).of(&self.board.text);
                if !written.starts_with('@') {
                    return Err(EditError::NoForm);
                }
                self.splice(node, *block, Span::new(at + 1, end), source.as_str())
            }
            Edit::SetAttribute { block, source, attribute, key } => {
                self.set_attribute(*block, *source, attribute, key)
            }
            Edit::SetOperator { block, operator } => self.set_operator(*block, *operator),
            Edit::SetValues { block, values } => self.set_values(*block, values),
            Edit::SetOther { block, source, body } => {
                let (line, node, _) = self.line(*block)?;
                if line.operator.is_none() {
                    return Err(EditError::NoForm);
                }
                let text = format!("@{}[{body}]", source.as_str());
                self.splice(node, *block, line.right_span, &text)
            }
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

    /// Replaces a part of a comparison.
    fn splice(
        &mut self,
        node: NodeId,
        block: BlockId,
        part: Span,
        text: &str,
    ) -> Result<(), EditError> {
        let (line, ..) = self.line(block)?;
        let start = line.attribute.span.start;
        let whole = self.tree.text_of(node);
        // An `Exists` begins before its attribute.
        let before = if line.operator.is_none() {
            start.saturating_sub(line.operator_span.start)
        } else {
            0
        };
        let from = (part.start + before).checked_sub(start).ok_or(EditError::NoForm)? as usize;
        let to = (part.end + before).checked_sub(start).ok_or(EditError::NoForm)? as usize;
        let (Some(head), Some(tail)) = (whole.get(..from), whole.get(to..)) else {
            return Err(EditError::NoForm);
        };
        let text = format!("{head}{text}{tail}");
        self.tree.set_leaf(node, text);
        Ok(())
    }

    fn leaf(&mut self, line: &NewLine) -> Result<NodeId, EditError> {
        Ok(self.tree.leaf(line.write()?))
    }

    fn action(&self, id: &str) -> Result<&'static Action, EditError> {
        self.catalog.action(id).ok_or_else(|| EditError::Unknown(id.to_owned()))
    }

    fn attribute(&self, id: &str) -> Result<&'b Attribute, EditError> {
        self.catalog.attribute(id).ok_or_else(|| EditError::Unknown(id.to_owned()))
    }

    fn add_card(
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

    fn add_action(&mut self, card: BlockId, action: &str) -> Result<(), EditError> {
        let Found::Card(card) = self.find(card)? else { return Err(EditError::NotThere) };
        let guard = self.action(action)?.guard();
        let last = card.actions.last().ok_or(EditError::NotThere)?;
        let new = self.tree.graft(&format!("!({guard})"));
        self.tree.insert(last.node, new, Join::All, true);
        Ok(())
    }

    fn remove_action(&mut self, card: BlockId, index: usize) -> Result<(), EditError> {
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

    fn disjuncts(&self, node: NodeId, out: &mut Vec<NodeId>) {
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
    fn put(&mut self, new: NodeId, to: Target, join: Join) -> Result<(), EditError> {
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

    fn put_into(&mut self, new: NodeId, id: BlockId, join: Join) -> Result<(), EditError> {
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

    fn set_attribute(
        &mut self,
        block: BlockId,
        source: AttributeSource,
        attribute: &str,
        key: &str,
    ) -> Result<(), EditError> {
        let (line, node, _) = self.line(block)?;
        let attribute = self.attribute(attribute)?;
        let body = attribute.body(key);
        let reference = format!("@{}[{body}]", source.as_str());
        let keeps = line.operator.is_none_or(|operator| attribute.takes_operator(&operator.name()));
        if keeps {
            return self.splice(node, block, line.attribute.span, &reference);
        }
        let operator = operators(attribute).into_iter().next().and_then(|choice| choice.operator);
        let same_type = operator.map(|one| one.comparison.value_type())
            == line.operator.map(|one| one.comparison.value_type());
        let values = if same_type { texts(line) } else { Vec::new() };
        let new = NewLine { source, body, operator, values };
        self.tree.set_leaf(node, new.write()?);
        Ok(())
    }

    fn set_operator(
        &mut self,
        block: BlockId,
        operator: Option<LineOperator>,
    ) -> Result<(), EditError> {
        let (line, node, _) = self.line(block)?;
        let side = &line.attribute;
        if let (Some(new), Some(old)) = (operator, line.operator) {
            let same_type = new.comparison.value_type() == old.comparison.value_type();
            let fits = new.quantifier.is_some() == line.is_set || line.other.is_some();
            if same_type && fits {
                return self.splice(node, block, line.operator_span, &new.name());
            }
            if same_type {
                // One value and a set of one are written differently; several values for an
                // operator that takes one would not be decided, so the first stays.
                let mut texts = texts(line);
                if new.quantifier.is_none() {
                    texts.truncate(1);
                }
                let right = line::values(new, &texts, new.quantifier.is_some())?;
                let part = line.operator_span.to(line.right_span);
                return self.splice(node, block, part, &format!("{} {right}", new.name()));
            }
        }
        let (source, body) = (side.source, side.body.clone());
        let new = NewLine { source, body, operator, values: Vec::new() };
        self.tree.set_leaf(node, new.write()?);
        Ok(())
    }

    fn set_values(&mut self, block: BlockId, values: &[String]) -> Result<(), EditError> {
        let (line, node, _) = self.line(block)?;
        let operator = line.operator.ok_or(EditError::NoForm)?;
        if values.len() > 1 && operator.quantifier.is_none() {
            let several = operator.for_several().ok_or(EditError::NotThere)?;
            let right = line::values(several, values, true)?;
            let part = line.operator_span.to(line.right_span);
            return self.splice(node, block, part, &format!("{} {right}", several.name()));
        }
        let set = line.is_set || operator.quantifier.is_some();
        // Values that stay keep their spelling.
        let mut literals = Vec::with_capacity(values.len());
        for value in values {
            let same = line.values.iter().find(|one| one.text == *value);
            literals.push(match same {
                Some(same) => same.span.of(&self.board.text).to_owned(),
                None => line::values(operator, std::slice::from_ref(value), false)?,
            });
        }
        let right = match (literals.as_slice(), set) {
            ([], _) => line::values(operator, &[], set)?,
            (_, true) => format!("{{{}}}", literals.join(", ")),
            (_, false) => literals.concat(),
        };
        self.splice(node, block, line.right_span, &right)
    }

    fn set_text(&mut self, block: BlockId, text: &str) -> Result<(), EditError> {
        let node = self.find(block)?.node();
        if let Some(error) = abac_syntax::parse(text)
            .diagnostics
            .iter()
            .find(|finding| finding.severity == Severity::Error)
        {
            return Err(EditError::Unreadable(error.message.clone()));
        }
        if text.trim().is_empty() {
            return Err(EditError::Unreadable("the text is empty".to_owned()));
        }
        let new = self.tree.graft(text);
        self.tree.replace(node, new);
        Ok(())
    }

    fn negate(&mut self, block: BlockId) -> Result<(), EditError> {
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

    fn shift(&mut self, block: BlockId, to: Target) -> Result<(), EditError> {
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
    fn join_of(&self, id: BlockId) -> Join {
        match self.find(id) {
            Ok(Found::Card(card)) => card.body.join,
            Ok(Found::Block(block, body)) => match &block.kind {
                BlockKind::Group(inner) => inner.join,
                _ => body.join,
            },
            Err(_) => Join::All,
        }
    }

    fn step(&mut self, block: BlockId, down: bool) -> Result<(), EditError> {
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

    fn group(&mut self, blocks: &[BlockId], join: Join) -> Result<(), EditError> {
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
    fn gather(&mut self, blocks: &[&Block], join: Join) {
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

    fn group_with(&mut self, block: BlockId, onto: BlockId, join: Join) -> Result<(), EditError> {
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

    fn ungroup(&mut self, block: BlockId) -> Result<(), EditError> {
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

    fn duplicate(&mut self, block: BlockId) -> Result<(), EditError> {
        let found = self.find(block)?;
        let join = match found {
            Found::Card(_) => Join::All,
            Found::Block(_, body) => body.join,
        };
        let copy = self.tree.copy(found.node());
        self.tree.insert(found.node(), copy, join, true);
        Ok(())
    }

    fn set_join(&mut self, block: BlockId, join: Join) -> Result<(), EditError> {
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

fn texts(line: &Line) -> Vec<String> {
    line.values.iter().map(|value| value.text.clone()).collect()
}
