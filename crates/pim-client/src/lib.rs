//! The REST API of PIM without I/O: what is sent, what the answers mean, and conversations that
//! are driven step by step by whoever has a network.
//!
//! A [`call`] builds a request and reads its answer. A [`Conversation`] says what to do next: send,
//! wait, or be done; it waits where the service asks for it, and never repeats what may have been
//! carried out before it has asked the service. [`desired`] and [`plan`](fn@plan) compare a file with what
//! is there. No token is ever in a request: the transport
//! adds the [`Token`].
//!
//! ```
//! use pim_client::{Cloud, call};
//! use pim_model::{Family, Scope};
//! use uuid::Uuid;
//!
//! let scope = Scope::resource_group(Uuid::nil(), "logs");
//! let call = call::schedules(&scope, Family::Eligibility, &call::Filter::AsTarget);
//! let url = Cloud::public().url(&call.request).unwrap();
//! assert!(url.as_str().ends_with("/roleEligibilitySchedules?api-version=2020-10-01&$filter=asTarget()"));
//! ```

mod answer;
pub mod call;
mod cloud;
mod conversation;
pub mod desired;
mod error;
mod explain;
mod http;
mod plan;
mod status;
mod token;
mod why;

pub use answer::{
    AssignmentAnswer, ChildResource, GroupAnswer, Names, Page, Permission, RequestAnswer,
    RoleDefinition, ScheduleAnswer, Stage, Unreadable,
};
pub use call::{Call, CallError, Decision, Filter};
pub use cloud::{Cloud, EndpointError};
pub use conversation::{
    Ask, Cancellation, Cancelled, Conversation, Decided, Deciding, Event, ListAll, Mode, Outcome,
    Pace, PolicyChange, PolicyChanged, Step, Submission, Trouble, Waiting,
};
pub use desired::{Desired, DesiredAssignment, DesiredPolicy, DesiredScope};
pub use error::{Again, CODES, Claims, KnownCode, RULES, RuleName, ServiceError};
pub use explain::{CallerAssignment, Explained, Said, UnreadableCondition};
pub use http::{HttpRequest, HttpResponse, Method, Service};
pub use plan::{Action, Actual, Plan, PlanStep, plan, same_condition};
pub use status::{Progress, RequestStatus};
pub use token::Token;
pub use why::{Asked, Verdict, Way, verdict};
