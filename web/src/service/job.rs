//! Something that is asked of the service, which can be stopped.

use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use std::future::Future;

/// One thing at a time: what is started ends what still runs.
#[derive(Clone, Copy)]
pub(crate) struct Job {
    running: RwSignal<bool>,
    handle: StoredValue<Option<AbortHandle>, LocalStorage>,
}

impl Job {
    /// Makes one that ends with the component that made it.
    pub(crate) fn new() -> Self {
        let job = Self { running: RwSignal::new(false), handle: StoredValue::new_local(None) };
        on_cleanup(move || {
            if let Some(Some(handle)) = job.handle.try_get_value() {
                handle.abort();
            }
        });
        job
    }

    /// Says whether it runs.
    pub(crate) fn is_running(self) -> bool {
        self.running.get()
    }

    /// Starts it.
    pub(crate) fn start(self, work: impl Future<Output = ()> + 'static) {
        self.stop();
        let (work, handle) = abortable(work);
        self.handle.set_value(Some(handle));
        self.running.set(true);
        leptos::task::spawn_local(async move {
            // Whoever stopped it has said so already.
            if work.await.is_ok() {
                let _ = self.running.try_set(false);
            }
        });
    }

    /// Stops it where it stands.
    pub(crate) fn stop(self) {
        if let Some(handle) = self.handle.get_value() {
            handle.abort();
        }
        self.handle.set_value(None);
        self.running.set(false);
    }
}
