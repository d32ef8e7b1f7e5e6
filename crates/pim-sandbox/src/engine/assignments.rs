//! Role assignments written directly, outside PIM.

use super::authorization::{ASSIGN, Grounds, Question, Refusal};
use super::caller::Caller;
use super::change::Change;
use super::decision::tell;
use super::error::{Code, ServiceError};
use super::record::{Origin, Record, Schedule, State};
use super::requests::scope_exists;
use super::world::{ScopeKey, World};
use abac_eval::Delegation;
use pim_model::policy::{RuleId, RuleSettings};
use pim_model::{Family, PrincipalType, RoleAssignment};
use std::sync::Arc;
use uuid::Uuid;

/// The permission that takes roles.
const DELETE: &str = Delegation::DELETE;

/// A role assignment that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) schedule: Arc<Schedule>,
    /// Whether it was not there before.
    pub(crate) created: bool,
}

/// Creates a role assignment, or changes the description and the condition of one that is there.
pub(crate) fn put(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    name: Uuid,
    body: &RoleAssignment,
) -> Result<Written, ServiceError> {
    let written = write(change, caller, scope, name, body);
    let principal = change.world().principal(body.principal_id);
    let whom =
        principal.map_or_else(|| body.principal_id.to_string(), |one| one.display_name.clone());
    let role = body.role_definition_id.guid;
    let role =
        change.world().role(role).map_or_else(|| role.to_string(), |one| one.name().to_owned());
    let summary = format!("role assignment of {role} for {whom}");
    tell(change, caller, ASSIGN, scope, &summary, written)
}

fn write(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    name: Uuid,
    body: &RoleAssignment,
) -> Result<(Written, Grounds), Box<Refusal>> {
    let world = change.world();
    let now = change.now();
    scope_exists(world, scope)?;
    let key = ScopeKey::of(scope);
    let role = body.role_definition_id.guid;
    let target = id_at(scope, name);
    // What the body does not say is missing from what the condition sees (*observed*:
    // terraform-provider-azurerm issue 23364, read 2026-11).
    let delegation = Delegation {
        role: Some(role),
        principal: Some(body.principal_id),
        principal_type: body.principal_type.map(PrincipalType::arm),
    };
    let question =
        Question { permission: ASSIGN, access: delegation.write(), scope: &key, target: &target };
    let grounds = world.authorize(caller, &question)?;
    let definition = world.role(role).ok_or_else(|| {
        let message =
            format!("The specified role definition with ID '{}' does not exist.", role.simple());
        ServiceError::with(Code::ROLE_DEFINITION_NOT_FOUND, message)
    })?;
    if !world.is_assignable(&definition, &key) {
        return Err(ServiceError::new(Code::SCOPE_DOES_NOT_MATCH).into());
    }
    let Some(principal) = world.principal(body.principal_id) else {
        let message = format!(
            "Principal {} does not exist in the directory. Check that you have the correct principal ID.",
            body.principal_id.simple()
        );
        return Err(ServiceError::with(Code::PRINCIPAL_NOT_FOUND, message).into());
    };
    if let Some(kind) = body.principal_type.filter(|kind| *kind != principal.kind) {
        let message = format!(
            "The PrincipalId '{}' has type '{}', which is different from specified PrinciaplType '{kind}'.",
            body.principal_id.simple(),
            principal.kind
        );
        return Err(ServiceError::with(Code::UNMATCHED_PRINCIPAL_TYPE, message).into());
    }
    blocked_outside_pim(world, scope, role)?;
    if let Some(old) = world.role_assignment(name).cloned() {
        let same = ScopeKey::of(&old.scope) == key
            && old.principal == body.principal_id
            && old.role == role;
        if !same {
            return Err(ServiceError::new(Code::ASSIGNMENT_UPDATE_NOT_PERMITTED).into());
        }
        let mut part = old.role_assignment.clone();
        if let Some(part) = &mut part {
            part.description.clone_from(&body.description);
            part.updated_by = Some(caller.id);
        }
        let schedule = Schedule {
            condition: body.condition.clone(),
            role_assignment: part,
            updated_on: now,
            ..Schedule::clone(&old)
        };
        change.put(schedule.clone());
        return Ok((Written { schedule: Arc::new(schedule), created: false }, grounds));
    }
    let taken = world
        .schedules(Family::Assignment)
        .held(body.principal_id, &key)
        .any(|one| one.role == role && one.state == State::Current);
    if taken {
        return Err(ServiceError::new(Code::PLAIN_ASSIGNMENT_EXISTS).into());
    }
    let origin = Origin {
        family: Family::Assignment,
        scope,
        role,
        principal: body.principal_id,
        request: None,
        requestor: Some(caller.id),
    };
    let mut schedule = Schedule::new(&origin, now, (now, None), body.condition.clone(), None);
    if let Some(part) = &mut schedule.role_assignment {
        part.name = name;
        part.description.clone_from(&body.description);
        part.delegated_managed_identity_resource_id
            .clone_from(&body.delegated_managed_identity_resource_id);
    }
    change.put(schedule.clone());
    Ok((Written { schedule: Arc::new(schedule), created: true }, grounds))
}

/// Deletes a role assignment; `None` where there is none.
pub(crate) fn delete(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    name: Uuid,
) -> Result<Option<Arc<Schedule>>, ServiceError> {
    let removed = take(change, caller, scope, name);
    tell(change, caller, DELETE, scope, &format!("role assignment {name} deleted"), removed)
}

fn take(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    name: Uuid,
) -> Result<(Option<Arc<Schedule>>, Grounds), Box<Refusal>> {
    let world = change.world();
    scope_exists(world, scope)?;
    let key = ScopeKey::of(scope);
    let found = world
        .role_assignment(name)
        .filter(|one| ScopeKey::of(&one.scope) == key && one.state == State::Current)
        .cloned();
    let principal = found.as_ref().and_then(|one| world.principal(one.principal));
    let delegation = Delegation {
        role: found.as_ref().map(|one| one.role),
        principal: found.as_ref().map(|one| one.principal),
        principal_type: principal.map(|one| one.kind.arm()),
    };
    let target = id_at(scope, name);
    let question =
        Question { permission: DELETE, access: delegation.delete(), scope: &key, target: &target };
    let grounds = world.authorize(caller, &question)?;
    if let Some(found) = &found {
        change.remove(&Record::Schedule(Arc::clone(found)).key());
    }
    Ok((found, grounds))
}

/// Refuses what the PIM-only mode of the policy refuses (*documented* for API version
/// 2024-02-01-preview, read 2026-11; the code of the error is *assumed*).
fn blocked_outside_pim(world: &World, scope: &str, role: Uuid) -> Result<(), ServiceError> {
    let policy = world.policy(scope, role).policy();
    let mode = policy.rule(&RuleId::PimOnlyModeAdminAssignment).map(|rule| &rule.settings);
    match mode {
        Some(RuleSettings::PimOnlyMode(settings)) if settings.mode == "Enabled" => {
            Err(ServiceError::new(Code::PIM_ONLY))
        }
        _ => Ok(()),
    }
}

/// Returns the id of a role assignment.
pub(crate) fn id_at(scope: &str, name: Uuid) -> String {
    format!(
        "{}/providers/Microsoft.Authorization/roleAssignments/{name}",
        scope.trim_end_matches('/')
    )
}
