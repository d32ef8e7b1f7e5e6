//! The way from standing access to just-in-time: what to make eligible, under which policy, and what
//! to take away afterwards.

mod files;
mod markdown;
mod proposal;
mod query;
mod removal;
mod review;
mod standing;

pub use files::File;
pub use review::Review;
pub use standing::Standing;

use pim_model::policy::Approver;
use pim_model::{Duration, ScheduleRequest, Timestamp};
use uuid::Uuid;

use crate::emit::PolicyChange;

/// A role that is to be held just in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolloutRole {
    /// The GUID of its definition.
    pub guid: Uuid,
    /// Its name.
    pub name: String,
}

/// What a rollout is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct RolloutOptions {
    /// The roles that nobody is to hold all the time.
    pub roles: Vec<RolloutRole>,
    /// Who is left alone, such as break-glass accounts: object ids, or names as `az` shows them.
    pub keep: Vec<String>,
    /// How long an eligibility lasts.
    pub eligibility: Duration,
    /// Why, for the requests.
    pub justification: String,
    /// What the names of requests and reviews are made of, besides what they are for: a request of
    /// the same name is taken only once, so change this to ask again.
    pub nonce: String,
    /// Who approves activations; without any, the policies ask for no approval.
    pub approvers: Vec<Approver>,
    /// Who reviews access; without any, the reviews have a place to fill in.
    pub reviewers: Vec<Uuid>,
    /// When the first review starts.
    pub review_start: Timestamp,
}

/// Why an assignment is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The caller said so.
    Named,
    /// It is the service that makes PIM work.
    PimItself,
    /// An application or managed identity.
    ServicePrincipal,
    /// A device, or a group of another tenant.
    OtherTenant,
    /// Nobody knows what the principal is; it was probably deleted.
    UnknownPrincipal,
    /// It holds at the root of the tenant.
    Root,
    /// Its condition has errors.
    Condition,
}

impl Reason {
    /// Returns why, in a sentence or two.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Named => {
                "Named to be kept. A break-glass account has to work when PIM, MFA or the approvers \
                 do not."
            }
            Self::PimItself => {
                "This is MS-PIM, the service itself. Without User Access Administrator here, PIM \
                 cannot give or take any role."
            }
            Self::ServicePrincipal => {
                "An application or managed identity. It cannot activate a role, so an eligibility \
                 would lock it out. Give it a narrower role or scope instead."
            }
            Self::OtherTenant => {
                "A device or a group of another tenant, which has nobody here who could activate."
            }
            Self::UnknownPrincipal => {
                "The list has no name or no type for who holds it. That is what is left when a \
                 principal was deleted: if so, remove the assignment."
            }
            Self::Root => {
                "It holds at the root of the tenant, as after elevating a Global Administrator's \
                 access. PIM manages management groups and what is below. Remove it when it is no \
                 longer needed."
            }
            Self::Condition => {
                "Its condition has errors, and an eligibility without it would allow more. Repair \
                 the condition first (`grantif check`)."
            }
        }
    }
}

/// An assignment that is left as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The assignment.
    pub assignment: Standing,
    /// The name of its role.
    pub role: String,
    /// Why.
    pub reason: Reason,
}

/// An assignment that is to become an eligibility.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// The assignment as it stands, to be removed once the request is provisioned.
    pub assignment: Standing,
    /// The name of its role.
    pub role: String,
    /// The request that makes its principal eligible.
    pub request: ScheduleRequest,
}

/// The settings for a role at a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedPolicy {
    /// The name of the role.
    pub role: String,
    /// The rules to change.
    pub change: PolicyChange,
}

/// Everything there is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Rollout {
    /// What was asked for.
    pub options: RolloutOptions,
    /// What is left as it is, of the roles that were asked for.
    pub kept: Vec<Kept>,
    /// What is to become an eligibility.
    pub proposed: Vec<Proposed>,
    /// The settings of each role at each scope where somebody becomes eligible.
    pub policies: Vec<ProposedPolicy>,
    /// A review of each role at each scope where somebody becomes eligible.
    pub reviews: Vec<Review>,
    /// How many assignments have other roles.
    pub others: usize,
    /// How many assignments stand in the input more than once.
    pub repeated: usize,
    /// What the reader must know before anything is done, a sentence each.
    pub warnings: Vec<String>,
}
