//! Taking a request back.

use super::{Conversation, Event, Pace, Step, Trouble, pause};
use crate::answer::RequestAnswer;
use crate::call::{Call, cancel_request, request};
use crate::status::RequestStatus;
use pim_model::{Family, Scope};
use uuid::Uuid;

/// Takes a request back that waits, and looks before it asks for that a second time.
#[derive(Debug, Clone)]
pub struct Cancellation {
    look: Call<RequestAnswer>,
    cancel: Call<()>,
    pace: Pace,
    state: State,
    /// Whether the service took it.
    accepted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Looking,
    Cancelling,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cancelled {
    /// The request is taken back.
    Yes(Box<RequestAnswer>),
    /// It cannot be, because it has come to its end.
    TooLate(Box<RequestAnswer>),
}

impl Cancellation {
    /// Makes the conversation.
    #[must_use]
    pub fn new(scope: &Scope, family: Family, name: Uuid, pace: Pace) -> Self {
        Self {
            look: request(scope, family, name),
            cancel: cancel_request(scope, family, name),
            pace,
            state: State::Looking,
            accepted: false,
        }
    }

    fn looked(&mut self, answer: RequestAnswer) -> Step<Result<Cancelled, Trouble>> {
        let answer = Box::new(answer);
        match answer.status {
            RequestStatus::Canceled => Step::Done(Ok(Cancelled::Yes(answer))),
            // What is granted starts later, and can be taken back until then.
            ref status if status.is_final() && *status != RequestStatus::Granted => {
                Step::Done(Ok(Cancelled::TooLate(answer)))
            }
            // The service took it, and may call it pending for a moment.
            _ if self.accepted => Step::Done(Ok(Cancelled::Yes(answer))),
            _ => {
                self.state = State::Cancelling;
                Step::Send(self.cancel.request.clone())
            }
        }
    }
}

impl Conversation for Cancellation {
    type Outcome = Result<Cancelled, Trouble>;

    fn next(&mut self, event: Event<'_>) -> Step<Self::Outcome> {
        if let Some(pause) = pause(&mut self.pace, event) {
            self.state = State::Looking;
            return pause.into();
        }
        match (self.state, event) {
            (State::Looking, Event::Answer(response)) => match self.look.answer(response) {
                Ok(answer) => self.looked(answer),
                Err(error) => Step::Done(Err(error.into())),
            },
            (State::Cancelling, Event::Answer(response)) => match self.cancel.answer(response) {
                Ok(()) => {
                    self.state = State::Looking;
                    self.accepted = true;
                    Step::Send(self.look.request.clone())
                }
                Err(error) => Step::Done(Err(error.into())),
            },
            _ => Step::Send(self.look.request.clone()),
        }
    }
}
