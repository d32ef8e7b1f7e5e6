//! Schedule requests and role management policies of Azure PIM: their types, their validity, and
//! the nearest legal request.
//!
//! ```
//! use pim_model::{Duration, Expiration, Family, RequestType, ScheduleInfo, ScheduleRequest, Scope};
//! use uuid::Uuid;
//!
//! let scope = Scope::resource_group(Uuid::from_u128(1), "logs");
//! let (role, group) = (Uuid::from_u128(2), Uuid::from_u128(3));
//! let mut request =
//!     ScheduleRequest::new(Family::Eligibility, RequestType::AdminAssign, scope, role, group);
//! let expiration = Expiration::AfterDuration(Duration::days(180));
//! request.schedule_info = Some(ScheduleInfo::now(expiration));
//!
//! let body = request.to_json();
//! assert_eq!(body["properties"]["scheduleInfo"]["expiration"]["duration"], "P180D");
//! ```

mod check;
mod document;
mod duration;
mod intent;
mod judge;
pub mod policy;
mod reader;
mod request;
mod request_type;
mod role_definition;
mod rules;
mod schedule;
mod scope;
mod tool;

pub use check::{Item, Loaded, MemberType, Model, Options, Schedule, check, condition_not_taken};
pub use document::MAX_DOCUMENT_BYTES;
pub use duration::{Duration, DurationError};
pub use intent::{GroupIntent, Intent, IntentError, Length, Naming, Role, Wish};
pub use jiff::Timestamp;
pub use judge::{
    Failure, JUSTIFICATION_TO_FILL, Nearest, PolicyFault, TICKET_TO_FILL, Verdict, judge,
    scope_differs, scope_finding,
};
pub use policy::Policy;
pub use request::{CONDITION_VERSION, GroupRequest, RoleAssignment, ScheduleRequest};
pub use request_type::{Access, Casing, ExpirationType, Family, PrincipalType, RequestType};
pub use role_definition::{RoleDefinitionId, RoleDefinitionIdError};
pub use rules::{PimRule, RULES, page, pages};
pub use schedule::{Expiration, ScheduleInfo, TicketInfo};
pub use scope::{ResourcePart, Scope, ScopeError, ScopeKind};
pub use tool::{Hazard, Subject, Tool, hazards};
