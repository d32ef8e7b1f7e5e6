//! A schedule request from its sending to its end.

use super::{Conversation, Event, Pace, Pause, Step, Trouble, Waiting, pause};
use crate::answer::RequestAnswer;
use crate::call::{Call, CallError, request, submit_request, validate_request};
use crate::error::{Again, ServiceError};
use crate::http::HttpResponse;
use crate::status::Progress;
use pim_model::{RequestType, ScheduleRequest, Scope};
use std::time::Duration;
use uuid::Uuid;

/// How often a request is sent; each time after the service has said that it does not have it.
const MAX_SENT: u32 = 6;

/// How long is waited for what a request needs: five minutes for an assignment to become old
/// enough (*documented*: pim-troubleshoot), and as long for a principal to be known.
const MAX_NEED: Duration = Duration::from_secs(360);

/// How often is asked how a request goes on.
const POLL: Duration = Duration::from_secs(10);

/// How often is asked while people think.
const POLL_PEOPLE: Duration = Duration::from_secs(30);

/// How far a submission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only asks what would become of it; nothing is created.
    Validate,
    /// Sends it and takes the first answer.
    Send,
    /// Sends it and waits for its end, so long at most.
    Finish(Duration),
}

/// Sends a request under a name that was chosen before, and follows it.
///
/// Where an answer is lost, or the service fails, it asks the service for the request by its name
/// before it sends it again; so a request is never carried out twice. After a crash,
/// [`Submission::resume`] begins with that question.
#[derive(Debug, Clone)]
pub struct Submission {
    wanted: ScheduleRequest,
    mode: Mode,
    pace: Pace,
    state: State,
    validate: Call<RequestAnswer>,
    put: Call<RequestAnswer>,
    look: Call<RequestAnswer>,
    sent: u32,
    polls: u32,
    waited: Duration,
    needed: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Validating,
    Sending,
    /// The service is asked whether it has the request.
    Asking,
    /// The service has it.
    Following,
}

/// What a submission came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The request has come to its end, a good one or a bad one.
    Final(Box<RequestAnswer>),
    /// The service has it, and goes on.
    Pending(Box<RequestAnswer>),
    /// What would become of it.
    Validated(Box<RequestAnswer>),
    /// There is nothing to do: what was asked for is there already.
    NothingToDo(ServiceError),
    /// The service refused it.
    Refused(ServiceError),
    /// Another request has this name.
    NameTaken(Box<RequestAnswer>),
    /// Whether the service has it could not be found out.
    Unknown(Trouble),
}

impl Submission {
    /// Makes the conversation for a request that was never sent under this name.
    #[must_use]
    pub fn new(
        request: ScheduleRequest,
        scope: &Scope,
        name: Uuid,
        mode: Mode,
        pace: Pace,
    ) -> Self {
        let state = if mode == Mode::Validate { State::Validating } else { State::Sending };
        Self::starting(state, request, scope, name, mode, pace)
    }

    /// Makes the conversation for a request that may have been sent under this name.
    #[must_use]
    pub fn resume(
        request: ScheduleRequest,
        scope: &Scope,
        name: Uuid,
        mode: Mode,
        pace: Pace,
    ) -> Self {
        Self::starting(State::Asking, request, scope, name, mode, pace)
    }

    fn starting(
        state: State,
        wanted: ScheduleRequest,
        scope: &Scope,
        name: Uuid,
        mode: Mode,
        pace: Pace,
    ) -> Self {
        Self {
            validate: validate_request(&wanted, scope, name),
            put: submit_request(&wanted, scope, name),
            look: request(scope, wanted.family, name),
            wanted,
            mode,
            pace,
            state,
            sent: 0,
            polls: 0,
            waited: Duration::ZERO,
            needed: Duration::ZERO,
        }
    }

    fn send(&mut self) -> Step<Outcome> {
        Step::Send(match self.state {
            State::Validating => self.validate.request.clone(),
            State::Sending => {
                self.sent += 1;
                self.put.request.clone()
            }
            State::Asking | State::Following => self.look.request.clone(),
        })
    }

    /// Looks at the answer to what was sent.
    fn sent(&mut self, event: Event<'_>) -> Step<Outcome> {
        // A service that is asked too often has not carried anything out; from any other failure
        // nobody knows.
        let throttled = matches!(event, Event::Answer(response) if response.status == 429);
        if let Some(pause) = pause(&mut self.pace, event) {
            if !throttled {
                self.state = State::Asking;
            }
            return pause.into();
        }
        let Event::Answer(response) = event else { return self.send() };
        match self.put.answer(response) {
            Ok(answer) => self.followed(answer),
            // It was taken, and only the answer is at fault.
            Err(CallError::Unreadable(_)) => {
                self.state = State::Asking;
                self.send()
            }
            Err(CallError::Service(error)) => self.refused(error),
        }
    }

