//! Asking a sandbox that runs for a token.

use crate::http::TokenAudience;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{Method, Request};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The largest answer that is read, in bytes.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// How long the sandbox may take.
const TIME: Duration = Duration::from_secs(10);

/// Why a sandbox gave no token.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// Nothing listens there.
    #[error("nothing answers at `{0}`")]
    Unreachable(String),
    /// What listens there is no sandbox.
    #[error("what answers at `{0}` is no sandbox")]
    NoSandbox(String),
    /// The sandbox refused.
    #[error("{0}")]
    Refused(String),
}

/// Asks the sandbox at `host:port` for a token for somebody of its directory.
///
/// # Errors
/// When nothing or no sandbox answers there, or it has nobody of that name.
pub async fn request_token(
    authority: &str,
    who: &str,
    mfa: bool,
    authentication_contexts: &[String],
    audience: TokenAudience,
) -> Result<String, RemoteError> {
    let wanted = json!({
        "as": who,
        "mfa": mfa,
        "acrs": authentication_contexts,
        "audience": audience,
    });
    let answer = timeout(TIME, post(authority, "/sandbox/token", &wanted)).await;
    let (succeeded, answer) =
        answer.unwrap_or_else(|_| Err(RemoteError::NoSandbox(authority.to_owned())))?;
    let text = |pointer| answer.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    match (succeeded, text("/access_token"), text("/error/message")) {
        (true, Some(token), _) => Ok(token),
        (false, _, Some(message)) => Err(RemoteError::Refused(message)),
        _ => Err(RemoteError::NoSandbox(authority.to_owned())),
    }
}

async fn post(authority: &str, path: &str, body: &Value) -> Result<(bool, Value), RemoteError> {
    let unreachable = |_| RemoteError::Unreachable(authority.to_owned());
    let no_sandbox = || RemoteError::NoSandbox(authority.to_owned());
    let stream = TcpStream::connect(authority).await.map_err(unreachable)?;
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|_| no_sandbox())?;
    tokio::spawn(connection);
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(HOST, authority)
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .map_err(|_| no_sandbox())?;
    let response = sender.send_request(request).await.map_err(|_| no_sandbox())?;
    let succeeded = response.status().is_success();
    let bytes = to_bytes(Body::new(response.into_body()), MAX_ANSWER_BYTES).await;
    let bytes = bytes.map_err(|_| no_sandbox())?;
    serde_json::from_slice(&bytes).map(|answer| (succeeded, answer)).map_err(|_| no_sandbox())
}
