//! `roleDefinitions`: the built-in catalog, and custom roles.

use super::call::ArmCall;
use super::list::{MAX_PAGE, Page, behind, filter, size};
use super::{Answered, may_read, render};
use crate::engine::{Caller, Code, RoleView, ServiceError, World, roles};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::odata::{Function, Value as Seen};
use abac_catalog::Catalog;
use axum::http::{Method, StatusCode};

const PROPERTIES: &[&str] = &["roleName", "type"];

const READ: &str = "Microsoft.Authorization/roleDefinitions/read";

pub(super) async fn answer(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    match (&call.method, call.rest.len()) {
        (&Method::GET, 0) => list(state, caller, call).await.map(Some),
        (&Method::GET, 1) => get(state, caller, call).await.map(Some),
        (&Method::PUT, 1) => {
            let (id, body, scope, caller) =
                (call.guid(0)?, call.json()?, call.scope.clone(), caller.clone());
            let shown = state
                .store
                .write(move |change| {
                    let role = roles::put(change, &caller, &scope, id, &body)?;
                    Ok(render::role_definition(&scope, &RoleView::Custom(&role)))
                })
                .await?;
            Ok(Some(Answer::created(shown)))
        }
        (&Method::DELETE, 1) => {
            let (id, scope, caller) = (call.guid(0)?, call.scope.clone(), caller.clone());
            let shown = state
                .store
                .write(move |change| {
                    let role = roles::delete(change, &caller, &scope, id)?;
                    Ok(role.map(|role| render::role_definition(&scope, &RoleView::Custom(&role))))
                })
                .await?;
            Ok(Some(shown.map_or_else(|| Answer::empty(StatusCode::NO_CONTENT), Answer::ok)))
        }
        _ => Ok(None),
    }
}

async fn get(state: &AppState, caller: &Caller, call: &ArmCall) -> Result<Answer, ServiceError> {
    // A role can be looked up by whoever knows its id (*documented*: by id at the tenant scope).
    if call.scope != "/" {
        may_read(state, caller, call, READ).await?;
    }
    let id = call.guid(0)?;
    let shown = state
        .store
        .read(|world, _| world.role(id).map(|role| render::role_definition(&call.scope, &role)))
        .await?;
    shown.map(Answer::ok).ok_or_else(|| {
        let message =
            format!("The specified role definition with ID '{}' does not exist.", id.simple());
        ServiceError::with(Code::ROLE_DEFINITION_NOT_FOUND, message)
    })
}

async fn list(state: &AppState, caller: &Caller, call: &ArmCall) -> Result<Answer, ServiceError> {
    if call.scope != "/" {
        may_read(state, caller, call, READ).await?;
    }
    let filter = filter(call, PROPERTIES)?;
    // The service answers them all at once, and some clients look no further.
    let size = if call.query("$top").is_some() { size(call) } else { MAX_PAGE };
    let (behind, key) = (behind(call)?.unwrap_or_default(), call.scope_key());
    let page = state
        .store
        .read(|world, _| {
            let roles = all(world, &behind).filter(|role| world.is_assignable(role, &key));
            Page::collect(
                size,
                roles,
                |role| role.id().to_string(),
                |role| {
                    let property = |name: &str| match name.to_ascii_lowercase().as_str() {
                        "rolename" => Some(Seen::Text(role.name())),
                        _ => Some(Seen::Text(role.kind())),
                    };
                    let function = |function: &Function| matches!(function, Function::AtScope);
                    filter
                        .matches(&property, &function)
                        .then(|| render::role_definition(&call.scope, role))
                },
            )
        })
        .await?;
    Ok(page.answer(call))
}

/// Returns every role behind an id, in the order of ids, built-in ones first.
pub(super) fn all<'w>(world: &'w World, behind: &'w str) -> impl Iterator<Item = RoleView<'w>> {
    let built_in = Catalog::builtin().roles().map(RoleView::BuiltIn);
    let custom = world.custom_roles().map(RoleView::Custom);
    let mut roles: Vec<RoleView<'w>> = built_in.chain(custom).collect();
    roles.sort_by_key(RoleView::id);
    roles.into_iter().filter(move |role| role.id().to_string().as_str() > behind)
}
