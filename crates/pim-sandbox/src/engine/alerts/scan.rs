//! What each alert looks for, at a scope and below it (*documented*: learn.microsoft.com/entra/
//! id-governance/privileged-identity-management/pim-resource-roles-configure-alerts, 2026-11).

use crate::engine::record::{Alert, AlertKind, CustomRole, Incident, Schedule, State, Subject};
use crate::engine::world::{RoleView, ScopeKey, World};
use abac_catalog::Catalog;
use pim_model::Family;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::{Uuid, uuid};

const OWNER: Uuid = uuid!("8e3af657-a8ff-443c-a75c-2fe8c4bcb635");

/// How many incidents one alert tells.
const MAX_INCIDENTS: usize = 1000;

pub(super) fn incidents(world: &World, alert: &Alert) -> Vec<Incident> {
    let mut found = match alert.kind {
        AlertKind::TooManyOwnersAssignedToResource => owners(world, alert),
        AlertKind::TooManyPermanentOwnersAssignedToResource => permanent_owners(world, alert),
        AlertKind::DuplicateRoleCreated => duplicate_roles(world, alert),
        AlertKind::AzureRolesAssignedOutsidePimAlert => outside_pim(world, alert),
    };
    found.truncate(MAX_INCIDENTS);
    found
}

/// Owners, once they are many and a good part of all who have a role.
fn owners(world: &World, alert: &Alert) -> Vec<Incident> {
    let all = current(world, &alert.scope);
    let owners: Vec<_> = all.iter().filter(|one| one.role == OWNER).cloned().collect();
    let exceeds = exceeds(alert, principals(&owners), principals(&all));
    if exceeds { of_assignments(alert, &owners) } else { Vec::new() }
}

/// Owners for ever, once they are many and a good part of all owners.
fn permanent_owners(world: &World, alert: &Alert) -> Vec<Incident> {
    let mut owners = current(world, &alert.scope);
    owners.retain(|one| one.role == OWNER);
    let permanent: Vec<_> = owners.iter().filter(|one| one.end.is_none()).cloned().collect();
    let exceeds = exceeds(alert, principals(&permanent), principals(&owners));
    if exceeds { of_assignments(alert, &permanent) } else { Vec::new() }
}

/// Privileged roles that somebody gave without PIM.
fn outside_pim(world: &World, alert: &Alert) -> Vec<Incident> {
    let mut given = current(world, &alert.scope);
    given.retain(|one| {
        one.request.is_none() && world.role(one.role).is_some_and(|role| is_privileged(&role))
    });
    of_assignments(alert, &given)
}

/// Custom roles that are another role once more, by name or by permissions.
fn duplicate_roles(world: &World, alert: &Alert) -> Vec<Incident> {
    let scope = ScopeKey::of(&alert.scope);
    let here =
        world.custom_roles().filter(|role| world.is_assignable(&RoleView::Custom(role), &scope));
    let found = here.filter_map(|role| {
        let (like, name) = like(world, role)?;
        let subject = Subject::Role { role: role.id, like, name };
        Some(Incident { name: named(alert, role.id), subject })
    });
    found.collect()
}

/// Returns the roles of the same name or, failing that, of the same permissions.
fn like(world: &World, role: &CustomRole) -> Option<(Vec<Uuid>, bool)> {
    let built_in = || Catalog::builtin().roles().map(RoleView::BuiltIn);
    let others = world.custom_roles().filter(|one| one.id != role.id).map(RoleView::Custom);
    let others: Vec<RoleView<'_>> = built_in().chain(others).collect();
    let ids = |same: &dyn Fn(&RoleView<'_>) -> bool| -> Vec<Uuid> {
        others.iter().filter(|one| same(one)).map(RoleView::id).collect()
    };
    let names = ids(&|one| one.name().eq_ignore_ascii_case(&role.role_name));
    if !names.is_empty() {
        return Some((names, true));
    }
    let own = permissions(&RoleView::Custom(&Arc::new(role.clone())));
    let same = ids(&|one| permissions(one) == own);
    (!same.is_empty()).then_some((same, false))
}

/// Returns the permissions of a role so that order and letter case do not count.
fn permissions(role: &RoleView<'_>) -> BTreeSet<[BTreeSet<String>; 4]> {
    let set = |names: &[String]| names.iter().map(|one| one.to_lowercase()).collect();
    match role {
        RoleView::BuiltIn(role) => role
            .permissions()
            .iter()
            .map(|one| {
                [&one.actions, &one.not_actions, &one.data_actions, &one.not_data_actions]
                    .map(|names| set(names))
            })
            .collect(),
        RoleView::Custom(role) => role
            .permissions
            .iter()
            .map(|one| {
                [&one.actions, &one.not_actions, &one.data_actions, &one.not_data_actions]
                    .map(|names| set(names))
            })
            .collect(),
    }
}

fn is_privileged(role: &RoleView<'_>) -> bool {
    match role {
        RoleView::BuiltIn(role) => role.is_privileged(),
        RoleView::Custom(_) => {
            !role.permissions_for(crate::engine::authorization::ASSIGN).is_empty()
        }
    }
}

/// Returns the active assignments that hold at a scope or below it.
fn current(world: &World, scope: &str) -> Vec<Arc<Schedule>> {
    let spans = world.at_or_below(&ScopeKey::of(scope));
    let held = world.schedules(Family::Assignment).walk(&spans, None, None);
    held.filter(|one| one.state == State::Current).cloned().collect()
}

fn principals(assignments: &[Arc<Schedule>]) -> usize {
    assignments.iter().map(|one| one.principal).collect::<BTreeSet<_>>().len()
}

/// Whether both thresholds are reached (*documented*: the number and the percentage).
fn exceeds(alert: &Alert, count: usize, of: usize) -> bool {
    let number = alert.threshold_number.unwrap_or_default() as usize;
    let percentage = alert.threshold_percentage.unwrap_or_default() as usize;
    count > 0 && count >= number && count.saturating_mul(100) >= percentage.saturating_mul(of)
}

fn of_assignments(alert: &Alert, assignments: &[Arc<Schedule>]) -> Vec<Incident> {
    let found = assignments.iter().filter_map(|one| one.role_assignment.as_ref());
    found
        .map(|part| Incident {
            name: named(alert, part.name),
            subject: Subject::Assignment(part.name),
        })
        .collect()
}

/// Returns the name of an incident, which is the same in every scan.
fn named(alert: &Alert, subject: Uuid) -> Uuid {
    Uuid::new_v5(&subject, alert.key().as_bytes())
}
