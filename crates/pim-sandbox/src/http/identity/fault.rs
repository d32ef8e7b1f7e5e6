//! What the provider says when it refuses, in the layout of Microsoft Entra (*documented*:
//! learn.microsoft.com/entra/identity-platform/reference-error-codes, 2026-11).

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

/// A refusal of the token endpoint, or one that a redirect carries back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The error of OAuth, such as `invalid_grant`.
    pub(super) error: &'static str,
    /// The number after `AADSTS`.
    pub(super) number: u32,
    /// One sentence.
    pub(super) message: String,
}

impl Fault {
    pub(super) fn new(error: &'static str, number: u32, message: impl Into<String>) -> Self {
        Self { error, number, message: message.into() }
    }

    pub(super) fn missing(parameter: &str) -> Self {
        let message = format!("The request body must contain the parameter '{parameter}'.");
        Self::new("invalid_request", 900_144, message)
    }

    pub(super) fn tenant(name: &str) -> Self {
        let message = format!("Tenant '{name}' not found. Use the tenant of the sandbox.");
        Self::new("invalid_request", 90_002, message)
    }

    /// Returns the sentence with its number.
    pub(super) fn description(&self) -> String {
        format!("AADSTS{}: {}", self.number, self.message)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = match self.error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            "server_error" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = json!({
            "error": self.error,
            "error_description": self.description(),
            "error_codes": [self.number],
            "timestamp": Timestamp::now().strftime("%Y-%m-%d %H:%M:%SZ").to_string(),
            "trace_id": Uuid::new_v4(),
            "correlation_id": Uuid::new_v4(),
        });
        (status, axum::Json(body)).into_response()
    }
}
