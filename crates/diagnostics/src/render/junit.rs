//! JUnit XML, which most continuous integration servers read.

use super::visible::one_line;
use crate::{Diagnostic, LineIndex, Report, Severity, SourceReport};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use std::fmt::Write as _;

/// Writes a JUnit report: a suite for each input, a failed case for each error and warning.
///
/// Advice is a case that passes and says so in its output; an input without findings is one case
/// that passes.
#[must_use]
pub fn junit(report: &Report) -> String {
    let mut suites = quick_junit::Report::new(one_line(&report.tool.name));
    for source in &report.sources {
        let index = LineIndex::new(&source.text);
        let name = suite_name(source);
        let mut suite = TestSuite::new(name.as_str());
        for diagnostic in &source.diagnostics {
            suite.add_test_case(case(report, &index, diagnostic, &name));
        }
        if source.diagnostics.is_empty() {
            let mut case = TestCase::new(report.noun.0, TestCaseStatus::success());
            case.set_classname(name);
            suite.add_test_case(case);
        }
        suites.add_test_suite(suite);
    }
    // Writing XML to memory fails for no text.
    suites.to_string().unwrap_or_default()
}

fn case(report: &Report, index: &LineIndex, diagnostic: &Diagnostic, suite: &str) -> TestCase {
    let Diagnostic { id, span, help, fix, .. } = diagnostic;
    let position = index.position(span.start);
    let place = format!("{}:{}", position.line, position.char_column);
    let message = one_line(&diagnostic.message);
    let mut details = format!("{suite}:{place}: {message}");
    let fix = fix.as_ref().map(|fix| &*fix.title);
    if let Some(help) = help.as_deref().or(fix) {
        _ = write!(details, "\nhelp: {help}");
    }
    _ = write!(details, "\n{}", report.tool.page(id));

    let mut case = if diagnostic.severity == Severity::Advice {
        let mut case = TestCase::new(format!("{id} at {place}"), TestCaseStatus::success());
        case.set_system_out(details);
        case
    } else {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(diagnostic.severity.as_str()).set_message(message.as_ref());
        status.set_description(details);
        TestCase::new(format!("{id} at {place}"), status)
    };
    case.set_classname(suite);
    case
}

fn suite_name(source: &SourceReport) -> String {
    let name = one_line(&source.name);
    match &source.record {
        None => name.into_owned(),
        Some(record) => {
            let id = record.id.as_deref().map(|id| format!(" ({})", one_line(id)));
            format!("{name}:{}{}", record.line, id.unwrap_or_default())
        }
    }
}
