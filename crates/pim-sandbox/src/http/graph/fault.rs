//! Refusals in the layout of Microsoft Graph (*documented*: learn.microsoft.com/graph/errors,
//! 2026-11).

use crate::engine::ServiceError;
use crate::odata::FilterError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::borrow::Cow;
use uuid::Uuid;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    status: u16,
    code: &'static str,
    message: Cow<'static, str>,
}

impl Fault {
    pub(super) fn new(
        status: u16,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { status, code, message: message.into() }
    }

    pub(super) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    pub(super) fn no_object(id: &str) -> Self {
        let message = format!(
            "Resource '{id}' does not exist or one of its queried reference-property objects are \
             not present."
        );
        Self::new(404, "Request_ResourceNotFound", message)
    }

    pub(super) fn denied() -> Self {
        let message = "Insufficient privileges to complete the operation.";
        Self::new(403, "Authorization_RequestDenied", message)
    }

    /// Returns `{"error": {"code", "message", "innerError"}}`.
    pub(super) fn body(&self) -> Value {
        let id = Uuid::new_v4();
        json!({ "error": {
            "code": self.code,
            "message": self.message,
            "innerError": {
                "date": Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S").to_string(),
                "request-id": id,
                "client-request-id": id,
            },
        }})
    }
}

impl From<ServiceError> for Fault {
    fn from(error: ServiceError) -> Self {
        Self::new(error.code.status, error.code.name, error.message)
    }
}

impl From<FilterError> for Fault {
    fn from(error: FilterError) -> Self {
        Self::new(400, "Request_UnsupportedQuery", error.to_string())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, axum::Json(self.body())).into_response()
    }
}
