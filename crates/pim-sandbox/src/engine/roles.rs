//! Custom roles: created, changed, deleted.

use super::authorization::{Grounds, Question, Refusal};
use super::caller::Caller;
use super::change::Change;
use super::decision::tell;
use super::error::{Code, ServiceError};
use super::record::{CustomRole, Key, Kind, Permissions};
use super::world::{RoleView, ScopeKey};
use pim_model::{Family, Scope};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use uuid::Uuid;

const WRITE: &str = "Microsoft.Authorization/roleDefinitions/write";
const DELETE: &str = "Microsoft.Authorization/roleDefinitions/delete";

/// The body of a `PUT`, below `properties`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    role_name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    permissions: Vec<SentPermissions>,
    #[serde(default)]
    assignable_scopes: Vec<String>,
}

/// Clients send fields beside these, such as conditions, which custom roles do not have.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct SentPermissions {
    actions: Vec<String>,
    not_actions: Vec<String>,
    data_actions: Vec<String>,
    not_data_actions: Vec<String>,
}

/// Creates or changes a custom role.
pub(crate) fn put(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    id: Uuid,
    body: &Value,
) -> Result<Arc<CustomRole>, ServiceError> {
    let written = write(change, caller, id, body);
    tell(change, caller, WRITE, scope, &format!("custom role {id} written"), written)
}

fn write(
    change: &mut Change<'_>,
    caller: &Caller,
    id: Uuid,
    body: &Value,
) -> Result<(Arc<CustomRole>, Grounds), Box<Refusal>> {
    let invalid = |message: String| ServiceError::with(Code::INVALID_ROLE_DEFINITION, message);
    let properties = body.get("properties").cloned().unwrap_or(Value::Null);
    let sent: Sent = serde_json::from_value(properties)
        .map_err(|error| invalid(format!("The role definition is invalid: {error}.")))?;
    if sent.role_name.trim().is_empty() || sent.role_name.len() > 512 {
        return Err(invalid("The role name must have 1 to 512 characters.".to_owned()).into());
    }
    if sent.assignable_scopes.is_empty() {
        return Err(
            invalid("The role definition needs at least one assignable scope.".to_owned()).into()
        );
    }
    let world = change.world();
    let mut grounds = Grounds(Value::Null);
    for scope in &sent.assignable_scopes {
        let parsed = scope.parse::<Scope>();
        let parsed = parsed.map_err(|error| {
            invalid(format!("The assignable scope '{scope}' is invalid: {error}."))
        })?;
        grounds = allowed(change, caller, WRITE, &parsed.to_string())?;
    }
    let old = match world.role(id) {
        Some(RoleView::BuiltIn(_)) => {
            return Err(ServiceError::new(Code::ROLE_DEFINITION_BUILT_IN).into());
        }
        Some(RoleView::Custom(role)) => Some(Arc::clone(role)),
        None => None,
    };
    if let Some(other) = world.role_by_name(&sent.role_name).filter(|other| other.id() != id) {
        let message = format!(
            "A custom role with the same name already exists in this directory: {} has the name '{}'.",
            other.id(),
            sent.role_name
        );
        return Err(ServiceError::with(Code::ROLE_DEFINITION_NAME_TAKEN, message).into());
    }
    let now = change.now();
    let permissions = sent.permissions.into_iter().map(|block| Permissions {
        actions: block.actions,
        not_actions: block.not_actions,
        data_actions: block.data_actions,
        not_data_actions: block.not_data_actions,
    });
    let role = CustomRole {
        id,
        role_name: sent.role_name,
        description: sent.description,
        permissions: permissions.collect(),
        assignable_scopes: sent.assignable_scopes,
        created_on: old.as_ref().map_or(now, |one| one.created_on),
        updated_on: now,
        created_by: old.as_ref().map_or(Some(caller.id), |one| one.created_by),
        updated_by: Some(caller.id),
    };
    change.put(role.clone());
    Ok((Arc::new(role), grounds))
}

/// Deletes a custom role that nobody has; `None` where there is none.
pub(crate) fn delete(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    id: Uuid,
) -> Result<Option<Arc<CustomRole>>, ServiceError> {
    let removed = take(change, caller, id);
    tell(change, caller, DELETE, scope, &format!("custom role {id} deleted"), removed)
}

fn take(
    change: &mut Change<'_>,
    caller: &Caller,
    id: Uuid,
) -> Result<(Option<Arc<CustomRole>>, Grounds), Box<Refusal>> {
    let world = change.world();
    let role = match world.role(id) {
        Some(RoleView::BuiltIn(_)) => {
            return Err(ServiceError::new(Code::ROLE_DEFINITION_BUILT_IN).into());
        }
        Some(RoleView::Custom(role)) => Arc::clone(role),
        None => return Ok((None, Grounds(Value::Null))),
    };
    let mut grounds = Grounds(Value::Null);
    for scope in &role.assignable_scopes {
        grounds = allowed(change, caller, DELETE, scope)?;
    }
    let families = [Family::Eligibility, Family::Assignment];
    if families.into_iter().any(|family| world.schedules(family).all().any(|one| one.role == id)) {
        return Err(ServiceError::new(Code::ROLE_DEFINITION_HAS_ASSIGNMENTS).into());
    }
    change.remove(&Key { kind: Kind::Role, name: id.to_string() });
    Ok((Some(role), grounds))
}

fn allowed(
    change: &Change<'_>,
    caller: &Caller,
    permission: &str,
    scope: &str,
) -> Result<Grounds, Box<Refusal>> {
    let key = ScopeKey::of(scope);
    change.world().authorize(caller, &Question::plain(permission, &key, scope))
}
