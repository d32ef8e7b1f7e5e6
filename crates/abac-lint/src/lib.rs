//! Checks Azure role-assignment conditions: what Azure refuses, what does not do what it seems to
//! do, and what is nowhere documented.
//!
//! A rule is one file in `rules`, with a page `docs/rules/<id>.md` whose examples are its tests.
//! Severity is evidence: *Error* for what Azure is documented or observed to refuse, *Warning* for
//! what is accepted but not what it seems and for what no page documents, *Advice* for taste.
//!
//! ```
//! use abac_catalog::Catalog;
//! use abac_lint::{Options, check};
//! use abac_syntax::Holes;
//!
//! let condition = "@Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolEquals 'true'";
//! let findings = check(condition, Holes::Refused, &Options::new(Catalog::builtin()));
//! assert!(findings.iter().any(|finding| finding.id == "quoted-boolean"));
//! assert!(abac_lint::page("quoted-boolean").unwrap().starts_with("# quoted-boolean"));
//! ```

mod availability;
mod category;
mod clause;
mod date_time;
mod delegation;
mod facts;
mod lint;
mod options;
mod page;
mod quoted;
mod report;
mod rule;
mod rules;
mod scope;
mod service;
mod size;
mod value;
mod wording;

pub use category::Category;
pub use lint::{check, lint};
pub use options::{Context, Level, Levels, Options, Shell, UnknownRule};
pub use page::{page, pages};
pub use rule::{RuleInfo, rules};
