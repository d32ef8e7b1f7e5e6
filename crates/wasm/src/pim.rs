//! Requests and policies of Privileged Identity Management.

mod check;
mod emit;
mod intent;
mod judge;
mod wording;

pub use check::{CheckedRequests, RequestItem, RequestOptions, check_request};
pub use emit::{CloudName, Emission, EmitOptions, TargetInfo, emit, targets};
pub use intent::{AccessName, Intent, NewRequest, PrincipalName, WishName, new_request};
pub use judge::{JudgeOptions, Judged, NearestRequest, PolicyFailure, judge};

use crate::answer::Failure;
use pim_model::{Family, Scope, Timestamp};
use serde::Deserialize;
use tsify::Tsify;
use uuid::Uuid;

/// What kind of assignment a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum FamilyName {
    /// Being allowed to activate the role.
    Eligible,
    /// Having the role.
    Active,
}

impl From<FamilyName> for Family {
    fn from(name: FamilyName) -> Self {
        match name {
            FamilyName::Eligible => Self::Eligibility,
            FamilyName::Active => Self::Assignment,
        }
    }
}

fn scope(text: &str) -> Result<Scope, Failure> {
    text.parse().map_err(|error| Failure::new("options", format!("`scope`: {error}")))
}

fn instant(field: &str, text: &str) -> Result<Timestamp, Failure> {
    text.parse().map_err(|_| {
        Failure::new("options", format!("`{field}`: expected an instant, found `{text}`"))
            .help("for example `2026-12-31T08:00:00Z`")
    })
}

fn guid(field: &str, text: &str) -> Result<Uuid, Failure> {
    Uuid::try_parse(text.trim())
        .map_err(|_| Failure::new("options", format!("`{field}`: expected a GUID, found `{text}`")))
}
