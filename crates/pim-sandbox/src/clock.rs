//! The clock of the sandbox: real time, moved ahead by whoever rehearses.

use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time of the sandbox, in whole microseconds as clients of Azure read it. It never goes
/// back, whatever the clock of this computer does.
#[derive(Debug)]
pub(crate) struct Clock {
    /// How far it is moved from real time, in microseconds.
    offset: AtomicI64,
    /// The latest time that was told, in microseconds.
    latest: AtomicI64,
}

impl Clock {
    /// Makes a clock that is moved from real time.
    pub(crate) fn new(offset: SignedDuration) -> Self {
        Self { offset: AtomicI64::new(micros(offset)), latest: AtomicI64::new(i64::MIN) }
    }

    /// Returns the time of the sandbox.
    pub(crate) fn now(&self) -> Timestamp {
        let real = Timestamp::now().as_microsecond();
        let moved = real.saturating_add(self.offset.load(Ordering::Relaxed));
        let now = self.latest.fetch_max(moved, Ordering::Relaxed).max(moved);
        Timestamp::from_microsecond(now).unwrap_or(Timestamp::MAX)
    }

    /// Returns how far the clock is moved from real time.
    pub(crate) fn offset(&self) -> SignedDuration {
        SignedDuration::from_micros(self.offset.load(Ordering::Relaxed))
    }

    /// Moves the clock ahead.
    pub(crate) fn advance(&self, by: SignedDuration) {
        self.offset.fetch_add(micros(by), Ordering::Relaxed);
    }

    /// Sets the clock. Whoever sets it back must have put back the world of that time.
    pub(crate) fn set(&self, now: Timestamp) {
        let real = Timestamp::now().as_microsecond();
        self.offset.store(now.as_microsecond().saturating_sub(real), Ordering::Relaxed);
        self.latest.store(now.as_microsecond(), Ordering::Relaxed);
    }
}

fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_moved_and_never_goes_back() {
        let clock = Clock::new(SignedDuration::ZERO);
        let before = clock.now();
        clock.advance(SignedDuration::from_hours(8));
        assert_eq!(clock.offset(), SignedDuration::from_hours(8));
        assert!(clock.now().duration_since(before) >= SignedDuration::from_hours(8));
        clock.advance(SignedDuration::from_hours(-1));
        let told = clock.now();
        assert!(told.duration_since(before) >= SignedDuration::from_hours(8));
        clock.set(before);
        assert!(clock.now() < told, "a restored world has its own time");
    }
}
