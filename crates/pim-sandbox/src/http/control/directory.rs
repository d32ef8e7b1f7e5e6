//! The directory: who there is, and which scopes.

use super::Body;
use crate::engine::{Code, Kind, Principal, Record, ServiceError};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::seed::Additions;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// Shows a principal.
pub(super) fn view(one: &Principal) -> Value {
    json!({
        "name": one.name,
        "id": one.id,
        "type": one.kind,
        "displayName": one.display_name,
        "userPrincipalName": one.user_principal_name,
        "appId": one.app_id,
        "members": one.members,
        "owners": one.owners,
    })
}

pub(super) async fn show(State(state): State<AppState>) -> Result<Answer, ServiceError> {
    let shown = state
        .store
        .read(|world, _| {
            json!({
                "principals": world.principals().map(|one| view(one)).collect::<Vec<_>>(),
                "containers": world.containers().map(|one| &**one).collect::<Vec<_>>(),
            })
        })
        .await?;
    Ok(Answer::ok(shown))
}

/// Adds principals and scopes, or replaces those of the same id.
pub(super) async fn edit(
    State(state): State<AppState>,
    Body(body): Body<Value>,
) -> Result<Answer, ServiceError> {
    let count = state
        .store
        .write(move |change| {
            let additions = Additions::new(change.now(), change.world().principals());
            let records = additions.read(body).map_err(|error| {
                ServiceError::with(
                    Code::BAD_CONTROL,
                    format!("The directory cannot be edited: {error}."),
                )
            })?;
            let allowed =
                |record: &Record| matches!(record.key().kind, Kind::Principal | Kind::Container);
            if !records.iter().all(allowed) {
                let message = "The directory has `principals` and `containers`.";
                return Err(ServiceError::with(Code::BAD_CONTROL, message));
            }
            let count = records.len();
            for record in records {
                change.put(record);
            }
            Ok(count)
        })
        .await?;
    Ok(Answer::ok(json!({ "records": count })))
}

/// Removes a principal. What it holds stays, as in Azure.
pub(super) async fn remove(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Answer, ServiceError> {
    state
        .store
        .write(move |change| {
            let found = change.world().find_principal(&name).cloned().ok_or_else(|| {
                let message = format!("There is no principal '{name}'.");
                ServiceError::with(Code::CONTROL_NOT_FOUND, message)
            })?;
            change.remove(&Record::Principal(found).key());
            Ok(())
        })
        .await?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}
