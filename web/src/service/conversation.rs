//! Conversations with the service, held in the browser.

use super::transport::{Missing, send};
use super::{Problem, Service};
use crate::browser;
use gloo_timers::future::TimeoutFuture;
use pim_client::{
    Ask, Call, Conversation, Event, HttpResponse, ListAll, Pace, Page, Step, Trouble, Waiting,
};
use std::time::Duration;

/// What happened last.
enum Last {
    Begin,
    Answer(HttpResponse),
    Lost(String),
    Waited,
}

impl Service {
    /// Makes the pace of a conversation.
    pub(crate) fn pace() -> Pace {
        Pace::new(u64::from_le_bytes(browser::random_bytes()))
    }

    /// Holds a conversation to its end, and tells what is waited for. Whoever drops the future ends
    /// it where it stands.
    pub(crate) async fn hold<C: Conversation>(
        self,
        mut conversation: C,
        mut tell: impl FnMut(&Waiting, Duration),
    ) -> Result<C::Outcome, Problem> {
        let cloud = untrack(|| self.cloud()).map_err(Problem::Words)?;
        let mut last = Last::Begin;
        let mut was_reached = false;
        loop {
            let event = match &last {
                Last::Begin => Event::Begin,
                Last::Answer(response) => Event::Answer(response),
                Last::Lost(why) => Event::Lost(why),
                Last::Waited => Event::Waited,
            };
            last = match conversation.next(event) {
                Step::Done(outcome) => return Ok(outcome),
                Step::Wait(time, what) => {
                    tell(&what, time);
                    let milliseconds = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
                    TimeoutFuture::new(milliseconds).await;
                    Last::Waited
                }
                Step::Send(request) => {
                    let token = self.token().await?;
                    match send(&cloud, &request, &token).await {
                        Ok(response) => {
                            was_reached = true;
                            Last::Answer(response)
                        }
                        Err(Missing::Wrong(problem)) => return Err(problem),
                        Err(Missing::Lost(_)) if !was_reached => {
                            let endpoint = cloud.endpoint(request.service);
                            return Err(Problem::Words(format!(
                                "cannot reach `{endpoint}`: it does not run, its certificate is \
                                 not trusted, or it does not let this page call it"
                            )));
                        }
                        Err(Missing::Lost(why)) => Last::Lost(why),
                    }
                }
            };
        }
    }

    /// Asks one thing.
    pub(crate) async fn ask<T>(self, call: Call<T>) -> Result<T, Problem> {
        self.settled(Ask::new(call, Self::pace())).await
    }

    /// Reads a whole list.
    pub(crate) async fn list<T>(self, call: Call<Page<T>>) -> Result<Vec<T>, Problem> {
        let cloud = untrack(|| self.cloud()).map_err(Problem::Words)?;
        self.settled(ListAll::new(call, &cloud, Self::pace())).await
    }

    /// Holds a conversation that is over soon.
    pub(crate) async fn settled<T, C>(self, conversation: C) -> Result<T, Problem>
    where
        C: Conversation<Outcome = Result<T, Trouble>>,
    {
        Ok(self.hold(conversation, |_, _| ()).await??)
    }
}

use leptos::prelude::untrack;
