//! A question that does no harm when it is asked twice.

use super::{Conversation, Event, Pace, Step, Trouble, pause};
use crate::call::Call;

/// Asks until there is an answer.
///
/// For calls that only read, or that give the same when they are sent twice.
#[derive(Debug, Clone)]
pub struct Ask<T> {
    call: Call<T>,
    pace: Pace,
}

impl<T> Ask<T> {
    /// Makes the conversation.
    #[must_use]
    pub const fn new(call: Call<T>, pace: Pace) -> Self {
        Self { call, pace }
    }
}

impl<T> Conversation for Ask<T> {
    type Outcome = Result<T, Trouble>;

    fn next(&mut self, event: Event<'_>) -> Step<Self::Outcome> {
        if let Some(pause) = pause(&mut self.pace, event) {
            return pause.into();
        }
        match event {
            Event::Answer(response) => {
                Step::Done(self.call.answer(response).map_err(Trouble::from))
            }
            _ => Step::Send(self.call.request.clone()),
        }
    }
}
