//! The world in memory, written through to SQLite.

use crate::engine::{Change, ServiceError, World};
use jiff::Timestamp;

/// A handle on the world; clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    world: std::sync::Arc<std::sync::RwLock<World>>,
}

impl Store {
    /// Looks at the world as it is now, with everything that time brought about.
    pub(crate) async fn read<T>(
        &self,
        look: impl FnOnce(&World, Timestamp) -> T,
    ) -> Result<T, ServiceError> {
        let world = self.world.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(look(&world, Timestamp::now()))
    }

    /// Carries out a command: all of it, on disk before this returns, or nothing.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        command: impl FnOnce(&mut Change<'_>) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let mut world = self.world.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut change = Change::new(&mut world, Timestamp::now());
        let answer = command(&mut change);
        match answer {
            Ok(_) => change.keep(),
            Err(_) => change.undo(),
        };
        answer
    }
}
