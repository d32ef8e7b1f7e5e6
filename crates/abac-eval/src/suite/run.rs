//! Running the tests of a suite.

use super::coverage::Collector;
use super::{Coverage, Suite, SuiteCondition, SuiteError};
use crate::decision::Decision;
use crate::program::Program;
use crate::trace::Trace;
use abac_syntax::Tree;
use diagnostics::{Diagnostic, Severity};
use serde::Serialize;

/// What the tests of a suite gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SuiteReport {
    /// The text of the condition.
    pub condition: String,
    /// The results, in the order of the file.
    pub results: Vec<TestResult>,
    /// Which clauses the tests reached.
    pub coverage: Coverage,
}

/// What one test gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// The name of the test.
    pub name: String,
    /// What it had to give.
    pub expected: Decision,
    /// What it gave.
    pub actual: Decision,
    /// Whether that is the same.
    pub passed: bool,
    /// Why the author expects it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// How the decision came about, for a test that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace>,
}

impl SuiteReport {
    /// Returns how many tests failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.results.iter().filter(|result| !result.passed).count()
    }
}

impl Suite {
    /// Runs every test. `read` gives the text of a condition file by its path as written.
    ///
    /// # Errors
    ///
    /// A condition file that cannot be read, and a condition with errors. Failing tests are no
    /// errors; they are in the report.
    pub fn run(
        &self,
        read: impl FnOnce(&str) -> Result<String, String>,
    ) -> Result<SuiteReport, SuiteError> {
        let condition = match &self.condition {
            SuiteCondition::Inline(text) => text.clone(),
            SuiteCondition::File(path) => read(path)
                .map_err(|message| SuiteError::ConditionFile { path: path.clone(), message })?,
        };
        let (tree, program) = match compile(&condition) {
            Ok(compiled) => compiled,
            Err(diagnostics) => {
                return Err(SuiteError::InvalidCondition { condition, diagnostics });
            }
        };
        let mut collector = Collector::new(&condition, &tree);
        let mut results = Vec::with_capacity(self.tests.len());
        for test in &self.tests {
            let trace = program.trace(&condition, &tree, &test.request);
            collector.record(&trace);
            let passed = trace.decision == test.expect;
            results.push(TestResult {
                name: test.name.clone(),
                expected: test.expect,
                actual: trace.decision,
                passed,
                because: test.because.clone(),
                trace: (!passed).then_some(trace),
            });
        }
        Ok(SuiteReport { condition, results, coverage: collector.finish() })
    }
}

/// Compiles a condition that has no error; a condition under test has to be one that Azure takes.
pub(super) fn compile(condition: &str) -> Result<(Tree, Program), Vec<Diagnostic>> {
    let parsed = abac_syntax::parse(condition);
    let wrong = parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
    if wrong {
        return Err(parsed.diagnostics);
    }
    let program = Program::compile(condition, &parsed.tree);
    Ok((parsed.tree, program))
}
