//! Something that is sent, followed to its end.

use super::{Problem, Service};
use pim_client::{
    Asked, Cancellation, Cancelled, Claims, HttpRequest, Mode, Outcome, Progress, RequestAnswer,
    Submission, Waiting, call,
};
use pim_model::{RoleAssignment, ScheduleRequest, Scope};
use std::time::Duration;
use uuid::Uuid;

/// How long a request is followed: an approval may take a day.
const PATIENCE: Duration = Duration::from_secs(25 * 3600);

/// What is sent, under a name that is chosen before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Wanted {
    /// A request to PIM.
    Schedule(Box<ScheduleRequest>, Scope, Uuid),
    /// A role assignment without PIM.
    Plain(Box<RoleAssignment>, Scope, Uuid),
}

impl Wanted {
    /// Returns the call that carries it.
    pub(crate) fn call(&self) -> HttpRequest {
        match self {
            Self::Schedule(request, scope, name) => {
                call::submit_request(request, scope, *name).request
            }
            Self::Plain(assignment, scope, name) => {
                call::create_role_assignment(assignment, scope, *name).request
            }
        }
    }

    const fn scope(&self) -> &Scope {
        let (Self::Schedule(_, scope, _) | Self::Plain(_, scope, _)) = self;
        scope
    }

    fn asked(&self) -> Asked {
        match self {
            Self::Schedule(request, ..) => Asked::from(&**request),
            Self::Plain(assignment, ..) => Asked::from(&**assignment),
        }
    }
}

/// How far it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// The service is asked what would become of it.
    Validate,
    /// It is sent and followed.
    Submit,
    /// It may have been sent: the service is asked for it first.
    Resume,
}

/// A moment on the way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moment {
    /// The status, in the words of the service.
    pub(crate) title: String,
    /// What it means.
    pub(crate) note: String,
    pub(crate) state: State,
}

/// How a moment looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Working,
    Waiting,
    Done,
    Failed,
}

impl Moment {
    fn new(state: State, title: impl Into<String>, note: impl Into<String>) -> Self {
        Self { title: title.into(), note: note.into(), state }
    }

    fn of(waiting: &Waiting, time: Duration) -> Self {
        match waiting {
            Waiting::Request(status) => {
                let people = status.progress() == Progress::Waiting;
                let state = if people { State::Waiting } else { State::Working };
                Self::new(state, status.as_str(), status.words())
            }
            Waiting::Service(why) => {
                let seconds = time.as_secs().max(1);
                Self::new(State::Working, "Waiting", format!("{why}; again in {seconds} seconds"))
            }
            Waiting::Need(what) => Self::new(State::Working, "Waiting", *what),
        }
    }

    fn last(answer: &RequestAnswer) -> Self {
        let state = match answer.status.progress() {
            Progress::Failed => State::Failed,
            Progress::Waiting => State::Waiting,
            Progress::Done | Progress::Working => State::Done,
        };
        Self::new(state, answer.status.as_str(), answer.status.words())
    }
}

/// How it ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum End {
    /// As the moments say.
    Told(State),
    /// With a problem.
    Problem(Problem),
    /// Whether the service has it is not known.
    Unknown(String),
}

impl End {
    /// Returns the claims that a new token must have before the same can be sent again.
    pub(crate) fn claims(&self) -> Option<&Claims> {
        match self {
            Self::Problem(Problem::Refused(error, _)) => error.claims.as_ref(),
            _ => None,
        }
    }
}

impl Service {
    /// Sends something and follows it, and tells every moment of the way.
    pub(crate) async fn submit(
        self,
        wanted: &Wanted,
        how: Sent,
        tell: impl Fn(Moment) + Copy,
    ) -> End {
        let ended = match wanted {
            Wanted::Schedule(request, scope, name) => {
                let mode = match how {
                    Sent::Validate => Mode::Validate,
                    Sent::Submit | Sent::Resume => Mode::Finish(PATIENCE),
                };
                let start = if how == Sent::Resume { Submission::resume } else { Submission::new };
                let request = (**request).clone();
                let submission = start(request, scope, *name, mode, Self::pace());
                let follow = |waiting: &Waiting, time| tell(Moment::of(waiting, time));
                self.hold(submission, follow).await.map(|outcome| told(outcome, tell))
            }
            Wanted::Plain(assignment, scope, name) => {
                // Under the same name the same is created once.
                let call = call::create_role_assignment(assignment, scope, *name);
                self.ask(call).await.map(|_| {
                    tell(Moment::new(State::Done, "Created", "the role assignment is there"));
                    End::Told(State::Done)
                })
            }
        };
        match ended {
            Ok(End::Problem(problem)) | Err(problem) if !wanted.is_own() => {
                End::Problem(self.explain(problem, wanted.scope(), wanted.asked()).await)
            }
            Ok(end) => end,
            Err(problem) => End::Problem(problem),
        }
    }

    /// Takes a request back.
    pub(crate) async fn take_back(self, wanted: &Wanted) -> Result<Moment, Problem> {
        let Wanted::Schedule(request, scope, name) = wanted else {
            return Err(Problem::words("a role assignment is there at once; delete it"));
        };
        let cancellation = Cancellation::new(scope, request.family, *name, Self::pace());
        Ok(match self.settled(cancellation).await? {
            Cancelled::Yes(answer) => Moment::new(State::Failed, "Canceled", answer.status.words()),
            Cancelled::TooLate(answer) => Moment::last(&answer),
        })
    }
}

impl Wanted {
    /// Says whether the caller asks for something of their own, which no condition refuses.
    fn is_own(&self) -> bool {
        matches!(self, Self::Schedule(request, ..) if request.request_type.is_self())
    }
}

fn told(outcome: Outcome, tell: impl Fn(Moment)) -> End {
    match outcome {
        Outcome::Final(answer) | Outcome::Pending(answer) => {
            let moment = Moment::last(&answer);
            let state = moment.state;
            tell(moment);
            End::Told(state)
        }
        Outcome::Validated(answer) => {
            let failed = answer.status.progress() == Progress::Failed;
            let state = if failed { State::Failed } else { State::Done };
            let note =
                format!("{} ({}); nothing was sent", answer.status.forecast(), answer.status);
            tell(Moment::new(state, "Validated", note));
            End::Told(state)
        }
        Outcome::NothingToDo(error) => {
            tell(Moment::new(State::Done, "Nothing to do", error.what()));
            End::Told(State::Done)
        }
        Outcome::Refused(error) => End::Problem(Problem::refused(error)),
        Outcome::NameTaken(_) => {
            End::Problem(Problem::words("another request has this name; submit again"))
        }
        Outcome::OutOfSight(answer, trouble) => {
            // The service has it: what is known last is told, and the list of requests knows more.
            tell(Moment::last(&answer));
            End::Unknown(trouble.to_string())
        }
        Outcome::Unknown(trouble) => End::Unknown(trouble.to_string()),
    }
}
