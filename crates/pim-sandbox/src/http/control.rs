//! The sandbox's own controls: clock, events, snapshots, directory, tokens.

mod clock;
mod directory;
mod events;
mod secrets;
mod snapshots;
mod tokens;

use super::{AppState, MAX_BODY_BYTES};
pub use tokens::TokenAudience;
pub(crate) use tokens::issue;

use super::answer::Answer;
use crate::engine::{Code, ServiceError};
use axum::Router;
use axum::extract::{FromRequest, Request, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::routing::{delete, get, post};
use serde::de::DeserializeOwned;
use serde_json::json;

/// Returns what it answers.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/sandbox", get(overview))
        .route("/sandbox/clock", get(clock::show).post(clock::set))
        .route("/sandbox/events", get(events::list))
        .route("/sandbox/snapshots", get(snapshots::list).post(snapshots::save))
        .route("/sandbox/snapshots/{name}", get(snapshots::show).delete(snapshots::remove))
        .route("/sandbox/snapshots/{name}/restore", post(snapshots::restore))
        .route("/sandbox/seed", get(snapshots::seeds).post(snapshots::seed))
        .route("/sandbox/directory", get(directory::show).post(directory::edit))
        .route("/sandbox/directory/principals/{name}", delete(directory::remove))
        .route("/sandbox/token", post(tokens::answer))
        .route("/sandbox/secret", post(secrets::show))
}

/// Says what there is.
async fn overview(State(state): State<AppState>) -> Result<Answer, ServiceError> {
    let overview = state
        .store
        .read(|world, now| {
            json!({
                "version": env!("CARGO_PKG_VERSION"),
                "tenant": state.identity.tenant(),
                "now": now,
                "callers": world.principals().map(|one| directory::view(one)).collect::<Vec<_>>(),
                "scopes": world.containers().map(|one| json!({ "id": one.id, "displayName": one.display_name })).collect::<Vec<_>>(),
            })
        })
        .await?;
    Ok(Answer::ok(overview))
}

/// The body of a control. It must say that it is JSON: a page of another origin cannot say so
/// without asking the sandbox first, and is refused then.
struct Body<T>(T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ServiceError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ServiceError> {
        let wrong = |message: String| ServiceError::with(Code::BAD_CONTROL, message);
        if !says_json(request.headers()) {
            return Err(wrong("Send the header Content-Type: application/json.".to_owned()));
        }
        let bytes = axum::body::Bytes::from_request(request, state).await.map_err(|_| {
            let message = format!("The body has more than {MAX_BODY_BYTES} bytes, or ended early.");
            ServiceError::with(Code::BODY_TOO_LARGE, message)
        })?;
        let value = serde_json::from_slice(&bytes)
            .map_err(|error| wrong(format!("The body cannot be read: {error}.")))?;
        Ok(Self(value))
    }
}

fn says_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| {
        kind.split(';')
            .next()
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
    })
}
