//! What the caller holds: eligibilities and activations, found by role and scope.

use crate::failure::Failure;
use crate::online::{Session, role_name, troubled};
use abac_catalog::Catalog;
use pim_client::{Filter, ScheduleAnswer, call};
use pim_model::{Family, Scope};
use uuid::Uuid;

/// Finds the one assignment of the caller that is meant.
pub(super) fn one(
    session: &mut Session<'_>,
    family: Family,
    role: &str,
    scope: Option<&Scope>,
    catalog: &Catalog,
) -> Result<ScheduleAnswer, Failure> {
    let listed = session.list(call::instances(&Scope::Tenant, family, &Filter::AsTarget))?;
    let mut own = listed.map_err(|trouble| troubled(&trouble, session))?;
    if family == Family::Assignment {
        own.retain(|one| one.schedule.is_activation);
    }
    let what = if family == Family::Eligibility { "eligible for" } else { "active as" };
    let name = |one: &ScheduleAnswer| {
        role_name(one.schedule.role_definition_id.guid, Some(&one.names), catalog)
    };
    let guid = Uuid::try_parse(role.trim()).ok();
    let is_role = |one: &ScheduleAnswer| match guid {
        Some(guid) => one.schedule.role_definition_id.guid == guid,
        None => name(one).eq_ignore_ascii_case(role.trim()),
    };
    let mut roles: Vec<String> = own.iter().map(name).collect();
    roles.sort();
    roles.dedup();
    let mut found: Vec<ScheduleAnswer> = own.into_iter().filter(is_role).collect();
    if found.is_empty() {
        let help = match diagnostics::closest(role, roles.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if roles.is_empty() => format!("you are {what} nothing"),
            None => format!("you are {what} {}", roles.join(", ")),
        };
        return Err(Failure::new(format!("you are not {what} `{role}`")).help(help));
    }
    if let Some(scope) = scope {
        found.retain(|one| one.schedule.scope.as_ref().is_some_and(|own| holds_at(own, scope)));
        // The nearest one is the one that is used.
        found.sort_by_key(|one| one.schedule.scope.as_ref().map(|own| own.to_string().len()));
        found.drain(..found.len().saturating_sub(1));
    }
    // The same may be held directly and through a group.
    let place = |one: &ScheduleAnswer| {
        one.schedule.scope.as_ref().map(|scope| scope.to_string().to_lowercase())
    };
    found.sort_by_cached_key(place);
    found.dedup_by_key(|one| place(one));
    match (found.pop(), found.len()) {
        (Some(one), 0) => Ok(one),
        (Some(one), _) => {
            let scopes: Vec<String> = found
                .iter()
                .chain(std::iter::once(&one))
                .filter_map(|one| one.schedule.scope.as_ref().map(ToString::to_string))
                .collect();
            Err(Failure::new(format!("you are {what} `{role}` at {} scopes", scopes.len()))
                .help(format!("name one with --scope:\n{}", scopes.join("\n"))))
        }
        (None, _) => Err(Failure::new(format!("you are not {what} `{role}` at this scope"))
            .help("`grantif pim list` shows where")),
    }
}

/// Says whether what holds at a scope holds at another, as far as ids tell: which management group
/// a subscription lies in they do not.
fn holds_at(own: &Scope, at: &Scope) -> bool {
    if matches!(own, Scope::Tenant | Scope::ManagementGroup { .. }) {
        return true;
    }
    let mut place = Some(at.clone());
    // A scope has few parents.
    for _ in 0..64 {
        match place {
            Some(one) if one.is_same(own) => return true,
            Some(one) => place = one.parent(),
            None => return false,
        }
    }
    false
}
