//! Who asks.

use uuid::Uuid;

/// The principal a token was issued to, and how it signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The object id (`oid`).
    pub(crate) id: Uuid,
    /// The name people see.
    pub(crate) name: String,
    /// Whether the sign-in used multi-factor authentication (`amr` holds `mfa`).
    pub(crate) mfa: bool,
    /// The authentication contexts the token satisfies (`acrs`), such as `c1`.
    pub(crate) authentication_contexts: Vec<String>,
}
