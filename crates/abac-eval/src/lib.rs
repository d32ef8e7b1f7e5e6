//! Evaluates Azure role-assignment conditions against access requests.
//!
//! [`Program::compile`] turns the tree of a condition into short-circuit code once;
//! [`Program::evaluate`] runs it against a [`PreparedRequest`] without allocating;
//! [`Program::trace`] says which clauses decided, and why. The rules are those of
//! `docs/semantics.md`. [`Suite`] is the model behind `grantif test`.
//!
//! ```
//! use abac_eval::{AccessRequest, Decision, Program};
//!
//! let source = "@Environment[isPrivateLink] BoolEquals true";
//! let parsed = abac_syntax::parse(source);
//! let program = Program::compile(source, &parsed.tree);
//!
//! let request = AccessRequest::new("Microsoft.Storage/storageAccounts/read");
//! assert_eq!(program.evaluate(&request.prepare()), Decision::Deny);
//!
//! let trace = program.trace(source, &parsed.tree, &request);
//! assert_eq!(
//!     trace.reason,
//!     "denied, because the condition cannot be decided: \
//!      `@Environment[isPrivateLink]` is missing from the request",
//! );
//! ```

mod date_time;
mod decision;
mod guid;
mod key;
mod letter_case;
mod prepared;
mod program;
mod request;
mod suite;
mod trace;
mod value;
mod wildcard;

pub use decision::{Decision, Truth};
pub use key::AttributeKey;
pub use prepared::PreparedRequest;
pub use program::Program;
pub use request::{
    AccessRequest, Delegation, MAX_ATTRIBUTES, MAX_REQUEST_BYTES, MAX_TEXT_BYTES, MAX_VALUES,
    RequestError,
};
pub use suite::{
    Case, CaseReport, CaseResult, ClauseCoverage, ClauseRole, ConditionCoverage, Coverage,
    MAX_SUITE_BYTES, Suite, SuiteCondition, SuiteError, SuiteReport, SuiteTest, TestResult,
    run_cases,
};
pub use trace::{Clause, ClauseKind, Part, Seen, Trace, UnknownReason};
pub use value::{AttributeValue, Value};
