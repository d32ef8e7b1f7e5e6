//! What every handler shares.

use crate::engine::{Caller, Code, ServiceError};
use crate::identity::{Audience, Identity};
use crate::store::Store;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use std::sync::Arc;

/// The store, the keys and the settings; clones share them.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) store: Store,
    pub(crate) identity: Arc<Identity>,
}

impl AppState {
    /// Returns who asks: the principal of a token that holds and that is in the directory.
    pub(crate) async fn caller(
        &self,
        headers: &HeaderMap,
        audience: Audience,
    ) -> Result<Caller, ServiceError> {
        let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let claims = self.identity.verify(header, audience).map_err(|refusal| {
            let code = Code::ALL.iter().find(|code| code.name == refusal.code());
            let code = code.copied().unwrap_or(Code::INVALID_TOKEN);
            ServiceError::with(code, refusal.message(self.identity.tenant()))
        })?;
        let caller = claims.caller();
        let known = self.store.read(|world, _| world.principal(caller.id).is_some()).await?;
        if known {
            Ok(caller)
        } else {
            let message = format!(
                "The principal '{}' of the access token is not in the directory of the sandbox.",
                caller.id
            );
            Err(ServiceError::with(Code::INVALID_TOKEN, message))
        }
    }
}
