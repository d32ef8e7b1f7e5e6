//! Which clauses of a condition the tests reached, and with which outcome.

use crate::decision::Truth;
use crate::trace::{Part, Trace};
use abac_syntax::{ExprId, Tree, blocks};
use diagnostics::Span;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// How much of a condition its tests reached.
///
/// A clause counts where its outcome was needed: behind a guard that lets an action pass, nothing
/// is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// Every guard and every single clause outside the guards, in the order of the text.
    pub clauses: Vec<ClauseCoverage>,
    /// How many outcomes were reached; each clause has two, true and false.
    pub reached: usize,
    /// How many outcomes there are.
    pub outcomes: usize,
    /// The share that was reached, in percent, rounded down.
    pub percent: usize,
}

/// What the tests made of one clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClauseCoverage {
    /// Where it stands.
    pub span: Span,
    /// Its text.
    pub text: String,
    /// What it is.
    pub role: ClauseRole,
    /// In how many tests it was true; of a guard: the action passed.
    pub times_true: usize,
    /// In how many tests it was false; of a guard: the expression behind it decided.
    pub times_false: usize,
    /// In how many tests it was unknown.
    pub times_unknown: usize,
}

/// What a clause is to the coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ClauseRole {
    /// `!(ActionMatches{'…'} …)` before an `OR`.
    Guard,
    /// A single clause: a comparison, a call, `Exists`.
    Clause,
}

impl Coverage {
    /// Returns the clauses that were true in no test.
    pub fn never_true(&self) -> impl Iterator<Item = &ClauseCoverage> {
        self.clauses.iter().filter(|clause| clause.times_true == 0)
    }

    /// Returns the clauses that were false in no test.
    pub fn never_false(&self) -> impl Iterator<Item = &ClauseCoverage> {
        self.clauses.iter().filter(|clause| clause.times_false == 0)
    }
}

/// Collects the outcomes of one condition from trace to trace.
pub(super) struct Collector {
    clauses: Vec<ClauseCoverage>,
    places: HashMap<ExprId, usize>,
}

impl Collector {
    pub(super) fn new(source: &str, tree: &Tree) -> Self {
        let mut points = Vec::new();
        // The clauses of a guard with one call say nothing that the guard does not.
        let mut told: HashSet<ExprId> = HashSet::new();
        for guard in blocks(tree).iter().flat_map(|block| &block.guards) {
            let within = singles(tree, guard.id);
            if within.len() == 1 {
                told.extend(within);
            }
            if told.insert(guard.id) {
                points.push((guard.id, ClauseRole::Guard));
            }
        }
        let clauses = tree.root().map(|root| singles(tree, root)).unwrap_or_default();
        let clauses = clauses.into_iter().filter(|id| !told.contains(id));
        points.extend(clauses.map(|id| (id, ClauseRole::Clause)));
        points.sort_by_key(|(id, _)| {
            let span = tree.expr(*id).span;
            (span.start, std::cmp::Reverse(span.end))
        });
        let places = points.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
        let clause = |(id, role)| {
            let span = tree.expr(id).span;
            ClauseCoverage {
                span,
                text: span.of(source).to_owned(),
                role,
                times_true: 0,
                times_false: 0,
                times_unknown: 0,
            }
        };
        Self { clauses: points.into_iter().map(clause).collect(), places }
    }

    pub(super) fn record(&mut self, trace: &Trace) {
        for clause in trace.clauses.iter().filter(|clause| clause.part != Part::NotNeeded) {
            let place = self.places.get(&clause.id);
            let Some(covered) = place.and_then(|place| self.clauses.get_mut(*place)) else {
                continue;
            };
            match clause.outcome {
                Truth::True => covered.times_true += 1,
                Truth::False => covered.times_false += 1,
                Truth::Unknown => covered.times_unknown += 1,
            }
        }
    }

    pub(super) fn finish(self) -> Coverage {
        let clauses = self.clauses;
        let reached = |clause: &ClauseCoverage| {
            usize::from(clause.times_true > 0) + usize::from(clause.times_false > 0)
        };
        let reached: usize = clauses.iter().map(reached).sum();
        let outcomes = 2 * clauses.len();
        let percent = (100 * reached).checked_div(outcomes).unwrap_or(100);
        Coverage { clauses, reached, outcomes, percent }
    }
}

/// Returns the single clauses within an expression.
fn singles(tree: &Tree, id: ExprId) -> Vec<ExprId> {
    let (mut open, mut found) = (vec![id], Vec::new());
    while let Some(id) = open.pop() {
        let within = tree.subexpressions(id);
        if within.is_empty() {
            found.push(id);
        }
        open.extend(within);
    }
    found
}
