//! The clock of the sandbox: real time, moved ahead by whoever rehearses.

use jiff::{SignedDuration, Timestamp};
use std::sync::{PoisonError, RwLock};

/// Tells the time of the sandbox. It never goes back.
#[derive(Debug)]
pub(crate) struct Clock(RwLock<Hands>);

#[derive(Debug)]
struct Hands {
    offset: SignedDuration,
    /// The latest time that was told.
    latest: Timestamp,
}

impl Clock {
    /// Makes a clock that is moved from real time.
    pub(crate) const fn new(offset: SignedDuration) -> Self {
        Self(RwLock::new(Hands { offset, latest: Timestamp::MIN }))
    }

    /// Returns the time of the sandbox.
    pub(crate) fn now(&self) -> Timestamp {
        let real = Timestamp::now();
        let told = {
            let hands = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let moved = real.checked_add(hands.offset).unwrap_or(real);
            if moved < hands.latest { hands.latest } else { moved }
        };
        let mut hands = self.0.write().unwrap_or_else(PoisonError::into_inner);
        hands.latest = hands.latest.max(told);
        hands.latest
    }

    /// Returns how far the clock is moved from real time.
    pub(crate) fn offset(&self) -> SignedDuration {
        self.0.read().unwrap_or_else(PoisonError::into_inner).offset
    }

    /// Sets the clock. Whoever sets it back must have put back the world of that time.
    pub(crate) fn set(&self, now: Timestamp) {
        let mut hands = self.0.write().unwrap_or_else(PoisonError::into_inner);
        hands.offset = now.duration_since(Timestamp::now());
        hands.latest = now;
    }
}
