//! Secrets that are given out once and taken back once: codes and refresh tokens.

use aws_lc_rs::{digest, rand};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What was promised to whoever brings a secret back in time. Only hashes of the secrets are held,
/// and no more than `limit` of them: the oldest gives way.
pub(crate) struct OneTime<T> {
    held: Mutex<LruCache<[u8; 32], (Instant, T)>>,
    lifetime: Duration,
}

impl<T> OneTime<T> {
    pub(crate) fn new(limit: NonZeroUsize, lifetime: Duration) -> Self {
        Self { held: Mutex::new(LruCache::new(limit)), lifetime }
    }

    /// Makes a secret for something.
    pub(crate) fn give(&self, promised: T) -> Option<String> {
        let secret = random()?;
        let until = Instant::now().checked_add(self.lifetime)?;
        self.lock().push(hash(&secret), (until, promised));
        Some(secret)
    }

    /// Takes what a secret was made for; a second time there is nothing.
    pub(crate) fn take(&self, secret: &str) -> Option<T> {
        let (until, promised) = self.lock().pop(&hash(secret))?;
        (Instant::now() < until).then_some(promised)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, LruCache<[u8; 32], (Instant, T)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns 256 bits that nobody can guess, as text.
pub(crate) fn random() -> Option<String> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

/// Returns the SHA-256 of a text.
pub(crate) fn hash(text: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    let hashed = digest::digest(&digest::SHA256, text.as_bytes());
    for (to, from) in bytes.iter_mut().zip(hashed.as_ref()) {
        *to = *from;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(limit: usize, lifetime: Duration) -> OneTime<u8> {
        OneTime::new(NonZeroUsize::new(limit).unwrap(), lifetime)
    }

    #[test]
    fn gives_back_once() {
        let holder = holder(2, Duration::from_secs(60));
        let secret = holder.give(7).unwrap();
        assert_eq!(holder.take("another"), None);
        assert_eq!(holder.take(&secret), Some(7));
        assert_eq!(holder.take(&secret), None);
    }

    #[test]
    fn forgets_the_oldest() {
        let holder = holder(2, Duration::from_secs(60));
        let secrets: Vec<String> = (0..3).map(|one| holder.give(one).unwrap()).collect();
        let taken: Vec<Option<u8>> = secrets.iter().map(|one| holder.take(one)).collect();
        assert_eq!(taken, [None, Some(1), Some(2)]);
    }

    #[test]
    fn forgets_in_time() {
        let holder = holder(2, Duration::ZERO);
        let secret = holder.give(7).unwrap();
        assert_eq!(holder.take(&secret), None);
    }
}
