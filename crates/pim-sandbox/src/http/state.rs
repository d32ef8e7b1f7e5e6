//! What every handler shares.

use super::identity::Provider;
use crate::identity::Identity;
use crate::store::Store;
use std::sync::Arc;

/// The store and the settings; clones share them.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) store: Store,
    /// Issues and verifies tokens.
    pub(crate) identity: Arc<Identity>,
    /// Codes and refresh tokens that were given out.
    pub(crate) provider: Arc<Provider>,
}
