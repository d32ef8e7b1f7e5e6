//! `roleManagementPolicies` and `roleManagementPolicyAssignments`.

use super::call::ArmCall;
use super::definitions::all;
use super::list::{Page, behind, filter, size, wanted_guid};
use super::render::{expanded_role, expanded_scope, id_at, role_id};
use super::{Answered, may_read};
use crate::engine::policy::{PolicyView, change as change_policy};
use crate::engine::{Caller, Code, RoleView, ServiceError, World};
use crate::http::AppState;
use crate::http::answer::Answer;
use crate::odata::{Function, Value as Seen};
use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

const READ: &str = "Microsoft.Authorization/roleManagementPolicies/read";
const READ_ASSIGNMENTS: &str = "Microsoft.Authorization/roleManagementPolicyAssignments/read";

pub(super) async fn policies(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    match (&call.method, call.rest.len()) {
        (&Method::GET, 0) => list(state, caller, call, READ, policy).await.map(Some),
        (&Method::GET, 1) => {
            may_read(state, caller, call, READ).await?;
            let (scope, name) = (call.scope.as_str(), call.guid(0)?);
            let shown = state
                .store
                .read(|world, _| {
                    world.policy_named(scope, name).map(|found| policy(world, scope, &found))
                })
                .await?;
            shown.map(Answer::ok).map(Some).ok_or(ServiceError::new(Code::POLICY_NOT_FOUND))
        }
        (&Method::PATCH, 1) => {
            let (scope, name) = (call.scope.clone(), call.guid(0)?);
            let (body, caller) = (call.json()?, caller.clone());
            let shown = state
                .store
                .write(move |change| {
                    let changed = change_policy(change, &caller, &scope, name, &body)?;
                    Ok(policy(change.world(), &scope, &changed))
                })
                .await?;
            Ok(Some(Answer::ok(shown)))
        }
        _ => Ok(None),
    }
}

pub(super) async fn assignments(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    match (&call.method, call.rest.as_slice()) {
        (&Method::GET, []) => {
            list(state, caller, call, READ_ASSIGNMENTS, assignment).await.map(Some)
        }
        (&Method::GET, [name]) => {
            may_read(state, caller, call, READ_ASSIGNMENTS).await?;
            let parts = name.split_once('_').and_then(|(policy, role)| {
                Some((Uuid::try_parse(policy).ok()?, Uuid::try_parse(role).ok()?))
            });
            let shown = state
                .store
                .read(|world, _| {
                    let (name, role) = parts?;
                    let found = world.policy_named(&call.scope, name)?;
                    (found.role == role).then(|| assignment(world, &call.scope, &found))
                })
                .await?;
            shown.map(Answer::ok).map(Some).ok_or(ServiceError::new(Code::POLICY_NOT_FOUND))
        }
        _ => Ok(None),
    }
}

type Show = fn(&World, &str, &PolicyView) -> Value;

async fn list(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    permission: &'static str,
    show: Show,
) -> Result<Answer, ServiceError> {
    may_read(state, caller, call, permission).await?;
    let filter = filter(call, &["roleDefinitionId"])?;
    let wanted = wanted_guid(&filter, "roleDefinitionId");
    let (behind, size) = (behind(call)?.unwrap_or_default(), size(call));
    let (scope, key) = (call.scope.as_str(), call.scope_key());
    let page = state
        .store
        .read(|world, _| {
            let one = wanted.and_then(|id| world.role(id));
            let roles: Box<dyn Iterator<Item = RoleView<'_>>> = match (wanted, one) {
                (Some(_), found) => Box::new(found.into_iter()),
                (None, _) => Box::new(all(world, &behind)),
            };
            let roles = roles.filter(|role| world.is_assignable(role, &key));
            Page::collect(
                size,
                roles,
                |role| role.id().to_string(),
                |role| {
                    let asked = filter.required_text("roleDefinitionId");
                    let id = role_id(scope, role.id());
                    let property = |_: &str| Some(Seen::Text(asked.unwrap_or(&id)));
                    let function = |function: &Function| matches!(function, Function::AtScope);
                    filter
                        .matches(&property, &function)
                        .then(|| show(world, scope, &world.policy(scope, role.id())))
                },
            )
        })
        .await?;
    Ok(page.answer(call))
}

/// Shows a policy.
fn policy(world: &World, scope: &str, view: &PolicyView) -> Value {
    let modified = modified(world, view);
    json!({
        "properties": {
            "scope": scope,
            "displayName": Value::Null,
            "description": Value::Null,
            "isOrganizationDefault": view.changed.is_none(),
            "lastModifiedBy": modified.0,
            "lastModifiedDateTime": modified.1,
            "rules": view.rules(),
            "effectiveRules": view.rules(),
            "policyProperties": { "scope": expanded_scope(world, scope) },
        },
        "name": view.name,
        "id": id_at(scope, "roleManagementPolicies", view.name),
        "type": "Microsoft.Authorization/roleManagementPolicies",
    })
}

/// Shows which policy a role has.
fn assignment(world: &World, scope: &str, view: &PolicyView) -> Value {
    let name = format!("{}_{}", view.name, view.role);
    let policy = id_at(scope, "roleManagementPolicies", view.name);
    let modified = modified(world, view);
    json!({
        "properties": {
            "scope": scope,
            "roleDefinitionId": role_id(scope, view.role),
            "policyId": policy,
            "effectiveRules": view.rules(),
            "policyAssignmentProperties": {
                "scope": expanded_scope(world, scope),
                "roleDefinition": expanded_role(world, scope, view.role),
                "policy": {
                    "id": policy,
                    "lastModifiedBy": modified.0,
                    "lastModifiedDateTime": modified.1,
                },
            },
        },
        "name": name,
        "id": id_at(scope, "roleManagementPolicyAssignments", &name),
        "type": "Microsoft.Authorization/roleManagementPolicyAssignments",
    })
}

fn modified(world: &World, view: &PolicyView) -> (Value, Value) {
    let changed = view.changed.as_ref();
    let by = changed.and_then(|one| one.modified_by);
    let principal = by.and_then(|id| world.principal(id));
    let by = json!({
        "id": by,
        "displayName": principal.map(|one| &one.display_name),
        "type": principal.map(|one| one.kind),
        "email": principal.and_then(|one| one.user_principal_name.as_ref()),
    });
    let by = if changed.is_some() { by } else { Value::Null };
    (by, json!(changed.map(|one| one.modified_on)))
}
