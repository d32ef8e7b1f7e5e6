//! The OpenID Connect provider of the sandbox, at the addresses of Microsoft Entra, so that MSAL
//! and azure-identity sign in here (*documented*:
//! learn.microsoft.com/entra/identity-platform/v2-protocols-oidc, 2026-11).

mod authorize;
mod configuration;
mod device;
mod fault;
mod page;
mod people;
mod provider;
mod redirect;
mod scope;
mod token;

pub(crate) use provider::Provider;

use super::AppState;
use axum::Router;
use axum::routing::{get, post};
use uuid::Uuid;

/// Returns what it answers.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(configuration::openid))
        .route("/{tenant}/.well-known/openid-configuration", get(configuration::openid))
        .route("/common/discovery/instance", get(configuration::instance))
        .route("/{tenant}/discovery/v2.0/keys", get(configuration::keys))
        .route("/{tenant}/discovery/keys", get(configuration::keys))
        .route("/{tenant}/oauth2/v2.0/authorize", get(authorize::choose).post(authorize::sign_in))
        .route("/{tenant}/oauth2/v2.0/token", post(token::issue))
        .route("/{tenant}/oauth2/v2.0/devicecode", post(device::start))
        .route("/devicelogin", get(device::show).post(device::sign_in))
        .route("/{tenant}/oauth2/v2.0/logout", get(authorize::sign_out))
}

/// Whether a path takes forms, as the protocol of OAuth has it.
pub(super) fn takes_forms(path: &str) -> bool {
    path.contains("/oauth2/") || path == "/devicelogin"
}

/// Whether a name in a path is that of the tenant, or one that stands for any.
fn is_tenant(state: &AppState, name: &str) -> bool {
    let any = ["common", "organizations"].iter().any(|one| one.eq_ignore_ascii_case(name));
    any || Uuid::try_parse(name).is_ok_and(|id| id == state.identity.tenant())
}
