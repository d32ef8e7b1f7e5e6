//! One connection: how long it may take, how much it may send, how many there are.

use super::Limits;
use crate::http::Origin;
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use rustls::ServerConfig;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// How many bytes the first line and the headers of a request may have.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// How many headers a request may have.
const MAX_HEADERS: usize = 100;

/// How long requests that have begun may take once the server is to stop.
const GRACE_TIME: Duration = Duration::from_secs(5);

/// How requests come in.
#[derive(Clone)]
pub(super) enum Scheme {
    Http,
    Https(Arc<ServerConfig>),
}

/// Accepts connections until `stop` becomes true, and then waits for those that are busy.
pub(super) async fn serve(
    listener: TcpListener,
    scheme: Scheme,
    router: Router,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        match accepted {
            Ok((stream, place)) => {
                let (scheme, router, watcher) =
                    (scheme.clone(), router.clone(), graceful.watcher());
                tokio::spawn(async move {
                    // A connection that fails concerns nobody but its client, who knows.
                    let _ = match scheme {
                        Scheme::Http => talk(stream, "http", router, limits, watcher).await,
                        Scheme::Https(config) => {
                            let handshake = TlsAcceptor::from(config).accept(stream);
                            match timeout(limits.head_time, handshake).await {
                                Ok(Ok(stream)) => {
                                    talk(stream, "https", router, limits, watcher).await
                                }
                                _ => Ok(()),
                            }
                        }
                    };
                    drop(place);
                });
            }
            // No file is free for another socket: wait for one rather than ask without end.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    let _ = timeout(GRACE_TIME, graceful.shutdown()).await;
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, place))
}

/// Answers the requests of one connection.
async fn talk(
    stream: impl AsyncRead + AsyncWrite + Send + 'static,
    scheme: &'static str,
    router: Router,
    limits: Limits,
    watcher: hyper_util::server::graceful::Watcher,
) -> hyper::Result<()> {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_time));
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        Origin::mark(&mut request, scheme);
        router.clone().oneshot(request.map(axum::body::Body::new) as Request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    watcher.watch(connection).await
}
