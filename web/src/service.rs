//! The service that requests are sent to: which one, as whom, and everything that is asked of it.
//!
//! Nothing here is sent by itself: every call follows from something that the person pressed.

mod account;
mod conversation;
mod explain;
mod job;
mod place;
mod problem;
mod sandbox;
mod sign_in;
mod submission;
mod transport;

pub(crate) use account::{Account, How};
pub(crate) use job::Job;
pub(crate) use place::{Kind, Place};
pub(crate) use problem::Problem;
pub(crate) use sandbox::Overview;
pub(crate) use submission::{End, Moment, Sent, State, Wanted};

use crate::browser;
use leptos::prelude::*;
use pim_client::{Cloud, Token};
use pim_model::Timestamp;

/// The chosen service and who is signed in to it. A copy is a set of handles to the same state.
#[derive(Clone, Copy)]
pub(crate) struct Service {
    /// Which service it is; remembered by this browser.
    pub(crate) place: RwSignal<Place>,
    /// Who is signed in.
    pub(crate) account: RwSignal<Option<Account>>,
    /// What the sandbox says of itself, once it was asked.
    pub(crate) overview: RwSignal<Option<Overview>>,
    /// How far the clock of the service is ahead of this computer's, in milliseconds.
    ahead: RwSignal<f64>,
    /// The token: in memory, and nowhere else.
    token: StoredValue<Option<Token>, LocalStorage>,
}

impl Service {
    pub(crate) fn new() -> Self {
        Self {
            place: RwSignal::new(Place::remembered()),
            account: RwSignal::new(None),
            overview: RwSignal::new(None),
            ahead: RwSignal::new(0.0),
            token: StoredValue::new_local(None),
        }
    }

    /// Returns the endpoints of the chosen service.
    pub(crate) fn cloud(self) -> Result<Cloud, String> {
        self.place.get().cloud(&browser::origin())
    }

    /// Returns the time at the service.
    pub(crate) fn now(self) -> Timestamp {
        let now = js_sys::Date::now() + self.ahead.get();
        Timestamp::from_millisecond(now as i64).unwrap_or_default()
    }
}
