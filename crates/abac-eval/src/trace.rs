//! Why a condition allows or denies a request, clause by clause.

mod wording;

use crate::decision::{Decision, Truth};
use crate::key::AttributeKey;
use crate::program::Program;
use crate::request::AccessRequest;
use crate::value::{AttributeValue, Value};
use abac_syntax::{ExprId, ExprKind, Function, Operand, Tree};
use diagnostics::Span;
use serde::Serialize;

/// The decision on one request, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Trace {
    /// Whether the request passes.
    pub decision: Decision,
    /// The value of the whole condition; unknown is denied.
    pub outcome: Truth,
    /// One sentence that says why.
    pub reason: String,
    /// Every clause, each before the clauses within it.
    pub clauses: Vec<Clause>,
}

/// One clause of a condition and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Clause {
    #[serde(skip)]
    pub(crate) id: ExprId,
    /// What the clause is.
    pub kind: ClauseKind,
    /// Where it stands.
    pub span: Span,
    /// How many clauses it lies within.
    pub depth: u32,
    /// Its text on one line; of a long clause the beginning.
    pub text: String,
    /// Its value.
    pub outcome: Truth,
    /// What it contributed to the decision.
    pub part: Part,
    /// What the request holds for each name the clause reads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Seen>,
    /// Why the clause could not be decided by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<UnknownReason>,
    /// A sentence on the outcome, where there is more to say than its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Clause {
    /// Says whether the clause is evaluated by itself rather than made of others.
    #[must_use]
    pub const fn is_single(&self) -> bool {
        self.kind.is_single()
    }
}

/// What a clause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum ClauseKind {
    /// Clauses joined by `AND`.
    And,
    /// Clauses joined by `OR`.
    Or,
    /// A negated clause.
    Not,
    /// A clause in parentheses.
    Group,
    /// `ActionMatches{'…'}`.
    ActionMatches,
    /// `SubOperationMatches{'…'}`.
    SubOperationMatches,
    /// `Exists @…`.
    Exists,
    /// A comparison of two sides.
    Comparison,
    /// A template hole.
    Hole,
    /// Text that could not be read.
    Error,
}

impl ClauseKind {
    /// Says whether the clause is evaluated by itself rather than made of others.
    #[must_use]
    pub const fn is_single(self) -> bool {
        !matches!(self, Self::And | Self::Or | Self::Not | Self::Group)
    }
}

/// What a clause contributed to the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Part {
    /// The decision rests on it.
    Decided,
    /// It was evaluated, and another clause decided.
    Evaluated,
    /// The decision was certain before it.
    NotNeeded,
}

/// A name that a clause reads, and what the request holds for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Seen {
    /// `action`, `suboperation` or an attribute reference as the condition writes it.
    pub name: String,
    /// The value; `None` where the request has none.
    pub value: Option<AttributeValue>,
}

/// Why a clause is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum UnknownReason {
    /// An attribute is missing from the request.
    MissingAttribute,
    /// A value is not of the type the operator compares.
    WrongType,
    /// Azure does not document what the clause means, or it could not be read.
    CannotBeDecided,
}

impl Trace {
    pub(crate) fn new(
        program: &Program,
        source: &str,
        tree: &Tree,
        request: &AccessRequest,
    ) -> Self {
        let outcomes = outcomes(program, tree, request);
        let outcome_of = |id: ExprId| outcomes.get(id.index()).copied().unwrap_or(Truth::Unknown);
        let similar = wording::Similar::default();
        let outcome = tree.root().map_or(Truth::Unknown, outcome_of);
        let mut clauses = Vec::with_capacity(tree.len());
        // Every expression has one parent, so each is opened once.
        let mut open: Vec<_> =
            tree.root().map(|root| (root, 0, Part::Decided)).into_iter().collect();
        while let Some((id, depth, part)) = open.pop() {
            let subexpressions = tree.subexpressions(id);
            let parts = parts(tree.kind(id), outcome_of(id), part, &subexpressions, outcome_of);
            let within = subexpressions.iter().zip(parts).map(|(id, part)| (*id, depth + 1, part));
            let within: Vec<_> = within.collect();
            open.extend(within.into_iter().rev());
            let (unknown, note) =
                wording::explain(program, source, tree, (request, &similar), id, outcome_of(id));
            clauses.push(Clause {
                id,
                kind: kind(tree.kind(id)),
                span: tree.expr(id).span,
                depth,
                text: wording::excerpt(tree.expr(id).span.of(source)),
                outcome: outcome_of(id),
                part,
                seen: seen(source, tree, request, id),
                unknown,
                note,
            });
        }
        let reason = wording::reason(outcome, &clauses);
        Self { decision: outcome.decision(), outcome, reason, clauses }
    }

