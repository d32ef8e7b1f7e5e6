//! Changes of a lossless tree.

use super::{Join, Kind, Lossless, Node, NodeId, leaf};
use crate::condition::Condition;

impl Lossless {
    pub(in crate::blocks) fn leaf(&mut self, text: String) -> NodeId {
        self.push(leaf(text))
    }

    /// Reads a text of its own and makes it a node, to be put somewhere. Only for text without
    /// errors; of any other the tree would not hold all.
    pub(in crate::blocks) fn graft(&mut self, text: &str) -> NodeId {
        let read = Self::read(&Condition::read(text));
        let first = self.nodes.len();
        let moved = |id: NodeId| id + first;
        for mut node in read.nodes {
            node.parent = node.parent.map(moved);
            node.items = node.items.into_iter().map(moved).collect();
            self.nodes.push(node);
        }
        match read.root {
            Some(root) => moved(root),
            None => self.leaf(text.to_owned()),
        }
    }

    pub(in crate::blocks) fn set_leaf(&mut self, id: NodeId, text: String) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.gaps = vec![text];
        }
    }

    /// Makes a chain; terms that are chains themselves get parentheses.
    pub(in crate::blocks) fn chain(&mut self, join: Join, terms: &[NodeId], gap: &str) -> NodeId {
        let mut gaps = vec![gap.to_owned(); terms.len().saturating_sub(1)];
        gaps.insert(0, String::new());
        gaps.push(String::new());
        let items: Vec<NodeId> = terms.iter().map(|term| self.as_term(*term)).collect();
        let node = Node { kind: Kind::Chain(join), parent: None, items: items.clone(), gaps };
        let id = self.push(node);
        for item in items {
            self.set_parent(item, Some(id));
        }
        id
    }

    pub(in crate::blocks) fn wrap(&mut self, kind: Kind, inner: NodeId) -> NodeId {
        let [open, close] = match kind {
            Kind::Group => ["(", ")"],
            _ => ["!", ""],
        };
        let gaps = vec![open.to_owned(), close.to_owned()];
        let id = self.push(Node { kind, parent: None, items: vec![inner], gaps });
        self.set_parent(inner, Some(id));
        id
    }

    /// Copies a node with everything within it.
    pub(in crate::blocks) fn copy(&mut self, id: NodeId) -> NodeId {
        let Some(node) = self.nodes.get(id).cloned() else { return self.leaf(String::new()) };
        let items: Vec<NodeId> = node.items.iter().map(|item| self.copy(*item)).collect();
        let copy = self.push(Node { items: items.clone(), parent: None, ..node });
        for item in items {
            self.set_parent(item, Some(copy));
        }
        copy
    }

    /// Puts a node in the place of another, with parentheses where the place needs them.
    pub(in crate::blocks) fn replace(&mut self, old: NodeId, new: NodeId) {
        let parent = self.parent(old);
        self.set_parent(old, None);
        let Some(parent) = parent else {
            self.root = Some(new);
            return self.set_parent(new, None);
        };
        let new = match self.kind(parent) {
            Kind::Group => new,
            Kind::Not | Kind::Chain(_) | Kind::Leaf => self.as_term(new),
        };
        if let Some(node) = self.nodes.get_mut(parent)
            && let Some(item) = node.items.iter_mut().find(|item| **item == old)
        {
            *item = new;
        }
        self.set_parent(new, Some(parent));
    }

    /// Takes a node out, with what holds nothing else, and says what is left in its place.
    pub(in crate::blocks) fn remove(&mut self, id: NodeId) {
        let mut id = id;
        let chain = loop {
            match self.parent(id) {
                None => {
                    self.root = None;
                    self.trim();
                    return;
                }
                Some(parent) if matches!(self.kind(parent), Kind::Chain(_)) => break parent,
                Some(parent) => id = parent,
            }
        };
        let Some(node) = self.nodes.get_mut(chain) else { return };
        let Some(place) = node.items.iter().position(|item| *item == id) else { return };
        node.items.remove(place);
        // The word before goes with it; the first term takes the word behind.
        node.gaps.remove(place.max(1));
        let left = node.items.clone();
        self.set_parent(id, None);
        if let [only] = left.as_slice() {
            self.replace(chain, *only);
        }
    }

    /// Puts a node before or behind another one, joined with it: into its chain where that joins
    /// alike, otherwise into a new chain in its place.
    pub(in crate::blocks) fn insert(
        &mut self,
        anchor: NodeId,
        new: NodeId,
        join: Join,
        behind: bool,
    ) {
        if let Some(chain) = self.parent(anchor)
            && self.kind(chain) == Kind::Chain(join)
        {
            let new = self.as_term(new);
            let gap = self.gap(chain, join);
            if let Some(node) = self.nodes.get_mut(chain)
                && let Some(place) = node.items.iter().position(|item| *item == anchor)
            {
                node.items.insert(place + usize::from(behind), new);
                node.gaps.insert(place + 1, gap);
            }
            return self.set_parent(new, Some(chain));
        }
        // Within the parentheses that are there, if they hold nothing but the anchor.
        let mut at = anchor;
        if self.kind(at) == Kind::Group
            && let Some(inner) = self.inner(at)
            && !matches!(self.kind(inner), Kind::Chain(_))
        {
            at = inner;
        }
        let gap = format!(" {} ", join.word());
        // A stand-in keeps the place while the anchor moves into the chain.
        let place = self.leaf(String::new());
        self.replace(at, place);
        let terms = if behind { [at, new] } else { [new, at] };
        let chain = self.chain(join, &terms, &gap);
        self.replace(place, chain);
    }

    /// Puts a term behind another one on lines of its own, joined with `AND`.
    pub(in crate::blocks) fn insert_line(&mut self, anchor: NodeId, new: NodeId) {
        let usual =
            self.parent(anchor).is_some_and(|chain| self.kind(chain) == Kind::Chain(Join::All));
        if usual {
            return self.insert(anchor, new, Join::All, true);
        }
        let place = self.leaf(String::new());
        self.replace(anchor, place);
        let chain = self.chain(Join::All, &[anchor, new], "\nAND\n");
        self.replace(place, chain);
    }

    /// Makes a node the whole of an empty text.
    pub(in crate::blocks) fn start(&mut self, new: NodeId) {
        self.root = Some(new);
        self.trim();
    }

    /// Takes white space from the ends, where nothing stands between it any more.
    fn trim(&mut self) {
        self.lead = self.lead.trim().to_owned();
        self.trail = self.trail.trim().to_owned();
    }

    /// Changes how the terms of a chain are joined.
    pub(in crate::blocks) fn rejoin(&mut self, chain: NodeId, join: Join) {
        let items = self.items(chain).to_vec();
        for item in items {
            if matches!(self.kind(item), Kind::Chain(_)) {
                let place = self.leaf(String::new());
                self.replace(item, place);
                self.replace(place, item);
            }
        }
        if let Some(node) = self.nodes.get_mut(chain) {
            node.kind = Kind::Chain(join);
            let last = node.gaps.len().saturating_sub(1);
            for gap in node.gaps.iter_mut().take(last).skip(1) {
                let word = gap.trim();
                if Join::of_gap(word).is_some() {
                    *gap = gap.replace(word, join.word());
                }
            }
        }
        if matches!(
            self.parent(chain).map(|parent| self.kind(parent)),
            Some(Kind::Chain(_) | Kind::Not)
        ) {
            let place = self.leaf(String::new());
            self.replace(chain, place);
            self.replace(place, chain);
        }
    }

    /// Returns the text between two terms of a chain, as the author writes it there.
    fn gap(&self, chain: NodeId, join: Join) -> String {
        let usual = self.nodes.get(chain).and_then(|node| {
            let last = node.gaps.len().saturating_sub(1);
            node.gaps.iter().take(last).skip(1).find(|gap| Join::of_gap(gap) == Some(join))
        });
        usual.cloned().unwrap_or_else(|| format!(" {} ", join.word()))
    }

    /// Puts parentheses around a chain, so that it can be a term.
    fn as_term(&mut self, id: NodeId) -> NodeId {
        match self.kind(id) {
            Kind::Chain(_) => self.wrap(Kind::Group, id),
            _ => id,
        }
    }

    fn set_parent(&mut self, id: NodeId, parent: Option<NodeId>) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.parent = parent;
        }
    }

    fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }
}
