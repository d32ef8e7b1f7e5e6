//! What every function gives: a value, or why there is none.

use crate::finding::{Finding, findings};
use diagnostics::{Diagnostic, Severity};
use serde::Serialize;
use tsify::Tsify;

/// What a function gives. Nothing is thrown for bad input.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(untagged)]
pub enum Answer<T> {
    /// It worked.
    Done {
        /// Always true.
        #[tsify(type = "true")]
        ok: bool,
        /// The answer.
        value: T,
    },
    /// It did not.
    Failed {
        /// Always false.
        #[tsify(type = "false")]
        ok: bool,
        /// Why.
        error: Failure,
    },
}

impl<T> From<Result<T, Failure>> for Answer<T> {
    fn from(result: Result<T, Failure>) -> Self {
        match result {
            Ok(value) => Self::Done { ok: true, value },
            Err(error) => Self::Failed { ok: false, error },
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct Failure {
    /// Names the fault: the id of a rule, as the command line has it, or one of those that
    /// `docs/javascript.md` lists.
    pub id: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What was found in the text, where the fault lies there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[tsify(optional)]
    pub findings: Vec<Finding>,
}

impl Failure {
    /// Makes a failure without help.
    pub fn new(id: &str, message: impl Into<String>) -> Self {
        Self { id: id.to_owned(), message: message.into(), help: None, findings: Vec::new() }
    }

    /// Sets what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Makes the failure of a text that has errors: the first of them speaks for all. `None` where
    /// it has none.
    pub fn of_errors(source: &str, found: &[Diagnostic]) -> Option<Self> {
        let errors: Vec<_> =
            found.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
        let first = errors.first()?;
        Some(Self {
            id: first.id.to_string(),
            message: first.message.clone(),
            help: first.help.clone(),
            findings: findings(source, &errors),
        })
    }
}
