//! Reading and running test files.

use crate::failure::{Failure, finding};
use crate::input::{is_json_lines, read_file};
use abac_eval::{
    Case, ConditionCoverage, Decision, MAX_SUITE_BYTES, Suite, SuiteCondition, SuiteError, Trace,
    run_cases,
};
use diagnostics::{ColumnUnit, LineIndex, Severity, SourceReport, Span};
use std::path::{Path, PathBuf};

/// A test file that was run.
pub(super) struct TestFile {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) coverage: Vec<ConditionCoverage>,
}

/// What one test gave.
pub(super) struct Outcome {
    pub(super) name: String,
    /// Where the test stands in its file.
    pub(super) span: Span,
    pub(super) expected: Decision,
    /// `None` where the condition cannot be read.
    pub(super) actual: Option<Decision>,
    pub(super) passed: bool,
    pub(super) because: Option<String>,
    pub(super) error: Option<String>,
    pub(super) trace: Option<Trace>,
    /// The condition, where there is a trace.
    pub(super) condition: String,
}

/// Runs a test file. Lines that are no test are added to the failures.
pub(super) fn run(path: &Path, failures: &mut Vec<Failure>) -> Result<TestFile, Failure> {
    let text = read_file(path)?;
    let name = path.display().to_string();
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if is_json_lines(path) { cases(name, text, failures) } else { suite(path, name, text) }
}

fn cases(name: String, text: String, failures: &mut Vec<Failure>) -> Result<TestFile, Failure> {
    /// How many lines that are no test are told one by one.
    const MAX_FAILURES: usize = 20;

    if text.len() > 4 * MAX_SUITE_BYTES {
        return Err(Failure::new(format!("`{name}` is too large for a test file")));
    }
    let index = LineIndex::new(&text);
    let (mut cases, mut spans, mut wrong) = (Vec::new(), Vec::new(), 0_usize);
    for (line, case) in Case::from_json_lines(&text) {
        match case {
            Ok(case) => {
                cases.push(case);
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                let start = index.offset(line, 1, ColumnUnit::Byte);
                spans.push(Span::new(start, index.offset(line, u32::MAX, ColumnUnit::Byte)));
            }
            Err(error) => {
                wrong += 1;
                if wrong <= MAX_FAILURES {
                    let error = match error {
                        SuiteError::Case { line, message } => format!("{name}:{line}: {message}"),
                        other => format!("`{name}`: {other}"),
                    };
                    failures.push(Failure::new(error));
                }
            }
        }
    }
    if wrong > MAX_FAILURES {
        let more = wrong - MAX_FAILURES;
        failures.push(Failure::new(format!("`{name}`: {more} more lines are no test")));
    }
    if cases.is_empty() && wrong == 0 {
        return Err(Failure::new(format!("`{name}` has no tests; every line is empty")));
    }
    let report = run_cases(&cases);
    let outcomes =
        report.results.into_iter().zip(spans).zip(cases).map(|((result, span), case)| Outcome {
            condition: if result.trace.is_some() { case.condition } else { String::new() },
            name: result.id,
            span,
            expected: result.expected,
            actual: result.actual,
            passed: result.passed,
            because: None,
            error: result.error,
            trace: result.trace,
        });
    let outcomes = outcomes.collect();
    Ok(TestFile { name, text, outcomes, coverage: report.coverage })
}

fn suite(path: &Path, name: String, text: String) -> Result<TestFile, Failure> {
    let suite = Suite::from_toml(&text).map_err(|error| wrong(&name, &text, &error))?;
    let mut read = None;
    let report = suite.run(|file| {
        let place = beside(path, file);
        let condition = read_file(&place).map_err(|failure| failure.message())?;
        read = Some(place);
        Ok(condition)
    });
    let report = report.map_err(|error| match (&error, suite.condition()) {
        (SuiteError::InvalidCondition { condition, diagnostics }, place) => {
            let mut errors = diagnostics.clone();
            errors.retain(|finding| finding.severity == Severity::Error);
            let source = match (place, &read) {
                (SuiteCondition::File(_), Some(place)) => {
                    SourceReport::file(place.display().to_string(), condition, errors)
                }
                _ => SourceReport::unnamed(format!("condition of {name}"), condition, errors),
            };
            Failure::findings(source)
        }
        (error, _) => wrong(&name, &text, error),
    })?;
    let condition = report.condition.clone();
    let outcomes = report.results.into_iter().map(|result| Outcome {
        condition: if result.trace.is_some() { condition.clone() } else { String::new() },
        span: find(&text, &result.name),
        name: result.name,
        expected: result.expected,
        actual: Some(result.actual),
        passed: result.passed,
        because: result.because,
        error: None,
        trace: result.trace,
    });
    let outcomes = outcomes.collect();
    let coverage =
        vec![ConditionCoverage { condition: report.condition, coverage: report.coverage }];
    Ok(TestFile { name, text, outcomes, coverage })
}

/// Returns the path of a file that is named in another.
fn beside(path: &Path, file: &str) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).join(file)
}

/// Finds the name of a test in its file; where it is written with escapes, the top of the file.
fn find(text: &str, name: &str) -> Span {
    let quoted = ['"', '\''].iter().find_map(|quote| {
        let quoted = format!("{quote}{name}{quote}");
        let found = text.match_indices(quoted.as_str()).find(|(at, _)| {
            let before = text.get(..*at).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            line.trim_end().ends_with('=') && line.contains("name")
        });
        found.map(|(at, _)| (at + 1, name.len()))
    });
    let (start, length) = quoted.unwrap_or((0, 0));
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(start + length))
}

/// Shows what is wrong with a test file, where its line is known.
fn wrong(name: &str, text: &str, error: &SuiteError) -> Failure {
    match error {
        SuiteError::Toml { message, line } => {
            let line = u32::try_from(*line).unwrap_or(u32::MAX);
            let index = LineIndex::new(text);
            let start = index.offset(line, 1, ColumnUnit::Byte) as usize;
            let end = index.offset(line, u32::MAX, ColumnUnit::Byte) as usize;
            let content = text.get(start..end).unwrap_or_default();
            let start = start + (content.len() - content.trim_start().len());
            let message = message.lines().collect::<Vec<_>>().join("; ");
            Failure::at(name, text, finding("test-file", start..end.max(start), message))
        }
        error => Failure::new(format!("`{name}`: {error}")),
    }
}