    /// Returns the single clauses on which the decision rests.
    pub fn deciding(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(|clause| clause.is_single() && clause.part == Part::Decided)
    }
}

/// Evaluates every expression; children come before their parents in the tree's table.
fn outcomes(program: &Program, tree: &Tree, request: &AccessRequest) -> Vec<Truth> {
    let prepared = request.prepare();
    let mut outcomes = Vec::with_capacity(tree.len());
    for (id, expr) in tree.exprs() {
        let of = |id: ExprId| outcomes.get(id.index()).copied().unwrap_or(Truth::Unknown);
        let outcome = match expr.kind {
            ExprKind::And(children) => {
                tree.children(children).iter().fold(Truth::True, |all, id| all.and(of(*id)))
            }
            ExprKind::Or(children) => {
                tree.children(children).iter().fold(Truth::False, |any, id| any.or(of(*id)))
            }
            ExprKind::Not { operand, .. } => of(operand).negate(),
            ExprKind::Group(inner) => of(inner),
            _ => program
                .leaf(id)
                .map_or(Truth::Unknown, |leaf| leaf.truth(program.slots(), &prepared)),
        };
        outcomes.push(outcome);
    }
    outcomes
}

/// Returns what each subexpression contributed, given what the whole contributed.
fn parts(
    kind: ExprKind,
    outcome: Truth,
    part: Part,
    subexpressions: &[ExprId],
    outcome_of: impl Fn(ExprId) -> Truth,
) -> Vec<Part> {
    // One child of this value settles the chain, and what comes behind is not needed.
    let settling = match kind {
        ExprKind::And(_) => Truth::False,
        ExprKind::Or(_) => Truth::True,
        _ => return vec![part; subexpressions.len()],
    };
    let mut settled = false;
    let mut parts = Vec::with_capacity(subexpressions.len());
    for id in subexpressions {
        let decided = outcome_of(*id) == outcome;
        parts.push(match part {
            _ if settled => Part::NotNeeded,
            Part::Decided if !decided => Part::Evaluated,
            part => part,
        });
        settled |= outcome_of(*id) == settling;
    }
    parts
}

const fn kind(kind: ExprKind) -> ClauseKind {
    match kind {
        ExprKind::And(_) => ClauseKind::And,
        ExprKind::Or(_) => ClauseKind::Or,
        ExprKind::Not { .. } => ClauseKind::Not,
        ExprKind::Group(_) => ClauseKind::Group,
        ExprKind::Call { function: Function::ActionMatches, .. } => ClauseKind::ActionMatches,
        ExprKind::Call { function: Function::SubOperationMatches, .. } => {
            ClauseKind::SubOperationMatches
        }
        ExprKind::Exists { .. } => ClauseKind::Exists,
        ExprKind::Comparison { .. } => ClauseKind::Comparison,
        ExprKind::Hole => ClauseKind::Hole,
        ExprKind::Error => ClauseKind::Error,
    }
}

fn seen(source: &str, tree: &Tree, request: &AccessRequest, id: ExprId) -> Vec<Seen> {
    let attribute = |id| {
        let key = AttributeKey::of(source, tree, id);
        Seen { value: request.value(&key).cloned(), name: key.as_str().to_owned() }
    };
    let text = |name: &str, text: Option<&str>| Seen {
        name: name.to_owned(),
        value: text.map(|text| AttributeValue::One(Value::from(text))),
    };
    match tree.kind(id) {
        ExprKind::Call { function: Function::ActionMatches, .. } => {
            vec![text("action", Some(request.action()))]
        }
        ExprKind::Call { function: Function::SubOperationMatches, .. } => {
            vec![text("suboperation", request.suboperation_name())]
        }
        ExprKind::Exists { attribute: id, .. } => vec![attribute(id)],
        ExprKind::Comparison { left, right, .. } => [left, right]
            .into_iter()
            .filter_map(|operand| match operand {
                Operand::Attribute(id) => Some(attribute(id)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
