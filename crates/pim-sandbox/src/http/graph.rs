//! Microsoft Graph: the directory and PIM for Groups.

use super::AppState;
use axum::Router;

/// Returns what it answers.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
}
