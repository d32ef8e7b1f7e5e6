//! Requests and answers, without a network.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;
use std::fmt;

/// The service that a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Service {
    /// Azure Resource Manager.
    #[default]
    ResourceManager,
    /// Microsoft Graph, which takes a token of its own.
    Graph,
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates under a name.
    Put,
    /// Acts.
    Post,
    /// Changes a part.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// Returns the word of the protocol.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// A request, before a transport adds the origin and a token to it.
// Invariant: no token is ever in it, so it may be shown and logged.
#[derive(Debug, Clone, PartialEq)]
pub struct HttpRequest {
    /// Which service it is for.
    pub service: Service,
    /// What is done.
    pub method: Method,
    /// The path and the query, encoded; it starts with a slash.
    pub path: String,
    /// The body, where there is one.
    pub body: Option<Value>,
}

impl HttpRequest {
    /// Makes a request that reads.
    pub fn get(path: impl Into<String>) -> Self {
        let path = path.into();
        Self { service: Service::ResourceManager, method: Method::Get, path, body: None }
    }

    /// Makes a request with a body.
    pub fn with_body(method: Method, path: impl Into<String>, body: Value) -> Self {
        let path = path.into();
        Self { service: Service::ResourceManager, method, path, body: Some(body) }
    }

    /// Makes a request without a body.
    pub fn bare(method: Method, path: impl Into<String>) -> Self {
        Self { service: Service::ResourceManager, method, path: path.into(), body: None }
    }
}

impl fmt::Display for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method.as_str(), self.path)
    }
}

/// An answer, as far as it is looked at.
///
/// A browser may hide the headers; everything works without them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    /// The header `WWW-Authenticate`.
    pub www_authenticate: Option<String>,
    /// The body.
    pub body: String,
}

impl HttpResponse {
    /// Makes an answer without headers.
    pub fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, body: body.into(), ..Self::default() }
    }

    /// Says whether what was asked for was done.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
}

/// What must not stand in a path as it is.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What must not stand in the value of a query as it is.
const QUERY: &AsciiSet = &PATH.add(b'&').add(b'\'').add(b'+').add(b'=').add(b';').add(b'/');

/// Encodes an id of ARM for a path.
pub(crate) fn path(id: &str) -> String {
    let id = id.trim_end_matches('/');
    let text = utf8_percent_encode(id, PATH).to_string();
    if text.starts_with('/') || text.is_empty() { text } else { format!("/{text}") }
}

/// Encodes a value for a query.
pub(crate) fn query(value: &str) -> String {
    utf8_percent_encode(value, QUERY).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_filters_are_encoded() {
        assert_eq!(path("subscriptions/a b/é"), "/subscriptions/a%20b/%C3%A9");
        assert_eq!(path("/"), "");
        assert_eq!(query("principalId eq 'a&b'"), "principalId%20eq%20%27a%26b%27");
        assert_eq!(query("asTarget()"), "asTarget()");
    }
}
