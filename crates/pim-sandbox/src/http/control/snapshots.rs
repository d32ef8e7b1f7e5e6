//! Snapshots and seeds.

use super::Body;
use crate::engine::{Code, ServiceError};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::seed::{BUILT_IN, Seed, built_in};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    name: String,
}

pub(super) async fn list(State(state): State<AppState>) -> Result<Answer, ServiceError> {
    let snapshots = state.store.control(|writer| writer.snapshots()).await?;
    Ok(Answer::ok(json!({ "value": snapshots })))
}

pub(super) async fn save(
    State(state): State<AppState>,
    Body(Named { name }): Body<Named>,
) -> Result<Answer, ServiceError> {
    let fits = (1..=100).contains(&name.len())
        && name.chars().all(|one| one.is_ascii_alphanumeric() || "-_.".contains(one));
    if !fits {
        let message = "The name of a snapshot has 1 to 100 letters, digits, `-`, `_` and `.`.";
        return Err(ServiceError::with(Code::BAD_CONTROL, message));
    }
    // What is due by now belongs to it.
    state.store.flush().await;
    let saved = state.store.control(move |writer| writer.save_snapshot(&name)).await?;
    Ok(Answer::created(json!(saved)))
}

pub(super) async fn show(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Answer, ServiceError> {
    let body = state.store.control(move |writer| writer.snapshot(&name)).await?;
    let body = serde_json::from_str(&body).map_err(|_| ServiceError::new(Code::UNAVAILABLE))?;
    Ok(Answer::ok(body))
}

pub(super) async fn remove(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Answer, ServiceError> {
    state.store.control(move |writer| writer.delete_snapshot(&name)).await?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

pub(super) async fn restore(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Answer, ServiceError> {
    let records = state
        .store
        .control(move |writer| {
            let body = writer.snapshot(&name)?;
            let seed = read(&body)?;
            writer.restore(&seed, &format!("snapshot `{name}` restored"))
        })
        .await?;
    Ok(Answer::ok(json!({ "records": records, "now": state.store.clock().now() })))
}

/// Lists the seeds that come with the sandbox.
pub(super) async fn seeds() -> Answer {
    let seeds = BUILT_IN.iter().map(|(name, about)| json!({ "name": name, "about": about }));
    Answer::ok(json!({ "value": seeds.collect::<Vec<Value>>() }))
}

/// Puts a seed in the place of everything: one by its name, or a whole one.
pub(super) async fn seed(
    State(state): State<AppState>,
    Body(body): Body<Value>,
) -> Result<Answer, ServiceError> {
    let name = body.get("name").and_then(Value::as_str).map(str::to_owned);
    let now = state.store.clock().now();
    let (seed, what) = match name {
        Some(name) => {
            let seed = built_in(&name, now).ok_or_else(|| {
                let message = format!("There is no seed '{name}'.");
                ServiceError::with(Code::CONTROL_NOT_FOUND, message)
            })?;
            (seed, format!("seed `{name}` loaded"))
        }
        None => (read(&body.to_string())?, "a seed loaded".to_owned()),
    };
    let records = state.store.control(move |writer| writer.restore(&seed, &what)).await?;
    Ok(Answer::ok(json!({ "records": records, "now": state.store.clock().now() })))
}

fn read(text: &str) -> Result<Seed, ServiceError> {
    Seed::parse(text, jiff::Timestamp::now()).map_err(|error| {
        ServiceError::with(Code::BAD_CONTROL, format!("The seed cannot be used: {error}."))
    })
}
