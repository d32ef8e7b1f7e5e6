//! Where the endpoints of the provider are, for clients to find out.

use super::fault::Fault;
use super::is_tenant;
use crate::http::{AppState, Origin};
use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};
use uuid::Uuid;

/// Answers `/{tenant}/v2.0/.well-known/openid-configuration`.
pub(super) async fn openid(
    State(state): State<AppState>,
    Path(tenant): Path<String>,
    origin: Origin,
) -> Result<Json<Value>, Fault> {
    if !is_tenant(&state, &tenant) {
        return Err(Fault::tenant(&tenant));
    }
    // For any tenant the issuer is a pattern, as Entra has it.
    let issuer = match Uuid::try_parse(&tenant) {
        Ok(tenant) => format!("{origin}/{tenant}/v2.0"),
        Err(_) => format!("{origin}/{{tenantid}}/v2.0"),
    };
    let endpoint = |name: &str| format!("{origin}/{tenant}/oauth2/v2.0/{name}");
    Ok(Json(json!({
        "token_endpoint": endpoint("token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "jwks_uri": format!("{origin}/{tenant}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "response_types_supported": ["code"],
        "grant_types_supported": [
            "authorization_code", "refresh_token", "client_credentials",
            "urn:ietf:params:oauth:grant-type:device_code",
        ],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": issuer,
        "request_uri_parameter_supported": false,
        "authorization_endpoint": endpoint("authorize"),
        "device_authorization_endpoint": endpoint("devicecode"),
        "end_session_endpoint": endpoint("logout"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver",
            "oid", "acrs",
        ],
        "tenant_region_scope": Value::Null,
        "cloud_instance_name": origin.authority(),
        "cloud_graph_host_name": origin.authority(),
        "msgraph_host": origin.authority(),
    })))
}

/// Answers `/common/discovery/instance`, which tells MSAL that the host is an authority.
pub(super) async fn instance(State(state): State<AppState>, origin: Origin) -> Json<Value> {
    let tenant = state.identity.tenant();
    Json(json!({
        "tenant_discovery_endpoint":
            format!("{origin}/{tenant}/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": [{
            "preferred_network": origin.authority(),
            "preferred_cache": origin.authority(),
            "aliases": [origin.authority()],
        }],
    }))
}

/// Answers `/{tenant}/discovery/v2.0/keys`.
pub(super) async fn keys(State(state): State<AppState>) -> Json<Value> {
    Json(state.identity.json_web_key_set())
}
