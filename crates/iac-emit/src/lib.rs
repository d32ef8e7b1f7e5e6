//! Writes role assignments, PIM schedule requests and changes of role policies for the tools that
//! deploy them: Bicep, ARM templates, Terraform, `az`, PowerShell, and the bare calls.
//!
//! ```
//! use iac_emit::{Options, Target, emit};
//! use pim_model::{
//!     Duration, Expiration, Family, RequestType, ScheduleInfo, ScheduleRequest, Scope,
//! };
//! use uuid::Uuid;
//!
//! let scope = Scope::resource_group(Uuid::from_u128(1), "rg-app");
//! let contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c".parse().unwrap();
//! let assign = RequestType::AdminAssign;
//! let mut request =
//!     ScheduleRequest::new(Family::Eligibility, assign, scope, contributor, Uuid::from_u128(2));
//! request.schedule_info = Some(ScheduleInfo::now(Expiration::AfterDuration(Duration::days(180))));
//! request.justification = Some("it's ${approved}".to_owned());
//!
//! let bicep = emit(request.clone(), Target::Bicep, &Options::default()).unwrap();
//! assert!(bicep.text.contains(r"justification: 'it\'s \${approved}'"));
//! let terraform = emit(request, Target::Azurerm, &Options::default()).unwrap();
//! assert!(terraform.text.contains(r#"justification      = "it's $${approved}""#));
//! assert!(terraform.text.contains("duration_days = 180"));
//! ```
//!
//! A target that cannot carry something refuses, says why, and names one that can; the table is in
//! `docs/targets.md`. What a user wrote passes through the quoting of the format and nothing else;
//! the tests read it back with readers of those formats that are not ours.

mod call;
mod cloud;
pub mod document;
mod emit;
mod error;
mod generator;
mod group;
mod plan;
mod policy;
#[cfg(feature = "rollout")]
mod rollout;
mod target;
mod wording;

pub use call::{Call, call};
pub use cloud::Cloud;
#[cfg(feature = "unicode-normalization")]
pub use emit::emit;
pub use emit::{Emitted, Input, InputError, Options, PolicyChange, emit_with};
pub use error::EmitError;
#[cfg(feature = "rollout")]
pub use rollout::{
    File, Kept, Proposed, ProposedPolicy, Reason, Review, Rollout, RolloutOptions, RolloutRole,
    Standing,
};
pub use target::{Carried, Target, UnknownTarget};
