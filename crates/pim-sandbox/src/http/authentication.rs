//! Who asks, by the token of the request.

use super::{AppState, Origin};
use crate::engine::Caller;
use crate::identity::{Audience, Refusal};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use uuid::Uuid;

/// A request whose token is not accepted.
pub(crate) struct Unauthenticated {
    refusal: Refusal,
    origin: Origin,
    tenant: Uuid,
}

/// Returns who asks.
pub(crate) fn authenticate(
    state: &AppState,
    parts: &Parts,
    audience: Audience,
) -> Result<Caller, Unauthenticated> {
    let mut found = parts.headers.get_all(AUTHORIZATION).iter();
    let header = match (found.next(), found.next()) {
        (None, _) => None,
        // Two tokens are two callers; which one is meant cannot be told.
        (Some(_), Some(_)) => Some(""),
        (Some(one), None) => Some(one.to_str().unwrap_or_default()),
    };
    match state.identity.verify(header, audience) {
        Ok(claims) => Ok(claims.caller()),
        Err(refusal) => Err(Unauthenticated {
            refusal,
            origin: Origin::of(parts),
            tenant: state.identity.tenant(),
        }),
    }
}

impl Unauthenticated {
    /// Returns the code and message of the error.
    pub(crate) fn error(&self) -> (&'static str, String) {
        (self.refusal.code(), self.refusal.message(self.tenant))
    }

    /// Returns the answer with a body in the layout of an API.
    pub(crate) fn response(&self, body: Value) -> Response {
        let mut response = (StatusCode::UNAUTHORIZED, axum::Json(body)).into_response();
        let challenge = self.refusal.challenge(self.origin.as_str(), self.tenant);
        if let Ok(challenge) = HeaderValue::from_str(&challenge) {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl IntoResponse for Unauthenticated {
    /// Answers in the layout of Azure Resource Manager.
    fn into_response(self) -> Response {
        let (code, message) = self.error();
        self.response(serde_json::json!({ "error": { "code": code, "message": message } }))
    }
}
