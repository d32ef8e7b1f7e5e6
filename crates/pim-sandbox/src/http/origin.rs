//! The address that a client used, for links that lead back to the sandbox.

use axum::extract::FromRequestParts;
use axum::http::Request;
use axum::http::header::HOST;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::fmt;

/// The scheme of the connection that a request came on.
#[derive(Debug, Clone, Copy)]
struct Scheme(&'static str);

/// Scheme, host and port, such as `https://localhost:8443`.
///
/// The guard has refused every `Host` header that is no name of this computer before a handler sees
/// one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin(String);

impl Origin {
    /// Notes on a request the scheme that it came with.
    pub(crate) fn mark<B>(request: &mut Request<B>, scheme: &'static str) {
        request.extensions_mut().insert(Scheme(scheme));
    }

    /// Returns the origin of a request.
    pub(crate) fn of(parts: &Parts) -> Self {
        let scheme = parts.extensions.get::<Scheme>().map_or("http", |scheme| scheme.0);
        let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
        Self(format!("{scheme}://{}", host.unwrap_or("localhost")))
    }

    /// Returns it as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns host and port.
    pub(crate) fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, authority)| authority)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}
