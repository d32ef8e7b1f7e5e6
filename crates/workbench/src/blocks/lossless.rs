//! A tree that holds every byte of its text, so that parts of it can be moved, added and taken
//! away while all others stay as they were written.

use crate::condition::Condition;
use abac_syntax::{ExprId, ExprKind};
use diagnostics::Span;

/// How terms are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Join {
    /// All must hold: `AND`.
    All,
    /// One must hold: `OR`.
    Any,
}

impl Join {
    /// Returns the word of the language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "AND",
            Self::Any => "OR",
        }
    }

    /// Returns the other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::All => Self::Any,
            Self::Any => Self::All,
        }
    }

    fn of_gap(gap: &str) -> Option<Self> {
        match gap.trim() {
            "&&" => Some(Self::All),
            "||" => Some(Self::Any),
            word if word.eq_ignore_ascii_case("and") => Some(Self::All),
            word if word.eq_ignore_ascii_case("or") => Some(Self::Any),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Chain(Join),
    Not,
    Group,
    Leaf,
}

/// Names a node.
pub(super) type NodeId = usize;

#[derive(Debug, Clone)]
struct Node {
    kind: Kind,
    parent: Option<NodeId>,
    items: Vec<NodeId>,
    // Invariant: one more than items; the text before, between and behind them.
    gaps: Vec<String>,
}

/// The tree. Nodes that were read have the numbers of [`ExprId::index`]; new ones come behind.
#[derive(Debug, Clone, Default)]
pub(super) struct Lossless {
    nodes: Vec<Node>,
    root: Option<NodeId>,
    lead: String,
    trail: String,
}

impl Lossless {
    pub(super) fn read(condition: &Condition) -> Self {
        let (text, tree) = (condition.text(), condition.tree());
        let mut read = Self { nodes: Vec::with_capacity(tree.len()), ..Self::default() };
        for (id, expr) in tree.exprs() {
            let (kind, children) = match expr.kind {
                ExprKind::And(list) => (Kind::Chain(Join::All), tree.children(list).to_vec()),
                ExprKind::Or(list) => (Kind::Chain(Join::Any), tree.children(list).to_vec()),
                ExprKind::Not { operand, .. } => (Kind::Not, vec![operand]),
                ExprKind::Group(inner) => (Kind::Group, vec![inner]),
                _ => (Kind::Leaf, Vec::new()),
            };
            let spans: Vec<Span> = children.iter().map(|child| tree.expr(*child).span).collect();
            let node = match gaps(text, expr.span, &spans) {
                Some(gaps) => {
                    let items: Vec<NodeId> = children.iter().map(|child| child.index()).collect();
                    for item in &items {
                        if let Some(child) = read.nodes.get_mut(*item) {
                            child.parent = Some(id.index());
                        }
                    }
                    Node { kind, parent: None, items, gaps }
                }
                None => leaf(expr.span.of(text).to_owned()),
            };
            read.nodes.push(node);
        }
        let span = tree.root().map(|root| tree.expr(root).span);
        match (tree.root(), span.and_then(|span| gaps(text, whole(text), &[span]))) {
            (Some(root), Some(gaps)) => {
                read.root = Some(root.index());
                let mut gaps = gaps.into_iter();
                read.lead = gaps.next().unwrap_or_default();
                read.trail = gaps.next().unwrap_or_default();
            }
            _ => read.lead = text.to_owned(),
        }
        read
    }

    pub(super) fn kind(&self, id: NodeId) -> Kind {
        self.nodes.get(id).map_or(Kind::Leaf, |node| node.kind)
    }

    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes.get(id)?.parent
    }

    pub(super) fn items(&self, id: NodeId) -> &[NodeId] {
        self.nodes.get(id).map_or(&[], |node| node.items.as_slice())
    }

    /// Returns the only item of a group or a negation.
    pub(super) fn inner(&self, id: NodeId) -> Option<NodeId> {
        match self.kind(id) {
            Kind::Group | Kind::Not => self.items(id).first().copied(),
            _ => None,
        }
    }

    /// Returns the node within any parentheses around it.
    pub(super) fn ungrouped(&self, id: NodeId) -> NodeId {
        let mut id = id;
        while self.kind(id) == Kind::Group
            && let Some(inner) = self.inner(id)
        {
            id = inner;
        }
        id
    }

    /// Says whether one node lies within another, or is it.
    pub(super) fn is_within(&self, id: NodeId, outer: NodeId) -> bool {
        let mut at = Some(id);
        while let Some(id) = at {
            if id == outer {
                return true;
            }
            at = self.parent(id);
        }
        false
    }

    pub(super) fn to_text(&self) -> String {
        let mut out = self.lead.clone();
        if let Some(root) = self.root {
            self.write(root, &mut out);
        }
        out.push_str(&self.trail);
        out
    }

    pub(super) fn text_of(&self, id: NodeId) -> String {
        let mut out = String::new();
        self.write(id, &mut out);
        out
    }

    // Invariant: recursion follows the nesting of a tree that the parser made, which it bounds, and
    // what one edit adds to it.
    fn write(&self, id: NodeId, out: &mut String) {
        let Some(node) = self.nodes.get(id) else { return };
        let mut gaps = node.gaps.iter();
        out.push_str(gaps.next().map_or("", String::as_str));
        for (item, gap) in node.items.iter().zip(gaps) {
            self.write(*item, out);
            out.push_str(gap);
        }
    }

    /// Returns what the tree says, without parentheses that change nothing: two trees of the same
    /// shape decide alike, clause by clause.
    pub(super) fn shape(&self) -> String {
        let mut out = String::new();
        if let Some(root) = self.root {
            self.write_shape(root, None, &mut out);
        }
        out
    }

    fn write_shape(&self, id: NodeId, within: Option<Join>, out: &mut String) {
        match self.kind(id) {
            Kind::Group => {
                if let Some(inner) = self.inner(id) {
                    self.write_shape(inner, within, out);
                }
            }
            Kind::Not => {
                out.push('!');
                if let Some(inner) = self.inner(id) {
                    self.write_shape(inner, None, out);
                }
            }
            Kind::Chain(join) => {
                let open = within != Some(join);
                out.push_str(if open { "(" } else { "" });
                for (place, item) in self.items(id).iter().enumerate() {
                    if place > 0 {
                        out.push_str(join.word());
                    }
                    self.write_shape(*item, Some(join), out);
                }
                out.push_str(if open { ")" } else { "" });
            }
            Kind::Leaf => {
                out.push('[');
                self.write(id, out);
                out.push(']');
            }
        }
    }

    pub(super) fn leaf(&mut self, text: String) -> NodeId {
        self.push(leaf(text))
    }

    /// Reads a text of its own and makes it a node, to be put somewhere. Only for text without
    /// errors; of any other the tree would not hold all.
    pub(super) fn graft(&mut self, text: &str) -> NodeId {
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

    pub(super) fn set_leaf(&mut self, id: NodeId, text: String) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.gaps = vec![text];
        }
    }

    /// Makes a chain; terms that are chains themselves get parentheses.
    pub(super) fn chain(&mut self, join: Join, terms: &[NodeId], gap: &str) -> NodeId {
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

    pub(super) fn wrap(&mut self, kind: Kind, inner: NodeId) -> NodeId {
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
    pub(super) fn copy(&mut self, id: NodeId) -> NodeId {
        let Some(node) = self.nodes.get(id).cloned() else { return self.leaf(String::new()) };
        let items: Vec<NodeId> = node.items.iter().map(|item| self.copy(*item)).collect();
        let copy = self.push(Node { items: items.clone(), parent: None, ..node });
        for item in items {
            self.set_parent(item, Some(copy));
        }
        copy
    }

    /// Puts a node in the place of another, with parentheses where the place needs them.
    pub(super) fn replace(&mut self, old: NodeId, new: NodeId) {
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
    pub(super) fn remove(&mut self, id: NodeId) {
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
    pub(super) fn insert(&mut self, anchor: NodeId, new: NodeId, join: Join, behind: bool) {
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
    pub(super) fn insert_line(&mut self, anchor: NodeId, new: NodeId) {
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
    pub(super) fn start(&mut self, new: NodeId) {
        self.root = Some(new);
        self.trim();
    }

    /// Takes white space from the ends, where nothing stands between it any more.
    fn trim(&mut self) {
        self.lead = self.lead.trim().to_owned();
        self.trail = self.trail.trim().to_owned();
    }

    /// Changes how the terms of a chain are joined.
    pub(super) fn rejoin(&mut self, chain: NodeId, join: Join) {
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

pub(super) const fn node(id: ExprId) -> NodeId {
    id.index()
}

fn leaf(text: String) -> Node {
    Node { kind: Kind::Leaf, parent: None, items: Vec::new(), gaps: vec![text] }
}

fn whole(text: &str) -> Span {
    Span::new(0, text.len() as u32)
}

/// Returns the texts around and between parts; `None` where they do not lie in order within the
/// whole, as around text that could not be read.
fn gaps(text: &str, whole: Span, parts: &[Span]) -> Option<Vec<String>> {
    let mut gaps = Vec::with_capacity(parts.len() + 1);
    let mut at = whole.start;
    for part in parts {
        gaps.push(text.get(at as usize..part.start as usize)?.to_owned());
        at = part.end;
    }
    gaps.push(text.get(at as usize..whole.end as usize)?.to_owned());
    Some(gaps)
}
