//! Who asks, by the token of the request.

use super::{AppState, Origin};
use crate::engine::Caller;
use crate::identity::{Audience, Refusal};
use axum::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

/// A request whose token is not accepted.
pub(crate) struct Unauthenticated {
    refusal: Refusal,
    origin: Origin,
    tenant: Uuid,
}

/// Returns who asks: the principal of a token that holds, and that is still in the directory.
pub(crate) async fn authenticate(
    state: &AppState,
    headers: &HeaderMap,
    origin: &Origin,
    audience: Audience,
) -> Result<Caller, Unauthenticated> {
    let mut found = headers.get_all(AUTHORIZATION).iter();
    let header = match (found.next(), found.next()) {
        (None, _) => None,
        // Two tokens are two callers; which one is meant cannot be told.
        (Some(_), Some(_)) => Some(""),
        (Some(one), None) => Some(one.to_str().unwrap_or_default()),
    };
    let refused = |refusal| Unauthenticated {
        refusal,
        origin: origin.clone(),
        tenant: state.identity.tenant(),
    };
    let caller = state.identity.verify(header, audience).map_err(refused)?.caller();
    let known = state.store.read(|world, _| world.principal(caller.id).is_some()).await;
    // A store that cannot be read knows nobody.
    match known {
        Ok(true) => Ok(caller),
        Ok(false) | Err(_) => Err(refused(Refusal::Unknown { id: caller.id })),
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
        self.response(json!({ "error": { "code": code, "message": message } }))
    }
}
