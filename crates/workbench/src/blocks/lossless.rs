//! A tree that holds every byte of its text, so that parts of it can be moved, added and taken
//! away while all others stay as they were written.

mod change;

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
