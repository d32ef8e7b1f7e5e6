//! The header `Date`: the time of the sandbox, so that clients judge by the same clock.

use super::AppState;
use axum::extract::State;
use axum::http::header::{DATE, HeaderValue};
use axum::response::Response;
use jiff::fmt::rfc2822::DateTimePrinter;

/// Writes the time of the sandbox into an answer; without it the server would write real time.
pub(super) async fn date(State(state): State<AppState>, mut response: Response) -> Response {
    let now = state.store.clock().now();
    let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&now);
    // A year beyond 9999 has no such form.
    if let Some(value) = text.ok().and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(DATE, value);
    }
    response
}
