//! grantif for JavaScript: the functions of the npm package, and their types.
//!
//! Each function takes text and plain options and gives a [`Result`] that becomes an [`Answer`];
//! nothing here decides anything, that is for the crates below. `binding` puts them into a
//! WebAssembly module; a test calls the same functions without one, to compare.
//!
//! ```
//! use wasm::{FormatOptions, LayoutName, format};
//!
//! let options = FormatOptions { layout: LayoutName::OneLine, ..FormatOptions::default() };
//! let text = format("@environment[isPrivateLink]  boolequals true", options)?;
//! assert_eq!(text, "@Environment[isPrivateLink] BoolEquals true");
//! # Ok::<(), wasm::Failure>(())
//! ```

mod answer;
pub mod binding;
#[cfg(feature = "full")]
mod check;
mod evaluate;
#[cfg(feature = "full")]
mod explain;
mod finding;
#[cfg(feature = "full")]
mod known;
mod layout;
mod parse;
#[cfg(feature = "full")]
mod pim;
#[cfg(feature = "full")]
mod search;

pub use answer::{Answer, Failure};
#[cfg(feature = "full")]
pub use check::{CheckOptions, Checked, FixOptions, Fixed, check, fix};
pub use evaluate::{Compiled, request};
#[cfg(feature = "full")]
pub use explain::{ExplainOptions, Explained, explain};
pub use finding::{Edit, Finding, Fix, Label, Place};
#[cfg(feature = "full")]
pub use known::{KnownFacts, SecurityAttribute, SecurityType};
pub use layout::{FormatOptions, LayoutName, format};
pub use parse::{
    AttributeReference, Expression, Literal, Operand, ParseOptions, Parsed, Token, parse,
};
#[cfg(feature = "full")]
pub use pim::{
    AccessName, CheckedRequests, CloudName, Emission, EmitOptions, FamilyName, Intent,
    JudgeOptions, Judged, NearestRequest, NewRequest, PolicyFailure, PrincipalName, RequestItem,
    RequestOptions, TargetInfo, WishName, check_request, emit, judge, new_request, targets,
};
#[cfg(feature = "full")]
pub use search::{
    FoundActions, FoundRole, FoundRoles, SearchOptions, search_actions, search_roles,
};
