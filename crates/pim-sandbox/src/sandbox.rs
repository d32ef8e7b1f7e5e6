//! A sandbox: opened, seeded, served.

use crate::engine::ServiceError;
use crate::http::{AppState, Provider, TokenAudience, guarded, issue, router};
use crate::identity::{Identity, IdentityError};
use crate::seed::{Seed, built_in};
use crate::server::{Listen, ListenError, Listening};
use crate::store::{Location, Opened, Store, StoreError};
use axum::Router;
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

/// Why a sandbox cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The world cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys cannot be opened.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The seed cannot be written.
    #[error("cannot load the seed: {0}")]
    Seed(#[from] ServiceError),
}

/// Somebody who can be given a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCaller {
    /// The short name, `delegate`.
    pub name: String,
    /// The name people see.
    pub display_name: String,
    /// `User` or `ServicePrincipal`.
    pub kind: &'static str,
    /// The object id.
    pub id: Uuid,
}

/// A sandbox that can be served.
pub struct Sandbox {
    state: AppState,
    writer: std::thread::JoinHandle<()>,
}

impl Sandbox {
    /// Opens a sandbox. A seed replaces what is there; without one, a new sandbox gets the default
    /// seed, and one that is there stays as it is.
    ///
    /// # Errors
    /// When the directory, the database or the keys cannot be used.
    pub async fn open(location: &Location, seed: Option<Seed>) -> Result<Self, OpenError> {
        let Opened { store, is_new, tenant, writer } = Store::open(location)?;
        let identity = Arc::new(Identity::open(location.directory(), tenant)?);
        let seed = match seed {
            None if is_new => built_in("default", Timestamp::now()),
            seed => seed,
        };
        if let Some(seed) = seed {
            store.control(move |writer| writer.restore(&seed, "a seed loaded")).await?;
        }
        Ok(Self {
            state: AppState { store, identity, provider: Arc::new(Provider::new(Vec::new())) },
            writer,
        })
    }

    /// Opens the sockets that it is to be served on.
    ///
    /// # Errors
    /// When a port is taken, or there is no certificate.
    pub async fn listen(&self, listen: &Listen) -> Result<Listening, ListenError> {
        Listening::open(listen, self.routes(listen)).await
    }

    /// Returns everything it answers as one service, for another server or for none.
    pub fn service(&self, listen: &Listen) -> Router {
        guarded(self.routes(listen), listen)
    }

    fn routes(&self, listen: &Listen) -> Router {
        let provider = Arc::new(Provider::new(listen.origins.clone()));
        let page = if listen.site.is_some() { "/sandbox/page" } else { "/" };
        router(AppState { provider, ..self.state.clone() }, listen.pages.then_some(page))
    }

    /// Returns who can be given a token.
    ///
    /// # Errors
    /// When what is due cannot be written.
    pub async fn callers(&self) -> Result<Vec<KnownCaller>, ServiceError> {
        let callers = self.state.store.read(|world, _| {
            let signing =
                world.principals().filter(|one| one.kind != pim_model::PrincipalType::Group);
            signing
                .map(|one| KnownCaller {
                    name: one.name.clone(),
                    display_name: one.display_name.clone(),
                    kind: one.kind.arm(),
                    id: one.id,
                })
                .collect()
        });
        callers.await
    }

    /// Issues a token for somebody of the directory, by short name, sign-in name or object id.
    ///
    /// # Errors
    /// When there is nobody of that name, or it cannot sign in.
    pub async fn token(
        &self,
        who: &str,
        mfa: bool,
        authentication_contexts: Vec<String>,
        audience: TokenAudience,
    ) -> Result<String, ServiceError> {
        issue(&self.state, who, mfa, authentication_contexts, audience).await
    }

    /// Waits until everything is on disk, and gives the directory back.
    pub async fn close(self) {
        let Self { state, writer } = self;
        state.store.stop().await;
        let _ = tokio::task::spawn_blocking(move || writer.join()).await;
    }
}
