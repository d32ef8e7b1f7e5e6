//! Conversations with the service, driven step by step.

mod ask;
mod cancellation;
mod deciding;
mod list;
mod pace;
mod policy_change;
mod submission;

pub use ask::Ask;
pub use cancellation::{Cancellation, Cancelled};
pub use deciding::{Decided, Deciding};
pub use list::ListAll;
pub use pace::Pace;
pub use policy_change::{PolicyChange, PolicyChanged};
pub use submission::{Mode, Outcome, Submission};

use crate::call::CallError;
use crate::cloud::EndpointError;
use crate::error::ServiceError;
use crate::http::{HttpRequest, HttpResponse};
use crate::status::RequestStatus;
use std::time::Duration;

/// What happened since the last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'e> {
    /// Nothing: this is the first step.
    Begin,
    /// The service answered what was sent.
    Answer(&'e HttpResponse),
    /// No answer came: the connection failed, or it took too long. Whether the service got the
    /// request is not known.
    Lost(&'e str),
    /// The time to wait is over.
    Waited,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<T> {
    /// Send this, and come back with the answer.
    Send(HttpRequest),
    /// Wait so long, and come back.
    Wait(Duration, Waiting),
    /// It is over.
    Done(T),
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// The service asked to be left alone, or failed, or could not be reached.
    Service(String),
    /// A request goes on.
    Request(RequestStatus),
    /// Something that a request needs.
    Need(&'static str),
}

/// A conversation: give it what happened, and do what it says, until it is done.
pub trait Conversation {
    /// What it comes to.
    type Outcome;

    /// Returns what to do next.
    fn next(&mut self, event: Event<'_>) -> Step<Self::Outcome>;
}

/// Why a conversation came to nothing.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Trouble {
    /// The service refused, or answered something else.
    #[error(transparent)]
    Call(#[from] CallError),
    /// No answer came, however often it was asked.
    #[error("the service cannot be reached: {0}")]
    Unreachable(String),
    /// A link or a path leads elsewhere.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// There is more than is read.
    #[error("the list has more than {0} pages")]
    TooLong(usize),
    /// Nobody is asked for a decision.
    #[error("{0}")]
    Nothing(String),
}

impl Trouble {
    /// Returns the error of the service, where it is one.
    #[must_use]
    pub fn service(&self) -> Option<&ServiceError> {
        match self {
            Self::Call(CallError::Service(error)) => Some(error),
            _ => None,
        }
    }
}

/// What to do where asking again does no harm.
enum Pause {
    Wait(Duration, Waiting),
    GiveUp(Trouble),
}

impl<T> From<Pause> for Step<Result<T, Trouble>> {
    fn from(pause: Pause) -> Self {
        match pause {
            Pause::Wait(wait, waiting) => Self::Wait(wait, waiting),
            Pause::GiveUp(trouble) => Self::Done(Err(trouble)),
        }
    }
}

/// Says what to do where no answer came or the service is not up to it; `None` where the event is
/// nothing to ask again for.
fn pause(pace: &mut Pace, event: Event<'_>) -> Option<Pause> {
    let (why, response) = match event {
        Event::Lost(why) => (why.to_owned(), None),
        Event::Answer(response) => match response.status {
            429 => ("the service is asked too often".to_owned(), Some(response)),
            status @ (408 | 500..=599) => {
                (format!("the service answered {status}"), Some(response))
            }
            _ => return None,
        },
        Event::Begin | Event::Waited => return None,
    };
    Some(match (pace.wait(response), response) {
        (Some(wait), _) => Pause::Wait(wait, Waiting::Service(why)),
        (None, Some(response)) => Pause::GiveUp(CallError::from(ServiceError::of(response)).into()),
        (None, None) => Pause::GiveUp(Trouble::Unreachable(why)),
    })
}
