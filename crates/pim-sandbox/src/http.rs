//! The REST API of Azure Resource Manager, Microsoft Graph, and the sandbox's own controls.

mod answer;
mod arm;
mod authentication;
mod azure;
mod control;
mod date;
mod graph;
mod guard;
mod identity;
mod origin;
mod page;
mod state;

pub(crate) use authentication::authenticate;
pub use control::TokenAudience;
pub(crate) use control::issue;
pub(crate) use guard::{MAX_BODY_BYTES, guarded};
pub(crate) use identity::Provider;
pub(crate) use origin::Origin;
pub(crate) use state::AppState;

use axum::Router;

/// Puts everything that answers in one place, with a page for people at the path where it is wanted.
///
/// Azure Resource Manager does not count the letter case of paths, so what belongs to it is found
/// by the fallback and not by the router.
pub(crate) fn router(state: AppState, page: Option<&str>) -> Router {
    let people = page.map_or_else(Router::new, page::routes);
    people
        .merge(control::routes())
        .merge(identity::routes())
        .merge(graph::routes())
        .merge(azure::routes())
        .fallback(azure::answer)
        .layer(axum::middleware::map_response_with_state(state.clone(), date::date))
        .with_state(state)
}
