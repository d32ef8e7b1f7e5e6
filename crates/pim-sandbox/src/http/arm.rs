//! `Microsoft.Authorization`, as Azure Resource Manager answers it.

use super::AppState;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Answers a call of any path that no other module has.
pub(crate) async fn answer(State(_state): State<AppState>, _request: Request) -> Response {
    StatusCode::NOT_FOUND.into_response()
}
