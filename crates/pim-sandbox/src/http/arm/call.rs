//! A call of Azure Resource Manager: where, of what, with which query and body.

use crate::engine::{Code, ScopeKey, ServiceError};
use crate::http::MAX_BODY_BYTES;
use crate::http::Origin;
use axum::body::{Body, to_bytes};
use axum::http::Method;
use axum::http::request::Parts;
use pim_model::Scope;
use serde_json::Value;
use uuid::Uuid;

/// What stands between a scope and what is asked about it.
const PROVIDER: &str = "/providers/microsoft.authorization/";

/// A call.
#[derive(Debug)]
pub(crate) struct ArmCall {
    pub(crate) method: Method,
    /// Where the caller reached the sandbox.
    pub(crate) origin: Origin,
    /// The scope, as the service writes it.
    pub(crate) scope: String,
    /// The type behind the provider, as the caller wrote it.
    pub(crate) kind: String,
    /// What stands behind the type: names and further types.
    pub(crate) rest: Vec<String>,
    /// The path as the caller wrote it.
    pub(crate) path: String,
    query: Vec<(String, String)>,
    body: Vec<u8>,
}

/// Reads a call.
pub(super) async fn read(parts: Parts, body: Body) -> Result<ArmCall, ServiceError> {
    let origin = Origin::of(&parts);
    let path = decode(parts.uri.path())
        .ok_or_else(|| not_found("The path is not valid UTF-8 in percent-encoding."))?;
    let lower = path.to_ascii_lowercase();
    // The last one counts: what stands in front may belong to the provider itself.
    let at = lower.rfind(PROVIDER).ok_or_else(|| {
        not_found("The sandbox answers for Microsoft.Authorization; there is nothing at this path.")
    })?;
    let (front, behind) = (path.get(..at).unwrap_or_default(), path.get(at + PROVIDER.len()..));
    let mut segments =
        behind.unwrap_or_default().trim_end_matches('/').split('/').map(str::to_owned);
    let kind = segments.next().unwrap_or_default();
    let rest: Vec<String> = segments.collect();
    if rest.len() > 4 || rest.iter().any(|segment| segment.is_empty()) {
        return Err(not_found(
            "The path has an empty segment, or more segments than anything here.",
        ));
    }
    let scope =
        if front.is_empty() { Scope::Tenant } else { front.parse().map_err(invalid_scope)? };
    let query = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let query = query.into_owned().collect();
    let body = to_bytes(body, MAX_BODY_BYTES).await.map_err(|_| {
        let message = format!("The body has more than {MAX_BODY_BYTES} bytes, or ended early.");
        ServiceError::with(Code::BODY_TOO_LARGE, message)
    })?;
    Ok(ArmCall {
        method: parts.method,
        origin,
        scope: scope.to_string(),
        kind,
        rest,
        path: parts.uri.path().to_owned(),
        query,
        body: body.into(),
    })
}

fn invalid_scope(error: pim_model::ScopeError) -> ServiceError {
    ServiceError::with(Code::INVALID_SCOPE, format!("The scope is invalid: {error}."))
}

fn not_found(message: &'static str) -> ServiceError {
    ServiceError::with(Code::RESOURCE_NOT_FOUND, message)
}

impl ArmCall {
    /// Returns a parameter of the query; case does not count.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn query_pairs(&self) -> &[(String, String)] {
        &self.query
    }

    pub(crate) fn scope_key(&self) -> ScopeKey {
        ScopeKey::of(&self.scope)
    }

    /// Returns the body as text.
    pub(crate) fn text(&self) -> Result<&str, ServiceError> {
        std::str::from_utf8(&self.body).map_err(|_| {
            ServiceError::with(Code::INVALID_BODY, "The request content is not valid UTF-8.")
        })
    }

    /// Returns the body as JSON.
    pub(crate) fn json(&self) -> Result<Value, ServiceError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            let message = format!(
                "The request content was invalid and could not be deserialized: '{error}'."
            );
            ServiceError::with(Code::INVALID_BODY, message)
        })
    }

    /// Returns the name that stands behind the type, as a GUID.
    pub(crate) fn guid(&self, index: usize) -> Result<Uuid, ServiceError> {
        let text = self.rest.get(index).map_or("", String::as_str);
        Uuid::try_parse(text).map_err(|_| {
            let message = format!("The name '{text}' is not a GUID.");
            ServiceError::with(Code::INVALID_NAME, message)
        })
    }

    /// Returns what stands behind the type, in lower case where it is a type itself.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.rest.iter().map(String::as_str).collect()
    }
}

/// Decodes percent-encoding.
fn decode(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        if *first != b'%' {
            decoded.push(*first);
            rest = behind;
            continue;
        }
        let (digits, behind) = behind.split_at_checked(2)?;
        let text = std::str::from_utf8(digits).ok()?;
        decoded.push(u8::from_str_radix(text, 16).ok()?);
        rest = behind;
    }
    let text = String::from_utf8(decoded).ok()?;
    // A decoded control character is no part of any name.
    (!text.contains(char::is_control)).then_some(text)
}
