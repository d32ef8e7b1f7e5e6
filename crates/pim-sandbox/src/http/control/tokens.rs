//! Tokens for the callers of the directory.

use super::Body;
use crate::engine::{Code, Principal, ServiceError};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::identity::{Audience, SignIn, TOKEN_SECONDS};
use axum::extract::State;
use pim_model::PrincipalType;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The client that tokens of the sandbox name: that of the Azure CLI, which every tenant knows
/// (*documented*: learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-
/// sign-in, 2026-11).
const CLIENT: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/// The API that a token is to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TokenAudience {
    /// Azure Resource Manager.
    #[default]
    Arm,
    /// Microsoft Graph.
    Graph,
}

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
    #[serde(default)]
    audience: TokenAudience,
}

pub(super) async fn answer(
    State(state): State<AppState>,
    Body(wanted): Body<Wanted>,
) -> Result<Answer, ServiceError> {
    let Wanted { who, mfa, acrs, audience } = wanted;
    let token = issue(&state, &who, mfa, acrs, audience).await?;
    Ok(Answer::ok(json!({
        "token_type": "Bearer",
        "access_token": token,
        "expires_in": TOKEN_SECONDS,
    })))
}

/// Issues a token for somebody of the directory.
pub(crate) async fn issue(
    state: &AppState,
    who: &str,
    mfa: bool,
    contexts: Vec<String>,
    audience: TokenAudience,
) -> Result<String, ServiceError> {
    let found = state.store.read(|world, _| world.find_principal(who).cloned()).await?;
    let found = found.ok_or_else(|| {
        ServiceError::with(Code::CONTROL_NOT_FOUND, format!("There is no principal '{who}'."))
    })?;
    let who = sign_in(&found, mfa, contexts)?;
    let audience = match audience {
        TokenAudience::Arm => Audience::ResourceManager,
        TokenAudience::Graph => Audience::Graph,
    };
    let token = state.identity.issue(&who, audience, TOKEN_SECONDS);
    token.map_err(|_| ServiceError::new(Code::INTERNAL))
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
