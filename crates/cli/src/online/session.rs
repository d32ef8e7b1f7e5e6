//! Conversations with a service.

use super::service::Auth;
use super::token::Tokens;
use super::transport::{Missing, Transport};
use crate::console::{Console, FAINT};
use crate::failure::Failure;
use pim_client::{
    Ask, Call, Cloud, Conversation, Event, HttpRequest, HttpResponse, ListAll, Pace, Page, Service,
    Step, Trouble, Waiting,
};
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

/// A service, and who asks it.
pub(crate) struct Session<'c> {
    pub(crate) console: &'c mut Console,
    cloud: Cloud,
    tokens: Tokens,
    transport: Transport,
    verbose: bool,
    /// Whether the service has answered anything yet.
    reached: bool,
}

/// Why a conversation did not come to its end.
pub(crate) enum Stop {
    /// The user does not want to wait any longer.
    Interrupted,
    /// It cannot be held.
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// What happened last.
enum Last {
    Begin,
    Answer(HttpResponse),
    Lost(String),
    Waited,
}

impl<'c> Session<'c> {
    pub(super) fn new(
        cloud: Cloud,
        auth: Auth,
        ca_file: Option<&Path>,
        verbose: bool,
        console: &'c mut Console,
    ) -> Result<Self, Failure> {
        let transport = Transport::new(cloud.clone(), ca_file)?;
        let tokens = Tokens::new(cloud.clone(), auth);
        Ok(Self { console, cloud, tokens, transport, verbose, reached: false })
    }

    /// Returns the cloud of the service.
    pub(crate) const fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// Returns who asks, where the token tells.
    pub(crate) fn caller(&mut self) -> Result<Option<Uuid>, Failure> {
        let token = self.tokens.of(Service::ResourceManager, self.transport.runtime())?;
        Ok(token.object_id())
    }

    /// Returns who asks, which some calls cannot do without.
    pub(crate) fn known_caller(&mut self) -> Result<Uuid, Failure> {
        self.caller()?.ok_or_else(|| {
            Failure::new("the token does not tell whom it is about")
                .help("use a token of Microsoft Entra for Azure Resource Manager, with `oid`")
        })
    }

    /// Makes the pace of a conversation.
    pub(crate) fn pace() -> Pace {
        Pace::new(Uuid::new_v4().as_u64_pair().0)
    }

    /// Looks out for Ctrl-C from now on; nothing may be asked of the user behind this.
    pub(crate) fn watch(&mut self) {
        self.transport.watch();
    }

    /// Asks one thing.
    pub(crate) fn ask<T>(&mut self, call: Call<T>) -> Result<Result<T, Trouble>, Failure> {
        self.quietly(Ask::new(call, Self::pace()))
    }

    /// Sends something once; where no answer comes, nobody knows what became of it.
    pub(crate) fn once<T>(&mut self, call: &Call<T>) -> Result<Result<T, Trouble>, Failure> {
        match self.send(&call.request) {
            Ok(Last::Answer(response)) => Ok(call.answer(&response).map_err(Trouble::from)),
            Ok(Last::Lost(why)) => Ok(Err(Trouble::Unreachable(why))),
            Ok(Last::Begin | Last::Waited) => {
                Ok(Err(Trouble::Unreachable("nothing was sent".to_owned())))
            }
            Err(Stop::Interrupted) => Err(Failure::new("interrupted")),
            Err(Stop::Failed(failure)) => Err(failure),
        }
    }

    /// Reads a whole list.
    pub(crate) fn list<T>(
        &mut self,
        call: Call<Page<T>>,
    ) -> Result<Result<Vec<T>, Trouble>, Failure> {
        let listing = ListAll::new(call, &self.cloud, Self::pace());
        self.quietly(listing)
    }

    /// Holds a conversation that is over soon.
    pub(crate) fn quietly<C: Conversation>(
        &mut self,
        conversation: C,
    ) -> Result<C::Outcome, Failure> {
        match self.hold(conversation, |session, waiting, _| {
            if let Waiting::Service(why) = waiting {
                session.console.note(&format!("waiting: {why}"));
            }
        }) {
            Ok(outcome) => Ok(outcome),
            Err(Stop::Failed(failure)) => Err(failure),
            Err(Stop::Interrupted) => Err(Failure::new("interrupted")),
        }
    }

    /// Holds a conversation to its end, and tells what is waited for.
    pub(crate) fn hold<C: Conversation>(
        &mut self,
        mut conversation: C,
        mut waiting: impl FnMut(&mut Self, &Waiting, Duration),
    ) -> Result<C::Outcome, Stop> {
        let mut last = Last::Begin;
        loop {
            let event = match &last {
                Last::Begin => Event::Begin,
                Last::Answer(response) => Event::Answer(response),
                Last::Lost(why) => Event::Lost(why),
                Last::Waited => Event::Waited,
            };
            last = match conversation.next(event) {
                Step::Done(outcome) => return Ok(outcome),
                Step::Send(request) => self.send(&request)?,
                Step::Wait(time, what) => {
                    waiting(self, &what, time);
                    if self.transport.wait(time) {
                        return Err(Stop::Interrupted);
                    }
                    Last::Waited
                }
            };
        }
    }

    fn send(&mut self, request: &HttpRequest) -> Result<Last, Stop> {
        let token = self.tokens.of(request.service, self.transport.runtime())?;
        let answer = self.transport.send(request, &token);
        let status = match &answer {
            Ok(response) => response.status.to_string(),
            Err(Missing::Unreachable(why) | Missing::Lost(why)) => why.clone(),
            Err(_) => "not sent".to_owned(),
        };
        if self.verbose {
            let line = format!("{request} → {status}");
            let line = self.console.error_style().paint(FAINT, &line);
            self.console.note(&line);
        }
        match answer {
            Ok(response) => {
                self.reached = true;
                Ok(Last::Answer(response))
            }
            Err(Missing::Interrupted) => Err(Stop::Interrupted),
            Err(Missing::Wrong(failure)) => Err(failure.into()),
            Err(Missing::Unreachable(why)) if !self.reached => {
                let endpoint = self.cloud.endpoint(request.service);
                let failure = Failure::new(format!("cannot reach `{endpoint}`: {why}"));
                Err(if why.to_lowercase().contains("certificate") {
                    failure.help("name the certificate it is to be trusted by with --ca-file")
                } else {
                    failure.help("check the endpoint and the connection; nothing was sent")
                }
                .into())
            }
            Err(Missing::Unreachable(why) | Missing::Lost(why)) => Ok(Last::Lost(why)),
        }
    }
}
