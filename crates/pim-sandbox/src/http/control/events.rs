//! The log of decisions.

use crate::engine::{Code, Outcome, ServiceError};
use crate::http::answer::Answer;
use crate::http::{AppState, Origin};
use crate::store::EventFilter;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::json;

const MAX_PAGE: usize = 1000;

/// Which events to show.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// `asc` or `desc`; the newest first unless told otherwise.
    #[serde(default)]
    order: Option<String>,
    /// Behind which place.
    #[serde(default)]
    from: Option<i64>,
    #[serde(default)]
    outcome: Option<String>,
    #[serde(default)]
    top: Option<usize>,
}

pub(super) async fn list(
    State(state): State<AppState>,
    origin: Origin,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
) -> Result<Answer, ServiceError> {
    let wrong = |message: String| ServiceError::with(Code::BAD_CONTROL, message);
    let Query(wanted) = wanted.map_err(|error| wrong(error.body_text()))?;
    let forward = match wanted.order.as_deref() {
        None | Some("desc") => false,
        Some("asc") => true,
        Some(_) => return Err(wrong("`order` is asc or desc.".to_owned())),
    };
    let outcome = match wanted.outcome.as_deref() {
        None => None,
        Some(text) => Some(Outcome::from_text(text).ok_or_else(|| {
            wrong("`outcome` is allowed, denied, elapsed or controlled.".to_owned())
        })?),
    };
    let most = wanted.top.unwrap_or(50).clamp(1, MAX_PAGE);
    let filter = EventFilter { forward, from: wanted.from, outcome, most };
    let events = state.store.control(move |writer| writer.events(filter)).await?;
    let mut body = json!({ "value": events });
    if let (Some(last), Some(fields)) =
        (events.last().filter(|_| events.len() == most), body.as_object_mut())
    {
        let order = if forward { "asc" } else { "desc" };
        let outcome = outcome.map(|one| format!("&outcome={}", one.as_str())).unwrap_or_default();
        let link = format!(
            "{origin}/sandbox/events?order={order}&from={}&top={most}{outcome}",
            last.sequence
        );
        fields.insert("nextLink".to_owned(), json!(link));
    }
    Ok(Answer::ok(body))
}
