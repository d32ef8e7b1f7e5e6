//! `eligibleChildResources`: where below a scope the caller is eligible.

use super::Answered;
use super::call::ArmCall;
use super::list::{Page, behind, filter, size};
use crate::engine::{Caller, ScopeKey, State};
use crate::http::AppState;
use crate::odata::{Function, Value as Seen};
use axum::http::Method;
use pim_model::Family;
use serde_json::json;
use std::collections::BTreeSet;

pub(super) async fn answer(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    if call.method != Method::GET || !call.rest.is_empty() {
        return Ok(None);
    }
    let filter = filter(call, &["resourceType"])?;
    let (behind, size, key) = (behind(call)?.unwrap_or_default(), size(call), call.scope_key());
    let page = state
        .store
        .read(|world, _| {
            let spans = world.at_or_below(&key);
            let eligible: BTreeSet<ScopeKey> = world
                .identities(caller.id)
                .into_iter()
                .flat_map(|id| world.schedules(Family::Eligibility).held_anywhere(id))
                .filter(|one| one.state == State::Current)
                .map(|one| ScopeKey::of(&one.scope))
                .collect();
            let reached = |scope: &ScopeKey| {
                let below = world.at_or_below(scope);
                world.at_or_above(scope).iter().any(|above| eligible.contains(above))
                    || eligible.iter().any(|one| below.iter().any(|span| span.holds(one)))
            };
            let children = world.containers().filter(|one| {
                let own = ScopeKey::of(&one.id);
                own.as_str() > behind.as_str()
                    && own != key
                    && spans.iter().any(|span| span.holds(&own))
            });
            Page::collect(
                size,
                children,
                |one| ScopeKey::of(&one.id).to_string(),
                |one| {
                    let (_, kind) = world.describe_scope(&one.id);
                    let property = |_: &str| Some(Seen::Text(kind));
                    let function = |function: &Function| matches!(function, Function::AtScope);
                    let shown = kind != "resource"
                        && filter.matches(&property, &function)
                        && reached(&ScopeKey::of(&one.id));
                    shown.then(|| json!({ "id": one.id, "name": one.display_name, "type": kind }))
                },
            )
        })
        .await?;
    Ok(Some(page.answer(call)))
}
