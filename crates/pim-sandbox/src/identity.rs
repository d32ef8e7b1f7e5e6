//! Who asks: tokens of the sandbox, as Microsoft Entra makes them, and the provider that clients
//! sign in at.
//!
//! Tokens live by real time, not by the clock of the sandbox: a rehearsal that moves eight hours
//! ahead does not have to sign in again.

mod audience;
mod claims;
mod key;
mod one_time;
mod refusal;
pub(crate) mod secret_file;

pub(crate) use audience::Audience;
pub(crate) use claims::{Claims, SignIn};
pub(crate) use one_time::{OneTime, hash, random};
pub(crate) use refusal::Refusal;

use claims::issuer;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Validation};
use key::SigningKey;
use lru::LruCache;
use serde::Serialize;
use serde_json::Value;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// How many verified tokens are remembered, by their hash.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(4096).unwrap();

/// The longest token that is looked at, in bytes.
const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// How long a token lives unless told otherwise, in seconds (*documented*: 60 to 90 minutes,
/// learn.microsoft.com/entra/identity-platform/access-tokens, 2026-11).
pub(crate) const TOKEN_SECONDS: i64 = 60 * 60;

/// Why the keys of a sandbox cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A file cannot be read or written.
    #[error("the key cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    /// What is in the file is no key of ES256.
    #[error("the signing key is no private key of the curve P-256 in PEM; move it away")]
    Key,
}

/// Issues tokens and verifies them.
pub(crate) struct Identity {
    key: SigningKey,
    tenant: Uuid,
    validation: Validation,
    verified: Mutex<LruCache<[u8; 32], Arc<Claims>>>,
}

impl Identity {
    /// Opens the keys in a directory, making them when there are none; in memory without one.
    pub(crate) fn open(directory: Option<&Path>, tenant: Uuid) -> Result<Self, IdentityError> {
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_issuer(&[issuer(tenant)]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud"]);
        validation.validate_nbf = true;
        validation.leeway = 0;
        // The audience is compared below, where the refusal can name it.
        validation.validate_aud = false;
        Ok(Self {
            key: SigningKey::open(directory)?,
            tenant,
            validation,
            verified: Mutex::new(LruCache::new(REMEMBERED)),
        })
    }

    /// Returns the tenant of the sandbox.
    pub(crate) const fn tenant(&self) -> Uuid {
        self.tenant
    }

    /// Issues an access token.
    pub(crate) fn issue(
        &self,
        who: &SignIn,
        audience: Audience,
        seconds: i64,
    ) -> Result<String, IdentityError> {
        let now = Timestamp::now().as_second();
        self.key.sign(&Claims::new(who, audience, self.tenant, now, seconds))
    }

    /// Signs claims that are not of an access token, as those of an ID token.
    pub(crate) fn sign(&self, claims: &impl Serialize) -> Result<String, IdentityError> {
        self.key.sign(claims)
    }

    /// Verifies the token of an `Authorization` header.
    pub(crate) fn verify(
        &self,
        authorization: Option<&str>,
        audience: Audience,
    ) -> Result<Arc<Claims>, Refusal> {
        let header = authorization.ok_or(Refusal::Missing)?;
        let (scheme, token) = header.split_once(' ').ok_or(Refusal::Scheme)?;
        if !scheme.eq_ignore_ascii_case("Bearer") {
            return Err(Refusal::Scheme);
        }
        let token = token.trim();
        if token.len() > MAX_TOKEN_BYTES {
            return Err(Refusal::Invalid);
        }
        let name = hash(token);
        let known = self.remembered().get(&name).cloned();
        let claims = match known {
            Some(claims) => claims,
            None => {
                let claims = Arc::new(self.decode(token)?);
                self.remembered().put(name, Arc::clone(&claims));
                claims
            }
        };
        let now = Timestamp::now().as_second();
        if claims.exp <= now {
            return Err(Refusal::Expired { expiry: claims.exp, now });
        }
        if Audience::of_token(&claims.aud) != Some(audience) {
            return Err(Refusal::Audience { found: claims.aud.clone(), expected: audience });
        }
        Ok(claims)
    }

    /// Returns the public keys.
    pub(crate) fn json_web_key_set(&self) -> Value {
        self.key.json_web_key_set()
    }

    /// Returns the secret that an application signs in with.
    pub(crate) fn client_secret(&self, application: Uuid) -> String {
        self.key.client_secret(application)
    }

    /// Tells whether a secret is that of an application.
    pub(crate) fn is_client_secret(&self, application: Uuid, secret: &str) -> bool {
        self.key.is_client_secret(application, secret)
    }

    fn decode(&self, token: &str) -> Result<Claims, Refusal> {
        use jsonwebtoken::errors::ErrorKind;
        let decoded = jsonwebtoken::decode(token, self.key.decoding(), &self.validation);
        decoded.map(|token| token.claims).map_err(|error| match error.kind() {
            // The signature is checked before the claims: what is expired here was once ours.
            ErrorKind::ExpiredSignature => {
                let now = Timestamp::now().as_second();
                let expiry = jsonwebtoken::dangerous::insecure_decode::<Claims>(token)
                    .map_or(now, |token| token.claims.exp);
                Refusal::Expired { expiry, now }
            }
            ErrorKind::InvalidIssuer => Refusal::Issuer,
            _ => Refusal::Invalid,
        })
    }

    fn remembered(&self) -> std::sync::MutexGuard<'_, LruCache<[u8; 32], Arc<Claims>>> {
        self.verified.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
