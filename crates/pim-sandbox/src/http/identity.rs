//! OpenID Connect: configuration, keys, tokens.

use super::AppState;
use axum::Router;

/// Returns what it answers.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
}
