//! Requests against the condition.

mod export;
mod form;
mod import;
mod matrix;

pub use export::export;
pub use form::{ActionOption, Field, Suggestion, actions, fields, value_of};
pub use import::{ImportError, MAX_IMPORT_BYTES, import};
pub use matrix::{Matrix, MatrixRole, matrix};

use crate::condition::Condition;
use crate::document::NamedRequest;
use crate::position::Range;
use abac_eval::{AccessRequest, Decision, Part, PreparedRequest, Program, Trace, Truth};
use diagnostics::Span;

/// What the condition says to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether the request passes.
    pub decision: Decision,
    /// The value of the whole condition.
    pub outcome: Truth,
    /// Why, in one sentence.
    pub reason: String,
    /// Every clause, each before the clauses within it.
    pub clauses: Vec<ClauseState>,
}

/// What became of one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseState {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Where it stands.
    pub range: Range,
    /// Its value.
    pub outcome: Truth,
    /// What it contributed.
    pub part: Part,
    /// Whether it is evaluated by itself rather than made of others.
    pub is_single: bool,
    /// Why it is unknown, or what else there is to say.
    pub note: Option<String>,
}

impl Answer {
    /// Returns the state of the clause that stands at a place.
    #[must_use]
    pub fn clause(&self, span: Span) -> Option<&ClauseState> {
        self.clauses.iter().find(|clause| clause.span == span)
    }
}

/// Decides one request and says why.
#[must_use]
pub fn decide(condition: &Condition, request: &AccessRequest) -> Answer {
    let (text, tree) = (condition.text(), condition.tree());
    let Trace { decision, outcome, reason, clauses, .. } =
        Program::compile(text, tree).trace(text, tree, request);
    let clauses = clauses
        .into_iter()
        .map(|clause| ClauseState {
            span: clause.span,
            range: condition.range(clause.span),
            outcome: clause.outcome,
            part: clause.part,
            is_single: clause.is_single(),
            note: clause.note,
        })
        .collect();
    Answer { decision, outcome, reason, clauses }
}

/// One line of the table of requests, decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Whether the request passes.
    pub decision: Decision,
    /// Whether that is other than expected; `None` where nothing is expected.
    pub mismatch: Option<bool>,
}

/// Decides a table of requests.
#[must_use]
pub fn table(condition: &Condition, requests: &[NamedRequest]) -> Vec<Row> {
    let mut table = Table::new(requests);
    table.decide(condition).to_vec()
}

/// A table of requests that is decided again whenever the condition changes. The requests are
/// prepared once.
#[derive(Debug, Clone, Default)]
pub struct Table {
    prepared: Vec<(PreparedRequest, Option<Decision>)>,
    rows: Vec<Row>,
}

impl Table {
    /// Prepares requests.
    #[must_use]
    pub fn new(requests: &[NamedRequest]) -> Self {
        let prepare = |named: &NamedRequest| (named.request.prepare(), named.expect);
        Self { prepared: requests.iter().map(prepare).collect(), rows: Vec::new() }
    }

    /// Decides every request.
    pub fn decide(&mut self, condition: &Condition) -> &[Row] {
        let program = Program::compile(condition.text(), condition.tree());
        self.rows.clear();
        self.rows.extend(self.prepared.iter().map(|(request, expect)| {
            let decision = program.evaluate(request);
            Row { decision, mismatch: expect.map(|expect| expect != decision) }
        }));
        &self.rows
    }

    /// Returns the rows as they were last decided.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}
