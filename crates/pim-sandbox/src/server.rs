//! The sockets: HTTP and HTTPS on two ports, with limits that hyper and axum do not set themselves.

mod certificate;
mod connection;
mod trust;

pub(crate) use certificate::Certificate;
pub use certificate::CertificateError;

use crate::http::guarded;
use axum::Router;
use connection::{Scheme, serve};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Where a sandbox listens, and whom it listens to.
#[derive(Debug, Clone)]
pub struct Listen {
    /// The address; a loopback address unless others are meant to reach it.
    pub address: IpAddr,
    /// The port of HTTP; 0 for a free one.
    pub http_port: u16,
    /// The port of HTTPS; 0 for a free one, none for no HTTPS.
    pub https_port: Option<u16>,
    /// Names of this computer beside `localhost`, for the certificate and the `Host` header.
    pub hosts: Vec<String>,
    /// The origins whose pages may call the sandbox, such as that of the editor.
    pub origins: Vec<String>,
    /// Whether pages for people are served beside the API.
    pub pages: bool,
    /// Where keys are kept; in memory if nowhere.
    pub directory: Option<PathBuf>,
    /// How much clients may take.
    pub limits: Limits,
}

impl Listen {
    /// Listens on free ports of this computer alone, with keys in memory.
    #[must_use]
    pub fn loopback() -> Self {
        Self {
            address: Ipv4Addr::LOCALHOST.into(),
            http_port: 0,
            https_port: Some(0),
            hosts: Vec::new(),
            origins: Vec::new(),
            pages: false,
            directory: None,
            limits: Limits::default(),
        }
    }
}

/// How much clients may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many connections there are at once on a port; more of them wait.
    pub connections: usize,
    /// How long a client may take for the handshake of TLS and for the head of a request. A
    /// connection that is kept open and asks nothing is closed after it too.
    pub head_time: Duration,
    /// How long a request may take, its body included.
    pub request_time: Duration,
    /// How long a client may leave an answer unread.
    pub write_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            // Long enough that clients which keep a connection find it open for their next request.
            head_time: Duration::from_secs(60),
            request_time: Duration::from_secs(30),
            write_time: Duration::from_secs(30),
        }
    }
}

/// Why a sandbox cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// A port cannot be used.
    #[error("{0} cannot be listened on: {1}")]
    Bind(SocketAddr, io::Error),
    /// There is no certificate.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

/// Sockets that are open: clients can connect, and wait until they are served.
pub struct Listening {
    http: TcpListener,
    https: Option<(TcpListener, Certificate)>,
    router: Router,
    limits: Limits,
}

impl Listening {
    /// Opens the sockets.
    pub(crate) async fn open(listen: &Listen, router: Router) -> Result<Self, ListenError> {
        let http = bind(listen.address, listen.http_port).await?;
        let https = match listen.https_port {
            None => None,
            Some(port) => {
                let socket = bind(listen.address, port).await?;
                let directory = listen.directory.as_deref();
                Some((socket, Certificate::open(directory, &names(listen))?))
            }
        };
        let authority = https.as_ref().map(|(_, certificate)| certificate.authority.clone());
        let router = match authority {
            Some(authority) => router.merge(trust::routes(authority)),
            None => router,
        };
        Ok(Self { http, https, router: guarded(router, listen), limits: listen.limits })
    }

    /// Returns the address of HTTP.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn http(&self) -> io::Result<SocketAddr> {
        self.http.local_addr()
    }

    /// Returns the address of HTTPS.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn https(&self) -> io::Result<Option<SocketAddr>> {
        self.https.as_ref().map(|(socket, _)| socket.local_addr()).transpose()
    }

    /// Returns the authority that clients trust, in PEM.
    pub fn authority(&self) -> Option<&str> {
        self.https.as_ref().map(|(_, certificate)| certificate.authority.as_str())
    }

    /// Serves until `stop` becomes true, and then until the requests that have begun are answered.
    pub async fn serve(self, stop: watch::Receiver<bool>) {
        let http = serve(self.http, Scheme::Http, self.router.clone(), self.limits, stop.clone());
        match self.https {
            None => http.await,
            Some((socket, certificate)) => {
                let https = serve(
                    socket,
                    Scheme::Https(certificate.server),
                    self.router,
                    self.limits,
                    stop,
                );
                tokio::join!(http, https);
            }
        }
    }
}

async fn bind(address: IpAddr, port: u16) -> Result<TcpListener, ListenError> {
    let address = SocketAddr::new(address, port);
    TcpListener::bind(address).await.map_err(|error| ListenError::Bind(address, error))
}

/// The names that the certificate is for.
fn names(listen: &Listen) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    if !listen.address.is_unspecified() {
        names.push(listen.address.to_string());
    }
    names.extend(listen.hosts.iter().cloned());
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}
