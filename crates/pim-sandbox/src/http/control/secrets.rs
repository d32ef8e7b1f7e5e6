//! The secrets that service principals sign in with.

use super::Body;
use crate::engine::{Code, ServiceError};
use crate::http::AppState;
use crate::http::answer::Answer;
use axum::extract::State;
use serde::Deserialize;
use serde_json::json;

/// Whose secret is wanted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// The short name or the object id.
    of: String,
}

/// Shows the secret of a service principal. It follows from the key of the sandbox and is kept
/// nowhere.
pub(super) async fn show(
    State(state): State<AppState>,
    Body(wanted): Body<Wanted>,
) -> Result<Answer, ServiceError> {
    let found = state.store.read(|world, _| world.find_principal(&wanted.of).cloned()).await?;
    let app_id = found.and_then(|one| one.app_id).ok_or_else(|| {
        let message = format!("There is no service principal '{}' with an appId.", wanted.of);
        ServiceError::with(Code::BAD_CONTROL, message)
    })?;
    Ok(Answer::ok(json!({
        "tenantId": state.identity.tenant(),
        "clientId": app_id,
        "clientSecret": state.identity.client_secret(app_id),
    })))
}
