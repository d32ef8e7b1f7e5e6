//! What can be wrong with a test file; all of its wording.

use crate::request::RequestError;
use diagnostics::Diagnostic;
use thiserror::Error;

/// Says why a test file cannot be run.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SuiteError {
    /// The text is no TOML, or a field is unknown, missing or of the wrong type.
    #[error("line {line}: {message}")]
    Toml {
        /// What the TOML reader says.
        message: String,
        /// The line, from 1.
        line: usize,
    },
    /// The file names no condition.
    #[error("the file has no condition; expected `condition` or `condition-file`")]
    NoCondition,
    /// The file names two conditions.
    #[error("the file has both `condition` and `condition-file`; expected one of them")]
    TwoConditions,
    /// The file with the condition cannot be read.
    #[error("`condition-file`: cannot read `{path}`: {message}")]
    ConditionFile {
        /// The path as written.
        path: String,
        /// What the caller says.
        message: String,
    },
    /// The condition has errors.
    #[error("the condition cannot be read: {}", first_message(diagnostics))]
    InvalidCondition {
        /// The text of the condition.
        condition: String,
        /// What is wrong with it.
        diagnostics: Vec<Diagnostic>,
    },
    /// The file has no test.
    #[error("the file has no test; expected at least one `[[test]]`")]
    Empty,
    /// A test has no name.
    #[error("test {number} has an empty name")]
    Unnamed {
        /// Which test, from 1.
        number: usize,
    },
    /// Two tests have the same name.
    #[error("two tests are named `{name}`")]
    DuplicateName {
        /// The name.
        name: String,
    },
    /// A test names no action, and neither do the defaults.
    #[error("test `{test}`: `action` is missing, and `[defaults]` has none")]
    NoAction {
        /// The name of the test.
        test: String,
    },
    /// The request of a test, or the defaults, cannot be read.
    #[error("{place}: {error}")]
    Request {
        /// The test or the defaults.
        place: String,
        /// What is wrong.
        error: RequestError,
    },
    /// A line of JSON Lines is no test case.
    #[error("line {line}: {message}")]
    Case {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// The file is too large.
    #[error("{found} bytes, a test file may have {limit}")]
    TooLarge {
        /// How many bytes it has.
        found: usize,
        /// How many it may have.
        limit: usize,
    },
}

fn first_message(diagnostics: &[Diagnostic]) -> &str {
    let error = diagnostics.iter().find(|found| found.severity == diagnostics::Severity::Error);
    error.map_or("no reason was given", |error| &error.message)
}