    /// Looks at the answer to the question whether the service has it.
    fn asked(&mut self, response: &HttpResponse) -> Step<Outcome> {
        match self.look.answer(response) {
            Ok(answer) if self.is_ours(&answer) => self.followed(answer),
            Ok(answer) => Step::Done(Outcome::NameTaken(Box::new(answer))),
            Err(CallError::Service(error)) if error.status == 404 => {
                if self.sent >= MAX_SENT {
                    return Step::Done(Outcome::Refused(error));
                }
                self.state = State::Sending;
                self.send()
            }
            Err(error) => Step::Done(Outcome::Unknown(error.into())),
        }
    }

    /// Says whether an answer is to what was sent.
    fn is_ours(&self, answer: &RequestAnswer) -> bool {
        let (one, other) = (&answer.request, &self.wanted);
        one.principal_id == other.principal_id
            && one.role_definition_id.guid == other.role_definition_id.guid
            && one.request_type == other.request_type
    }

    fn followed(&mut self, answer: RequestAnswer) -> Step<Outcome> {
        self.pace.reset();
        self.state = State::Following;
        let answer = Box::new(answer);
        if answer.status.is_final() {
            return Step::Done(Outcome::Final(answer));
        }
        match self.mode {
            Mode::Finish(patience) if self.waited < patience => {
                let people = answer.status.progress() == Progress::Waiting;
                self.polls += 1;
                let longest = if people { POLL_PEOPLE } else { POLL };
                let wait = Duration::from_secs(self.polls.into()).min(longest);
                self.waited += wait;
                Step::Wait(wait, Waiting::Request(answer.status))
            }
            _ => Step::Done(Outcome::Pending(answer)),
        }
    }

    fn refused(&mut self, error: ServiceError) -> Step<Outcome> {
        match error.again() {
            Again::Asked => {
                self.state = State::Asking;
                self.send()
            }
            Again::NotNeeded if self.is_there(&error) => Step::Done(Outcome::NothingToDo(error)),
            Again::Later if self.needed < self.patience() => {
                let wait = self.pace.jittered(Duration::from_secs(40));
                self.needed += wait;
                let too_young = error.code.eq_ignore_ascii_case("ActiveDurationTooShort");
                let what = if too_young {
                    "the assignment must be five minutes old"
                } else {
                    "the principal must become known to the service"
                };
                // The service has refused it, so it may be sent again under its name.
                self.sent = self.sent.saturating_sub(1);
                Step::Wait(wait, Waiting::Need(what))
            }
            _ => Step::Done(Outcome::Refused(error)),
        }
    }

    /// Returns how long is waited for what a request needs.
    fn patience(&self) -> Duration {
        match self.mode {
            Mode::Finish(patience) => patience.min(MAX_NEED),
            Mode::Send | Mode::Validate => Duration::ZERO,
        }
    }

    /// Says whether an error means that what was asked for is there already.
    fn is_there(&self, error: &ServiceError) -> bool {
        let gone = error.code.eq_ignore_ascii_case("RoleAssignmentDoesNotExist");
        match self.wanted.request_type {
            RequestType::AdminRemove | RequestType::SelfDeactivate => gone,
            RequestType::AdminAssign | RequestType::SelfActivate => !gone,
            _ => false,
        }
    }
}

impl From<Pause> for Step<Outcome> {
    fn from(pause: Pause) -> Self {
        match pause {
            Pause::Wait(wait, waiting) => Self::Wait(wait, waiting),
            // A service that is asked too often has not carried it out.
            Pause::GiveUp(Trouble::Call(CallError::Service(error))) if error.status == 429 => {
                Self::Done(Outcome::Refused(error))
            }
            Pause::GiveUp(trouble) => Self::Done(Outcome::Unknown(trouble)),
        }
    }
}

impl Conversation for Submission {
    type Outcome = Outcome;

    fn next(&mut self, event: Event<'_>) -> Step<Outcome> {
        if self.state == State::Sending && self.sent > 0 {
            return self.sent(event);
        }
        if let Some(pause) = pause(&mut self.pace, event) {
            return pause.into();
        }
        match (self.state, event) {
            (State::Validating, Event::Answer(response)) => match self.validate.answer(response) {
                Ok(answer) => Step::Done(Outcome::Validated(Box::new(answer))),
                Err(CallError::Service(error)) => Step::Done(Outcome::Refused(error)),
                Err(error) => Step::Done(Outcome::Unknown(error.into())),
            },
            (State::Asking, Event::Answer(response)) => self.asked(response),
            (State::Following, Event::Answer(response)) => match self.look.answer(response) {
                Ok(answer) => self.followed(answer),
                Err(error) => Step::Done(Outcome::Unknown(error.into())),
            },
            _ => self.send(),
        }
    }
}

#[cfg(test)]
mod tests;
