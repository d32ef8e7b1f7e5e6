//! What clients of Azure ask for besides roles: subscriptions, resource groups, endpoints.

use super::AppState;
use axum::Router;

/// Returns what it answers.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
}
