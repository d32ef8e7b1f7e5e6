//! The REST API of Azure Resource Manager, Microsoft Graph, and the sandbox's own controls.

mod answer;
mod arm;
mod azure;
mod control;
mod graph;
mod identity;
mod state;

pub(crate) use state::AppState;

use axum::Router;
use axum::http::HeaderMap;
use axum::http::header::HOST;

/// Puts everything that answers in one place.
///
/// Azure Resource Manager does not count the letter case of paths, so what belongs to it is found
/// by the fallback and not by the router.
pub(crate) fn router(state: AppState) -> Router {
    Router::new()
        .merge(control::routes())
        .merge(identity::routes())
        .merge(graph::routes())
        .merge(azure::routes())
        .fallback(arm::answer)
        .with_state(state)
}

/// The scheme of the connection a request came in on, which the listener puts into its extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Secure;

/// Returns where the caller reached the sandbox: `http://127.0.0.1:8080`.
pub(crate) fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}
