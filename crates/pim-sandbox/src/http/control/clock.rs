//! The clock: shown, and moved ahead.

use super::Body;
use crate::engine::{Code, ServiceError};
use crate::http::AppState;
use crate::http::answer::Answer;
use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use pim_model::Duration;
use serde::Deserialize;
use serde_json::json;

/// Where to move the clock.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Move {
    /// By how much: `PT8H`, `8 hours`.
    #[serde(default)]
    advance: Option<String>,
    /// To which time.
    #[serde(default)]
    now: Option<Timestamp>,
}

pub(super) async fn show(State(state): State<AppState>) -> Answer {
    let clock = state.store.clock();
    Answer::ok(json!({ "now": clock.now(), "offset": clock.offset().to_string() }))
}

pub(super) async fn set(
    State(state): State<AppState>,
    Body(wanted): Body<Move>,
) -> Result<Answer, ServiceError> {
    let wrong = |message: &'static str| ServiceError::with(Code::BAD_CONTROL, message);
    let by = match wanted {
        Move { advance: Some(text), now: None } => {
            let length = Duration::from_words(&text).map_err(|error| {
                ServiceError::with(Code::BAD_CONTROL, format!("`advance`: {error}."))
            })?;
            SignedDuration::from_secs(i64::try_from(length.seconds()).unwrap_or(i64::MAX))
        }
        Move { advance: None, now: Some(time) } => time.duration_since(state.store.clock().now()),
        _ => return Err(wrong("Give either `advance`, such as \"8 hours\", or `now`.")),
    };
    state.store.control(move |writer| writer.move_clock(by)).await?;
    // What has become due by then happens at once.
    state.store.flush().await;
    Ok(show(State(state)).await)
}
