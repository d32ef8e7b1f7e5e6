//! The sockets: HTTP and HTTPS on two ports, with limits that hyper and axum do not set themselves.

mod certificate;
mod connection;

pub(crate) use certificate::Certificate;
pub use certificate::CertificateError;

use axum::Router;
use connection::{Scheme, serve};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
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

/// Sockets that are open, and not served yet.
pub(crate) struct Sockets {
    http: TcpListener,
    https: Option<(TcpListener, Certificate)>,
}

impl Sockets {
    /// Opens the sockets; from now on clients can connect, and wait.
    pub(crate) async fn open(listen: &Listen) -> Result<Self, ListenError> {
        let http = bind(listen.address, listen.http_port).await?;
        let https = match listen.https_port {
            None => None,
            Some(port) => {
                let socket = bind(listen.address, port).await?;
                let directory = listen.directory.as_deref();
                Some((socket, Certificate::open(directory, &names(listen))?))
            }
        };
        Ok(Self { http, https })
    }

    /// Returns the address of HTTP.
    pub(crate) fn http(&self) -> io::Result<SocketAddr> {
        self.http.local_addr()
    }

    /// Returns the address of HTTPS.
    pub(crate) fn https(&self) -> io::Result<Option<SocketAddr>> {
        self.https.as_ref().map(|(socket, _)| socket.local_addr()).transpose()
    }

    /// Returns the authority that clients trust, in PEM.
    pub(crate) fn authority(&self) -> Option<&str> {
        self.https.as_ref().map(|(_, certificate)| certificate.authority.as_str())
    }

    /// Serves until `stop` becomes true, and then until the requests that have begun are answered.
    pub(crate) async fn serve(self, router: Router, stop: watch::Receiver<bool>) {
        let http = serve(self.http, Scheme::Http, router.clone(), stop.clone());
        match self.https {
            None => http.await,
            Some((socket, certificate)) => {
                let https = serve(socket, Scheme::Https(certificate.server), router, stop);
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
