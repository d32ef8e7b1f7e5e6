//! What every handler shares.

use crate::store::Store;

/// The store and the settings; clones share them.
#[derive(Debug, Clone)]
pub(crate) struct AppState {
    pub(crate) store: Store,
}
