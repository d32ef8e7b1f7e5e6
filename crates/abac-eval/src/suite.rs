//! Tests of conditions: the model behind `grantif test`.

mod case;
mod coverage;
mod error;
mod file;
mod run;

pub use case::{Case, CaseReport, CaseResult, ConditionCoverage, run_cases};
pub use coverage::{ClauseCoverage, ClauseRole, Coverage};
pub use error::SuiteError;
pub use run::{SuiteReport, TestResult};

use crate::decision::Decision;
use crate::request::AccessRequest;

/// The largest test file that is read, in bytes.
pub const MAX_SUITE_BYTES: usize = 16 << 20;

/// Named requests to one condition, and what each has to give.
///
/// The file format is described in `docs/testing.md`.
///
/// # Examples
///
/// ```
/// use abac_eval::Suite;
///
/// let suite = Suite::from_toml(
///     r#"
///     condition = "@Environment[isPrivateLink] BoolEquals true"
///
///     [[test]]
///     name = "from the internet"
///     action = "Microsoft.Storage/storageAccounts/read"
///     attributes = { "@Environment[isPrivateLink]" = false }
///     expect = "deny"
///     "#,
/// )?;
/// let report = suite.run(|path| Err(format!("{path} is not read here")))?;
/// assert_eq!(report.failed(), 0);
/// assert_eq!(report.coverage.percent, 50, "no test lets the clause be true");
/// # Ok::<(), abac_eval::SuiteError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    condition: SuiteCondition,
    tests: Vec<SuiteTest>,
}

/// Where the condition of a suite is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuiteCondition {
    /// In the test file.
    Inline(String),
    /// In a file of its own; the path is as written.
    File(String),
}

/// One named request and what it has to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuiteTest {
    /// The name, unique in its suite.
    pub name: String,
    /// The request, defaults included.
    pub request: AccessRequest,
    /// What the condition has to answer.
    pub expect: Decision,
    /// Why, for whoever reads a failure.
    pub because: Option<String>,
}

impl Suite {
    /// Returns where the condition is.
    #[must_use]
    pub const fn condition(&self) -> &SuiteCondition {
        &self.condition
    }

    /// Returns the tests, in the order of the file.
    #[must_use]
    pub fn tests(&self) -> &[SuiteTest] {
        &self.tests
    }
}
