//! From the tree to blocks.

use super::line;
use super::lossless::{Join, Lossless, node};
use super::{Block, BlockId, BlockKind, Board, Body, Card, CardAction, State};
use crate::condition::Condition;
use crate::context::{Scene, exact};
use crate::simulate::{Answer, ClauseState};
use abac_catalog::Catalog;
use abac_syntax::{ExprId, ExprKind, blocks};
use diagnostics::{Severity, Span};
use std::collections::BTreeMap;

/// An id before the real one is known.
const NONE: BlockId = BlockId(0);

pub(super) fn board(condition: &Condition, catalog: &Catalog, answer: Option<&Answer>) -> Board {
    let mut states = BTreeMap::new();
    for clause in answer.iter().flat_map(|answer| &answer.clauses) {
        states.insert(clause.span, clause);
    }
    let reader = Reader { condition, catalog, states };
    let errors = condition.diagnostics().iter();
    Board {
        cards: blocks(condition.tree()).iter().map(|block| reader.card(block)).collect(),
        text: condition.text().to_owned(),
        lossless: Lossless::read(condition),
        errors: errors.filter(|finding| finding.severity == Severity::Error).count(),
        next_id: 1,
    }
}

struct Reader<'c> {
    condition: &'c Condition,
    catalog: &'c Catalog,
    states: BTreeMap<Span, &'c ClauseState>,
}

impl Reader<'_> {
    fn span(&self, id: ExprId) -> Span {
        self.condition.tree().expr(id).span
    }

    fn state(&self, span: Span) -> State {
        match self.states.get(&span) {
            Some(clause) => State { truth: Some(clause.outcome), note: clause.note.clone() },
            None => State::default(),
        }
    }

    fn card(&self, found: &abac_syntax::Block) -> Card {
        let span = self.span(found.id);
        Card {
            id: NONE,
            span,
            range: self.condition.range(span),
            actions: self.actions(found),
            body: self.alternatives(&found.alternatives),
            state: self.state(span),
            node: node(found.id),
        }
    }

    fn actions(&self, found: &abac_syntax::Block) -> Vec<CardAction> {
        let tree = self.condition.tree();
        let text = |id| tree.literal(id).text(self.condition.text()).into_owned();
        let shared = |id| found.guards.iter().filter(|guard| guard.id == id).count() > 1;
        let mut actions: Vec<CardAction> = Vec::new();
        for guard in &found.guards {
            let alone = abac_syntax::Block { guards: vec![guard.clone()], ..found.clone() };
            let scene = Scene::of(self.condition, &alone, self.catalog);
            let names: Vec<_> = scene.actions.iter().map(|action| action.display_name).collect();
            let pattern = guard.action.map_or_else(|| "*".to_owned(), text);
            let before = actions.iter().filter(|one| one.node == node(guard.id)).count();
            actions.push(CardAction {
                range: self.condition.range(guard.span),
                words: match (exact(self.condition, guard, self.catalog), names.as_slice()) {
                    (Some(action), _) => action.display_name.to_owned(),
                    (None, []) => pattern.clone(),
                    (None, names) => crate::wording::some(names, 3),
                },
                pattern,
                suboperations: guard
                    .suboperations
                    .iter()
                    .map(|one| (text(one.name), one.negated))
                    .collect(),
                ids: scene.actions.iter().map(|action| action.id).collect(),
                node: node(guard.id),
                part: shared(guard.id).then_some(before),
            });
        }
        actions
    }

    fn alternatives(&self, ids: &[ExprId]) -> Body {
        let tree = self.condition.tree();
        let [only] = ids else {
            return self.body(Join::Any, ids);
        };
        match tree.kind(tree.ungrouped(*only)) {
            ExprKind::And(children) => self.body(Join::All, tree.children(children)),
            ExprKind::Or(children) => self.body(Join::Any, tree.children(children)),
            _ => self.body(Join::All, ids),
        }
    }

    // Invariant: recursion follows the nesting that the parser bounds.
    fn body(&self, join: Join, ids: &[ExprId]) -> Body {
        Body { join, blocks: ids.iter().map(|id| self.block(*id)).collect() }
    }

    fn block(&self, id: ExprId) -> Block {
        let tree = self.condition.tree();
        let span = self.span(id);
        let mut core = tree.ungrouped(id);
        let mut negated = false;
        if let ExprKind::Not { operand, .. } = tree.kind(core) {
            (negated, core) = (true, tree.ungrouped(operand));
        }
        let kind = match tree.kind(core) {
            ExprKind::And(children) => {
                BlockKind::Group(self.body(Join::All, tree.children(children)))
            }
            ExprKind::Or(children) => {
                BlockKind::Group(self.body(Join::Any, tree.children(children)))
            }
            ExprKind::Not { .. } => BlockKind::Group(self.body(Join::All, &[core])),
            _ => match line::read(self.condition, self.catalog, core) {
                Some(line) => BlockKind::Line(Box::new(line)),
                None => {
                    negated = false;
                    BlockKind::Text(span.of(self.condition.text()).to_owned())
                }
            },
        };
        // What there is to say about a value is said of the clause itself, not of its negation.
        let note = self.state(self.span(core)).note;
        let State { truth, note: own } = self.state(span);
        Block {
            id: NONE,
            span,
            range: self.condition.range(span),
            negated,
            kind,
            state: State { truth, note: own.or(note) },
            node: node(id),
        }
    }
}
