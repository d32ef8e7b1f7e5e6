//! The clock of the sandbox: real time, moved by whoever rehearses.

use jiff::{SignedDuration, Timestamp};

/// How far the clock was moved from real time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Clock {
    offset: SignedDuration,
}

impl Clock {
    pub(crate) const fn moved_by(offset: SignedDuration) -> Self {
        Self { offset }
    }

    /// Returns the time of the sandbox.
    pub(crate) fn now(self) -> Timestamp {
        let real = Timestamp::now();
        real.checked_add(self.offset).unwrap_or(real)
    }

    pub(crate) const fn offset(self) -> SignedDuration {
        self.offset
    }
}
