//! Explains a condition in plain English, for people who have to answer for it and need not know
//! Azure: what each block limits, in words, with role names in place of GUIDs, and the whole
//! condition as a table of decisions.
//!
//! ```
//! use abac_catalog::Catalog;
//! use abac_syntax::parse;
//!
//! let source = "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}))
//!     OR (@Request[Microsoft.Authorization/roleAssignments:PrincipalType]
//!         ForAnyOfAnyValues:StringEqualsIgnoreCase {'Group'})";
//! let explanation = abac_explain::explain(source, &parse(source).tree, Catalog::builtin());
//! assert!(explanation.to_text().contains("Allowed only if the assignee is a group"));
//! ```
//!
//! The words follow the semantics that `docs/semantics.md` states, including that a comparison with
//! a missing attribute does not hold; they are no proof of what Azure does.

mod action;
mod block;
mod clause;
mod comparison;
mod date;
mod explanation;
mod markdown;
mod missing;
mod pattern;
mod phrase;
mod subject;
mod table;
mod text;
mod value;

pub use explanation::{
    Decision, DecisionRow, DecisionTable, ExplainedAction, ExplainedBlock, Explanation, Statement,
    explain,
};
pub use phrase::{Phrase, Piece};
