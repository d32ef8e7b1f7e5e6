//! Results for programs.

use super::{Outcome, TestFile, Total};
use crate::tool;
use diagnostics::render::one_line;
use diagnostics::{Diagnostic, Report, Severity, SourceReport, render};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use serde_json::{Value, json};

/// The version of the JSON; it grows when a reader of the last one could be misled.
const VERSION: u32 = 1;

/// Writes one JSON object.
pub(super) fn json(files: &[TestFile], total: Total) -> String {
    let files: Vec<Value> = files
        .iter()
        .map(|file| {
            let tests: Vec<Value> = file.outcomes.iter().map(outcome).collect();
            json!({ "name": file.name, "tests": tests, "coverage": file.coverage })
        })
        .collect();
    let output = json!({
        "version": VERSION,
        "summary": {
            "tests": total.tests,
            "failed": total.failed,
            "reached": total.reached,
            "outcomes": total.outcomes,
            "percent": total.percent(),
        },
        "files": files,
    });
    format!("{output:#}\n")
}

fn outcome(outcome: &Outcome) -> Value {
    let mut object = json!({
        "name": outcome.name,
        "passed": outcome.passed,
        "expected": outcome.expected,
        "actual": outcome.actual,
    });
    let more = [
        ("because", outcome.because.as_ref().map(|because| json!(because))),
        ("error", outcome.error.as_ref().map(|error| json!(error))),
        ("trace", outcome.trace.as_ref().map(|trace| json!(trace))),
    ];
    if let Some(fields) = object.as_object_mut() {
        fields.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    object
}

/// Writes a JUnit report: a suite a file, a case a test.
pub(super) fn junit(files: &[TestFile]) -> String {
    let mut report = quick_junit::Report::new("grantif");
    for file in files {
        let name = one_line(&file.name).into_owned();
        let mut suite = TestSuite::new(name.as_str());
        for outcome in &file.outcomes {
            let status = if outcome.passed {
                TestCaseStatus::success()
            } else {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(one_line(&failed(outcome)).into_owned());
                status.set_description(explained(outcome));
                status
            };
            let mut case = TestCase::new(one_line(&outcome.name).into_owned(), status);
            case.set_classname(name.as_str());
            suite.add_test_case(case);
        }
        report.add_test_suite(suite);
    }
    // Writing XML to memory fails for no text.
    report.to_string().unwrap_or_default()
}

/// Writes an annotation for every failed test, where the test stands.
pub(super) fn github(files: &[TestFile]) -> String {
    let mut report = Report { noun: ("test file", "test files"), ..Report::new(tool::tool()) };
    for file in files {
        let failed = file.outcomes.iter().filter(|outcome| !outcome.passed).map(|outcome| {
            let message = format!("{}: {}", outcome.name, failed(outcome));
            let finding = Diagnostic::new("test-failed", Severity::Error, outcome.span, message);
            finding.help(explained(outcome))
        });
        report.sources.push(SourceReport::file(&file.name, &file.text, failed.collect()));
    }
    render::github(&report)
}

fn failed(outcome: &Outcome) -> String {
    match (&outcome.error, outcome.actual) {
        (Some(error), _) => error.clone(),
        (None, Some(actual)) => format!("expected {}, got {actual}", outcome.expected),
        (None, None) => "there is no decision".to_owned(),
    }
}

/// Says why a test failed, as far as that is known.
fn explained(outcome: &Outcome) -> String {
    let reason = outcome.trace.as_ref().map(|trace| trace.reason.clone());
    let because = outcome.because.as_ref().map(|because| format!("the test says why: {because}"));
    let lines: Vec<_> = [Some(failed(outcome)), reason, because].into_iter().flatten().collect();
    lines.join("\n")
}
