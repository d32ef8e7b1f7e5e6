//! OpenID Connect: configuration, keys, tokens.

use super::AppState;
use axum::Router;

/// Returns what it answers.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
}

/// Whether a path takes forms, as the protocol of OAuth has it.
pub(super) fn takes_forms(path: &str) -> bool {
    path.contains("/oauth2/")
}
