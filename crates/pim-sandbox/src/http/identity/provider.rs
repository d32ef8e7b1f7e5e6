//! What the provider promised and is still to keep: codes and refresh tokens. They are in memory
//! only, as hashes; a restart forgets them, and clients sign in again.

use super::device::Devices;
use crate::identity::{OneTime, SignIn};
use std::num::NonZeroUsize;
use std::time::Duration;
use uuid::Uuid;

/// How long a code can be redeemed (*documented*: about a minute is enough, ten are allowed,
/// learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow, 2026-11).
const CODE_TIME: Duration = Duration::from_secs(5 * 60);

/// How long a refresh token of a page lives (*documented* there: 24 hours).
const REFRESH_TIME: Duration = Duration::from_secs(24 * 60 * 60);

const MAX_CODES: NonZeroUsize = NonZeroUsize::new(1024).unwrap();
const MAX_REFRESH_TOKENS: NonZeroUsize = NonZeroUsize::new(4096).unwrap();

/// The codes and refresh tokens that were given out.
pub(crate) struct Provider {
    pub(super) codes: OneTime<Code>,
    pub(super) refresh_tokens: OneTime<Grant>,
    pub(super) devices: Devices,
    /// The origins that a code may be sent to, beside this computer's own.
    pub(super) origins: Vec<String>,
}

/// A code that waits to be redeemed.
pub(super) struct Code {
    pub(super) grant: Grant,
    pub(super) redirect_uri: String,
    /// The SHA-256 of the verifier, in base64url.
    pub(super) challenge: String,
    pub(super) nonce: Option<String>,
}

/// Who signed in for which client.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) person: Uuid,
    pub(super) client_id: String,
    /// What the client asked for, as it wrote it.
    pub(super) scope: String,
    pub(super) mfa: bool,
    pub(super) authentication_contexts: Vec<String>,
    pub(super) capabilities: Vec<String>,
}

impl Provider {
    /// Makes a provider that sends codes to this computer and to these origins.
    pub(crate) fn new(origins: Vec<String>) -> Self {
        Self {
            codes: OneTime::new(MAX_CODES, CODE_TIME),
            refresh_tokens: OneTime::new(MAX_REFRESH_TOKENS, REFRESH_TIME),
            devices: Devices::new(),
            origins,
        }
    }
}

impl Grant {
    /// Returns the sign-in of a person, as the directory has them now.
    pub(super) fn sign_in(&self, person: &super::people::Person) -> SignIn {
        SignIn {
            id: person.id,
            name: person.name.clone(),
            user_principal_name: person.user_principal_name.clone(),
            client_id: self.client_id.clone(),
            application: false,
            mfa: self.mfa,
            authentication_contexts: self.authentication_contexts.clone(),
            capabilities: self.capabilities.clone(),
        }
    }
}
