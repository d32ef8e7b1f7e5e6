//! Tokens for the callers of the directory.

use super::Body;
use crate::engine::{Code, Principal, ServiceError};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::identity::{Audience, SignIn, TOKEN_SECONDS};
use axum::extract::State;
use pim_model::PrincipalType;
use serde::Deserialize;
use serde_json::json;

/// The client that tokens of the sandbox name: that of the Azure CLI, which every tenant knows
/// (*documented*: learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-
/// sign-in, 2026-11).
const CLIENT: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/// Who signs in, and how.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Wanted {
    /// The short name, the sign-in name or the object id.
    #[serde(rename = "as")]
    who: String,
    #[serde(default)]
    mfa: bool,
    #[serde(default)]
    acrs: Vec<String>,
    /// `arm` or `graph`.
    #[serde(default)]
    audience: Option<String>,
}

pub(super) async fn issue(
    State(state): State<AppState>,
    Body(wanted): Body<Wanted>,
) -> Result<Answer, ServiceError> {
    let audience = match wanted.audience.as_deref() {
        None | Some("arm") => Audience::ResourceManager,
        Some("graph") => Audience::Graph,
        Some(_) => {
            return Err(ServiceError::with(Code::BAD_CONTROL, "`audience` is arm or graph."));
        }
    };
    let found = state.store.read(|world, _| world.find_principal(&wanted.who).cloned()).await?;
    let found = found.ok_or_else(|| {
        let message = format!("There is no principal '{}'.", wanted.who);
        ServiceError::with(Code::CONTROL_NOT_FOUND, message)
    })?;
    let who = sign_in(&found, wanted.mfa, wanted.acrs)?;
    let token = state.identity.issue(&who, audience, TOKEN_SECONDS);
    let token = token.map_err(|_| ServiceError::new(Code::INTERNAL))?;
    Ok(Answer::ok(json!({
        "token_type": "Bearer",
        "access_token": token,
        "expires_in": TOKEN_SECONDS,
        "oid": found.id,
    })))
}

/// Returns how a principal signs in; groups do not.
pub(crate) fn sign_in(
    one: &Principal,
    mfa: bool,
    contexts: Vec<String>,
) -> Result<SignIn, ServiceError> {
    let application = match one.kind {
        PrincipalType::User => false,
        PrincipalType::ServicePrincipal => true,
        _ => {
            let message = format!("'{}' is a {} and cannot sign in.", one.name, one.kind);
            return Err(ServiceError::with(Code::BAD_CONTROL, message));
        }
    };
    let client = one.app_id.filter(|_| application).map(|id| id.to_string());
    Ok(SignIn {
        id: one.id,
        name: one.display_name.clone(),
        user_principal_name: one.user_principal_name.clone(),
        client_id: client.unwrap_or_else(|| CLIENT.to_owned()),
        application,
        mfa,
        authentication_contexts: contexts,
        capabilities: vec!["CP1".to_owned()],
    })
}
