//! Tokens that are not accepted, in the words of Azure Resource Manager (*observed* in reports of
//! users, 2026-11). No word of a refusal quotes the token.

use super::Audience;
use jiff::Timestamp;
use uuid::Uuid;

/// Why a request is not authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no `Authorization` header.
    Missing,
    /// The header is not of the form `Bearer …`.
    Scheme,
    /// It is no token, was changed, or was signed by somebody else.
    Invalid,
    /// It is from another tenant.
    Issuer,
    /// Its principal is not in the directory.
    Unknown {
        /// The object id.
        id: Uuid,
    },
    /// Its time is over.
    Expired {
        /// When it ended, in seconds since 1970.
        expiry: i64,
        /// What time it is.
        now: i64,
    },
    /// It is for another API.
    Audience {
        /// What it is for.
        found: String,
        /// What it must be for.
        expected: Audience,
    },
}

impl Refusal {
    /// Returns the code of the error.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Refusal::Missing | Refusal::Scheme => "AuthenticationFailed",
            Refusal::Invalid | Refusal::Unknown { .. } => "InvalidAuthenticationToken",
            Refusal::Issuer => "InvalidAuthenticationTokenTenant",
            Refusal::Expired { .. } => "ExpiredAuthenticationToken",
            Refusal::Audience { .. } => "InvalidAuthenticationTokenAudience",
        }
    }

    /// Returns the message of the error.
    pub(crate) fn message(&self, tenant: Uuid) -> String {
        match self {
            Refusal::Missing => {
                "Authentication failed. The 'Authorization' header is missing.".to_owned()
            }
            Refusal::Scheme => "Authentication failed. The 'Authorization' header is provided in \
                                an invalid format; it must be 'Bearer', a space and a token."
                .to_owned(),
            Refusal::Invalid => "The access token is invalid. It must be one of this sandbox: \
                                 `grantif sandbox token` makes one."
                .to_owned(),
            Refusal::Unknown { id } => format!(
                "The principal '{id}' of the access token is not in the directory of the sandbox."
            ),
            Refusal::Issuer => format!(
                "The access token is from the wrong issuer. It must match the tenant '{tenant}' \
                 associated with this subscription."
            ),
            Refusal::Expired { expiry, now } => format!(
                "The access token expiry UTC time '{}' is earlier than current UTC time '{}'.",
                time(*expiry),
                time(*now)
            ),
            Refusal::Audience { found, expected } => format!(
                "The access token has been obtained for wrong audience or resource '{found}'. It \
                 should exactly match with one of the allowed audiences '{}'.",
                expected.name()
            ),
        }
    }

    /// Returns the `WWW-Authenticate` header, which says where to sign in.
    pub(crate) fn challenge(&self, origin: &str, tenant: Uuid) -> String {
        let place = format!("Bearer authorization_uri=\"{origin}/{tenant}\"");
        match self {
            Refusal::Missing | Refusal::Scheme => place,
            _ => format!(
                "{place}, error=\"invalid_token\", error_description=\"{}\"",
                self.message(tenant).replace(['"', '\\'], "")
            ),
        }
    }
}

fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |time| time.to_string())
}
