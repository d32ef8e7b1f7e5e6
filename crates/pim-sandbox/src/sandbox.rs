//! A sandbox: opened, seeded, served.

use crate::engine::ServiceError;
use crate::http::{AppState, Provider, TokenAudience, guarded, issue, router};
use crate::identity::{Identity, IdentityError};
use crate::seed::{Seed, built_in};
use crate::server::{Listen, ListenError, Sockets};
use crate::store::{Location, Opened, Store, StoreError};
use axum::Router;
use jiff::Timestamp;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::watch;
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
    /// seed, and one that is there stays as it is. Pages of the origins may call it.
    ///
    /// # Errors
    /// When the directory, the database or the keys cannot be used.
    pub async fn open(
        location: &Location,
        seed: Option<Seed>,
        origins: Vec<String>,
    ) -> Result<Self, OpenError> {
        let Opened { store, is_new, tenant, writer } = Store::open(location)?;
        let identity = Arc::new(Identity::open(location.directory(), tenant)?);
        let seed = match seed {
            None if is_new => built_in("default", Timestamp::now()),
            seed => seed,
        };
        if let Some(seed) = seed {
            store.control(move |writer| writer.restore(&seed, "a seed loaded")).await?;
        }
        let provider = Arc::new(Provider::new(origins));
        Ok(Self { state: AppState { store, identity, provider }, writer })
    }

    /// Opens the sockets; from now on clients can connect, and wait until it is served.
    ///
    /// # Errors
    /// When a port cannot be used, or there is no certificate.
    pub async fn listen(&self, listen: &Listen) -> Result<Listening, ListenError> {
        let sockets = Sockets::open(listen).await?;
        let address = sockets.http().map_err(|error| bind(listen, error))?;
        let secure_address = sockets.https().map_err(|error| bind(listen, error))?;
        let router = guarded(router(self.state.clone()), listen);
        Ok(Listening { address, secure_address, sockets, router })
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
        self.state.store.flush().await;
        let Self { state, writer } = self;
        drop(state);
        // The thread ends with the last handle; requests that still run keep it a moment longer.
        let _ = tokio::task::spawn_blocking(move || writer.join()).await;
    }
}

/// Sockets that are open.
pub struct Listening {
    address: SocketAddr,
    secure_address: Option<SocketAddr>,
    sockets: Sockets,
    router: Router,
}

impl Listening {
    /// Returns the address of HTTP.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the address of HTTPS.
    #[must_use]
    pub const fn secure_address(&self) -> Option<SocketAddr> {
        self.secure_address
    }

    /// Serves until `stop` becomes true, and then until the requests that have begun are answered.
    pub async fn serve(self, stop: watch::Receiver<bool>) {
        self.sockets.serve(self.router, stop).await;
    }
}

fn bind(listen: &Listen, error: std::io::Error) -> ListenError {
    ListenError::Bind(SocketAddr::new(listen.address, listen.http_port), error)
}
