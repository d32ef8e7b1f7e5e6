//! Test cases as JSON Lines, each with a condition of its own.

use super::coverage::Collector;
use super::run::compile;
use super::{Coverage, SuiteError};
use crate::decision::Decision;
use crate::program::Program;
use crate::request::{AccessRequest, Raw, RequestError};
use crate::trace::Trace;
use abac_syntax::Tree;
use serde::Serialize;
use std::collections::HashMap;

/// The longest line that is read, in bytes: a condition and a request of the largest size.
const MAX_LINE_BYTES: usize = 4 << 20;

/// A condition, a request and what it has to give.
///
/// As JSON: `{"id": "…", "condition": "…", "request": {…}, "expect": "allow"}`; other fields are
/// ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The name of the case.
    pub id: String,
    /// The text of the condition.
    pub condition: String,
    /// The request.
    pub request: AccessRequest,
    /// What the condition has to answer.
    pub expect: Decision,
}

/// What test cases gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseReport {
    /// The results, in the order of the cases.
    pub results: Vec<CaseResult>,
    /// Which clauses were reached, for each condition that could be read, in the order of their
    /// first case.
    pub coverage: Vec<ConditionCoverage>,
}

/// What one test case gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseResult {
    /// The name of the case.
    pub id: String,
    /// What it had to give.
    pub expected: Decision,
    /// What it gave; `None` where the condition has errors.
    pub actual: Option<Decision>,
    /// Whether that is the same.
    pub passed: bool,
    /// Why the condition cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How the decision came about, for a case that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace>,
}

/// Which clauses of one condition were reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionCoverage {
    /// The text of the condition.
    pub condition: String,
    /// Its coverage.
    pub coverage: Coverage,
}

impl CaseReport {
    /// Returns how many cases failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.results.iter().filter(|result| !result.passed).count()
    }
}

impl Case {
    /// Reads JSON Lines; empty lines are skipped. Each case comes with its line, from 1.
    pub fn from_json_lines(
        text: &str,
    ) -> impl Iterator<Item = (usize, Result<Self, SuiteError>)> + '_ {
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        lines.map(|(line, text)| (line, Self::from_json(text, line)))
    }

    /// Reads one line; a case without an `id` is named after the line.
    ///
    /// # Errors
    ///
    /// Text that is not JSON, a field that is missing or of the wrong type, a request that is
    /// none.
    pub fn from_json(text: &str, line: usize) -> Result<Self, SuiteError> {
        let case = |error: RequestError| SuiteError::Case { line, message: error.to_string() };
        let wrong = |message: String| SuiteError::Case { line, message };
        if text.len() > MAX_LINE_BYTES {
            return Err(SuiteError::TooLarge { found: text.len(), limit: MAX_LINE_BYTES });
        }
        let raw: Raw =
            serde_json::from_str(text).map_err(|error| wrong(format!("not JSON: {error}")))?;
        let Raw::Object(fields) = raw else {
            return Err(wrong("expected an object".to_owned()));
        };
        let (mut id, mut condition, mut request, mut expect) = (None, None, None, None);
        for (field, value) in fields {
            match (field.as_str(), value) {
                ("id", Raw::String(text)) => id = Some(text),
                ("id", Raw::Integer(number)) => id = Some(number.to_string()),
                ("condition", Raw::String(text)) => condition = Some(text),
                ("request", value) => request = Some(value.into_request().map_err(case)?),
                ("expect", Raw::String(text)) if text == "allow" => expect = Some(Decision::Allow),
                ("expect", Raw::String(text)) if text == "deny" => expect = Some(Decision::Deny),
                ("id" | "condition", _) => {
                    return Err(wrong(format!("`{field}`: expected a string")));
                }
                ("expect", _) => {
                    return Err(wrong("`expect`: expected `allow` or `deny`".to_owned()));
                }
                _ => {}
            }
        }
        let missing = |field: &str| wrong(format!("`{field}` is missing"));
        Ok(Self {
            id: id.unwrap_or_else(|| format!("line {line}")),
            condition: condition.ok_or_else(|| missing("condition"))?,
            request: request.ok_or_else(|| missing("request"))?,
            expect: expect.ok_or_else(|| missing("expect"))?,
        })
    }
}

/// A condition that several cases may share.
enum Shared {
    Compiled(Box<(Tree, Program, Collector)>),
    Invalid(String),
}

/// Runs test cases; a condition that several share is compiled once.
#[must_use]
pub fn run_cases(cases: &[Case]) -> CaseReport {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut conditions: Vec<(&str, Shared)> = Vec::new();
    let mut report = CaseReport::default();
    for case in cases {
        let text = case.condition.as_str();
        let place = *places.entry(text).or_insert_with(|| {
            conditions.push((text, share(text)));
            conditions.len() - 1
        });
        let mut result = CaseResult {
            id: case.id.clone(),
            expected: case.expect,
            actual: None,
            passed: false,
            error: None,
            trace: None,
        };
        match conditions.get_mut(place) {
            Some((_, Shared::Compiled(compiled))) => {
                let (tree, program, collector) = &mut **compiled;
                let trace = program.trace(text, tree, &case.request);
                collector.record(&trace);
                result.actual = Some(trace.decision);
                result.passed = trace.decision == case.expect;
                result.trace = (!result.passed).then_some(trace);
            }
            Some((_, Shared::Invalid(error))) => result.error = Some(error.clone()),
            None => {}
        }
        report.results.push(result);
    }
    report.coverage = conditions
        .into_iter()
        .filter_map(|(condition, shared)| match shared {
            Shared::Compiled(compiled) => Some(ConditionCoverage {
                condition: condition.to_owned(),
                coverage: compiled.2.finish(),
            }),
            Shared::Invalid(_) => None,
        })
        .collect();
    report
}

fn share(condition: &str) -> Shared {
    match compile(condition) {
        Ok((tree, program)) => {
            let collector = Collector::new(condition, &tree);
            Shared::Compiled(Box::new((tree, program, collector)))
        }
        Err(diagnostics) => {
            let error =
                SuiteError::InvalidCondition { condition: condition.to_owned(), diagnostics };
            Shared::Invalid(error.to_string())
        }
    }
}
