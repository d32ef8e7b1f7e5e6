//! Who belongs to whom. Memberships that PIM made active count, as they do for roles.

use super::call::Call;
use super::directory::guids;
use super::fault::Fault;
use super::list::Page;
use super::object;
use crate::engine::Span;
use crate::engine::{MEMBER, OWNER, Principal, ScopeKey, State, World};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use pim_model::{Family, PrincipalType};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many groups one call may ask about (*documented*:
/// learn.microsoft.com/graph/api/directoryobject-checkmembergroups, 2026-11).
const MAX_CHECKED: usize = 20;

/// How many members a group is followed to.
const MAX_MEMBERS: usize = 100_000;

/// Answers a relation or function of a principal.
pub(super) async fn answer(call: &Call, id: Uuid, relation: &str) -> Result<Response, Fault> {
    match (&call.method, relation) {
        (&Method::GET, "memberof") => list(call, |world| direct_groups(world, id)).await,
        (&Method::GET, "transitivememberof") => list(call, |world| groups(world, id)).await,
        (&Method::GET, "members") => {
            let found = list_of_group(call, id, |world| members(world, id));
            found.await
        }
        (&Method::GET, "transitivemembers") => {
            list_of_group(call, id, |world| transitive_members(world, id)).await
        }
        (&Method::GET, "owners") => list_of_group(call, id, |world| owners(world, id)).await,
        (&Method::POST, "getmembergroups" | "getmemberobjects") => {
            let found = call.read(|world, _| Ok(groups(world, id))).await?;
            Ok(collection(call, &found))
        }
        (&Method::POST, "checkmembergroups" | "checkmemberobjects") => {
            let name = if relation == "checkmembergroups" { "groupIds" } else { "ids" };
            let asked = guids(&call.json()?, name, MAX_CHECKED)?;
            let found = call.read(|world, _| Ok(groups(world, id))).await?;
            Ok(collection(call, &asked.into_iter().filter(|one| found.contains(one)).collect()))
        }
        _ => Err(call.unknown()),
    }
}

async fn list(call: &Call, find: impl FnOnce(&World) -> BTreeSet<Uuid>) -> Result<Response, Fault> {
    let page = call.read(|world, _| {
        let found = find(world);
        let objects = found.iter().filter_map(|id| world.principal(*id));
        Page::of(call, objects.map(|one| object::with_type(one)))
    });
    Ok(page.await?.answer(call, "directoryObjects"))
}

async fn list_of_group(
    call: &Call,
    id: Uuid,
    find: impl FnOnce(&World) -> BTreeSet<Uuid>,
) -> Result<Response, Fault> {
    let is_group = call.read(|world, _| {
        Ok(world.principal(id).is_some_and(|one| one.kind == PrincipalType::Group))
    });
    if !is_group.await? {
        return Err(call.unknown());
    }
    list(call, find).await
}

fn collection(call: &Call, ids: &BTreeSet<Uuid>) -> Response {
    let context = format!("{}/$metadata#Collection(Edm.String)", call.base);
    axum::Json(json!({ "@odata.context": context, "value": ids })).into_response()
}

/// Returns every group a principal belongs to.
fn groups(world: &World, id: Uuid) -> BTreeSet<Uuid> {
    world.identities(id).into_iter().filter(|one| *one != id).collect()
}

fn direct_groups(world: &World, id: Uuid) -> BTreeSet<Uuid> {
    // Invariant: whatever holds a principal directly is among what holds it at all.
    groups(world, id).into_iter().filter(|group| members(world, *group).contains(&id)).collect()
}

/// Returns the direct members of a group.
fn members(world: &World, group: Uuid) -> BTreeSet<Uuid> {
    let mut members = activated(world, group, MEMBER);
    members.extend(world.principal(group).into_iter().flat_map(|one| &one.members));
    members
}

/// Returns the owners of a group.
fn owners(world: &World, group: Uuid) -> BTreeSet<Uuid> {
    let mut owners = activated(world, group, OWNER);
    owners.extend(world.principal(group).into_iter().flat_map(|one| &one.owners));
    owners
}

/// Returns those whose membership or ownership PIM made active.
fn activated(world: &World, group: Uuid, role: Uuid) -> BTreeSet<Uuid> {
    let scope = [Span::Exactly(ScopeKey::of(&format!("/groups/{group}")))];
    let held = world.schedules(Family::Assignment).walk(&scope, None, None);
    let current = held.filter(|one| one.role == role && one.state == State::Current);
    current.map(|one| one.principal).collect()
}

fn transitive_members(world: &World, group: Uuid) -> BTreeSet<Uuid> {
    let is_group = |one: &Principal| one.kind == PrincipalType::Group;
    let mut found = BTreeSet::new();
    let mut open = vec![group];
    // Invariant: a group is opened once, since it is opened when it is found first.
    while let Some(group) = open.pop() {
        for member in members(world, group) {
            if found.len() < MAX_MEMBERS
                && found.insert(member)
                && world.principal(member).is_some_and(|one| is_group(one))
            {
                open.push(member);
            }
        }
    }
    found
}
