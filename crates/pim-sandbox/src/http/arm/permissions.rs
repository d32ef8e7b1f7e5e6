//! `permissions`: what the caller may do at a scope.

use super::Answered;
use super::call::ArmCall;
use crate::engine::{Caller, RoleView};
use crate::http::AppState;
use crate::http::answer::Answer;
use axum::http::Method;
use serde_json::{Value, json};

pub(super) async fn answer(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    if call.method != Method::GET || !call.rest.is_empty() {
        return Ok(None);
    }
    let key = call.scope_key();
    let blocks = state
        .store
        .read(|world, _| {
            let assignments = world.reach(caller, &key);
            let roles = assignments.iter().filter_map(|one| world.role(one.role));
            roles.flat_map(|role| blocks(&role)).collect::<Vec<Value>>()
        })
        .await?;
    Ok(Some(Answer::ok(json!({ "value": blocks }))))
}

fn blocks(role: &RoleView<'_>) -> Vec<Value> {
    match role {
        RoleView::BuiltIn(role) => role
            .permissions()
            .iter()
            .map(|block| {
                json!({
                    "actions": block.actions,
                    "notActions": block.not_actions,
                    "dataActions": block.data_actions,
                    "notDataActions": block.not_data_actions,
                })
            })
            .collect(),
        RoleView::Custom(role) => role.permissions.iter().map(|block| json!(block)).collect(),
    }
}
