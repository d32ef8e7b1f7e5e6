//! `/metadata/endpoints`: the sandbox as a cloud of its own (*observed* in the clients that read it:
//! hashicorp/go-azure-sdk, Azure/azure-cli, 2026-11).

use crate::http::{AppState, Origin};
use crate::identity::Audience;
use axum::Json;
use axum::extract::{RawQuery, State};
use serde_json::{Value, json};

/// Answers in the layout of the version: an object since 2022, a list of clouds before, and a
/// smaller object at first.
pub(super) async fn answer(
    State(state): State<AppState>,
    origin: Origin,
    RawQuery(query): RawQuery,
) -> Json<Value> {
    let pairs = url::form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let version = pairs.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("api-version"));
    let version = version.map(|(_, version)| version.into_owned()).unwrap_or_default();
    let authentication = json!({
        "loginEndpoint": origin.as_str(),
        "audiences": [Audience::ResourceManager.name(), "https://management.core.windows.net/"],
        "tenant": state.identity.tenant(),
        "identityProvider": "AAD",
    });
    if version.as_str() < "2018" {
        return Json(json!({
            "galleryEndpoint": origin.as_str(),
            "graphEndpoint": graph(&origin),
            "portalEndpoint": origin.as_str(),
            "authentication": authentication,
        }));
    }
    let cloud = cloud(&origin, authentication);
    Json(if version.as_str() < "2022" { json!([cloud]) } else { cloud })
}

/// Microsoft Graph has a path of its own here, so that its audience has a name of its own.
fn graph(origin: &Origin) -> String {
    format!("{origin}/graph")
}

/// The endpoints that the sandbox does not have lead to it all the same, where they are refused:
/// clients want an address for each.
fn cloud(origin: &Origin, authentication: Value) -> Value {
    let address = origin.as_str();
    json!({
        "portal": address,
        "authentication": authentication,
        "media": address,
        "graphAudience": graph(origin),
        "graph": graph(origin),
        "microsoftGraphResourceId": graph(origin),
        "name": "GrantifSandbox",
        "suffixes": {
            "storage": "core.windows.net",
            "keyVaultDns": ".vault.azure.net",
            "sqlServerHostname": ".database.windows.net",
            "acrLoginServer": ".azurecr.io",
        },
        "batch": address,
        "resourceManager": address,
        "vmImageAliasDoc": address,
        "sqlManagement": address,
        "gallery": address,
    })
}
