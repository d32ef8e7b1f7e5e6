//! What every handler shares.

use crate::identity::Identity;
use crate::store::Store;
use std::sync::Arc;

/// The store and the settings; clones share them.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) store: Store,
    /// Issues and verifies tokens.
    pub(crate) identity: Arc<Identity>,
}
