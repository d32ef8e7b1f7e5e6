//! How long to wait, and how often.

use crate::error::ServiceError;
use crate::http::HttpResponse;
use std::time::Duration;

/// How often something is tried again.
const MAX_ATTEMPTS: u32 = 8;

/// The longest wait of the back-off.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// Waits that grow, with a random part so that many clients do not come back at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// Where the random part comes from; every caller brings another number.
    seed: u64,
    attempts: u32,
}

impl Pace {
    /// Makes a pace from a random number.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed, attempts: 0 }
    }

    /// Starts anew, after something has worked.
    pub(super) const fn reset(&mut self) {
        self.attempts = 0;
    }

    /// Returns how long to wait before the next attempt: as long as the service asks for, or else
    /// longer each time; `None` when it was tried often enough.
    pub(super) fn wait(&mut self, response: Option<&HttpResponse>) -> Option<Duration> {
        if self.attempts >= MAX_ATTEMPTS {
            return None;
        }
        self.attempts += 1;
        let wished = response.map(ServiceError::of).and_then(|error| error.retry_after);
        Some(match wished {
            None => self.jittered(Duration::from_secs(1 << self.attempts.min(6)).min(MAX_WAIT)),
            // Never earlier than asked, and not everybody at the same moment.
            Some(wished) => wished + self.jittered(Duration::from_millis(500)),
        })
    }

    /// Returns a time between half of a duration and all of it.
    pub(super) fn jittered(&mut self, longest: Duration) -> Duration {
        // SplitMix64 (Steele, Lea and Flood, 2014).
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let part = u32::try_from((mixed ^ (mixed >> 31)) % 1024).unwrap_or(0);
        longest / 2 + longest / 2 * part / 1024
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_and_honour_the_service() {
        for seed in [0, 1, u64::MAX] {
            let mut pace = Pace::new(seed);
            let waits: Vec<_> = std::iter::from_fn(|| pace.wait(None)).collect();
            assert_eq!(waits.len(), 8);
            for (number, wait) in waits.iter().enumerate() {
                let longest = Duration::from_secs(1 << (number + 1).min(6)).min(MAX_WAIT);
                assert!(*wait >= longest / 2 && *wait <= longest, "{number}: {wait:?}");
            }
        }
        let retry_after = Some("7".to_owned());
        let response = HttpResponse { status: 429, retry_after, ..HttpResponse::default() };
        let wait = Pace::new(3).wait(Some(&response)).unwrap();
        assert!(wait >= Duration::from_secs(7) && wait < Duration::from_secs(8));
        assert_ne!(Pace::new(1).wait(None), Pace::new(2).wait(None));
    }
}
