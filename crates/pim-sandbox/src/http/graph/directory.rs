//! Users, groups, service principals, and the object that any of them is.

use super::call::Call;
use super::fault::Fault;
use super::list::Page;
use super::{membership, object};
use crate::engine::{Principal, World};
use axum::http::Method;
use axum::response::Response;
use pim_model::PrincipalType;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// How many objects one call may ask for by id (*documented*:
/// learn.microsoft.com/graph/api/directoryobject-getbyids, 2026-11).
const MAX_IDS: usize = 1000;

/// Answers `/organization`.
pub(super) fn organization(call: &Call) -> Result<Response, Fault> {
    let tenant = json!({
        "id": call.state.identity.tenant(),
        "displayName": "grantif sandbox",
        "tenantType": "AAD",
        "verifiedDomains": [{ "name": "localhost", "isDefault": true, "isInitial": true }],
    });
    Ok(Page::of(call, std::iter::once(tenant))?.answer(call, "organization"))
}

/// Answers `/me` and what is behind it.
pub(super) async fn me(call: &Call, rest: &[&str]) -> Result<Response, Fault> {
    let id = call.caller.id;
    match rest {
        [] if call.method == Method::GET => {
            let object = call.read(|world, _| {
                let user = world.principal(id).filter(|one| one.kind == PrincipalType::User);
                user.map(|one| object::to_json(one)).ok_or_else(|| {
                    // *Documented*: learn.microsoft.com/graph/api/user-get, 2026-11.
                    let message = "/me request is only valid with delegated authentication flow.";
                    Fault::bad_request(message)
                })
            });
            Ok(call.entity("users", object.await?))
        }
        [relation] => membership::answer(call, id, relation).await,
        _ => Err(call.unknown()),
    }
}

/// Answers `/users`, `/groups`, `/servicePrincipals` and `/directoryObjects`.
pub(super) async fn of_kind(call: &Call, kind: &str, rest: &[&str]) -> Result<Response, Fault> {
    let (set, wanted) = match kind {
        "users" => ("users", Some(PrincipalType::User)),
        "groups" => ("groups", Some(PrincipalType::Group)),
        "serviceprincipals" => ("servicePrincipals", Some(PrincipalType::ServicePrincipal)),
        _ => ("directoryObjects", None),
    };
    let is_wanted = |one: &Principal| wanted.is_none_or(|kind| kind == one.kind);
    match rest {
        [] if call.method == Method::GET && wanted.is_some() => {
            let page = call.read(|world, _| {
                let all = world.principals().filter(|one| is_wanted(one));
                Page::of(call, all.map(|one| object::to_json(one)))
            });
            Ok(page.await?.answer(call, set))
        }
        [id] if call.method == Method::GET => {
            let object = call.read(|world, _| {
                let found = find(world, id).filter(|one| is_wanted(one));
                let found = found.ok_or_else(|| Fault::no_object(id))?;
                Ok(if wanted.is_some() { object::to_json(found) } else { object::with_type(found) })
            });
            Ok(call.entity(set, object.await?))
        }
        [id, relation] => {
            let found = call.read(|world, _| {
                let found = find(world, id).filter(|one| is_wanted(one));
                found.map(|one| one.id).ok_or_else(|| Fault::no_object(id))
            });
            membership::answer(call, found.await?, relation).await
        }
        _ => Err(call.unknown()),
    }
}

/// Answers `/directoryObjects/getByIds`.
pub(super) async fn get_by_ids(call: &Call) -> Result<Response, Fault> {
    let body = call.json()?;
    let ids = guids(&body, "ids", MAX_IDS)?;
    let types: Vec<&str> = match body.get("types").and_then(Value::as_array) {
        Some(types) => types.iter().filter_map(Value::as_str).collect(),
        None => Vec::new(),
    };
    let page = call.read(|world, _| {
        let mut found: Vec<_> = ids.iter().filter_map(|id| world.principal(*id)).collect();
        found.retain(|one| {
            let name = one.kind.arm();
            types.is_empty()
                || types
                    .iter()
                    .any(|kind| kind.eq_ignore_ascii_case(name) || *kind == "directoryObject")
        });
        found.sort_by_key(|one| one.id);
        Page::of(call, found.into_iter().map(|one| object::with_type(one)))
    });
    Ok(page.await?.answer(call, "directoryObjects"))
}

/// Reads a list of object ids from a body.
pub(super) fn guids(body: &Value, name: &str, most: usize) -> Result<Vec<Uuid>, Fault> {
    let list = body.get(name).and_then(Value::as_array);
    let list = list.filter(|list| (1..=most).contains(&list.len()));
    let Some(list) = list else {
        let message = format!("The property '{name}' must be a list of 1 to {most} object ids.");
        return Err(Fault::bad_request(message));
    };
    let ids = list.iter().map(|id| Uuid::try_parse(id.as_str()?).ok());
    ids.collect::<Option<_>>()
        .ok_or_else(|| Fault::bad_request(format!("An item of '{name}' is no object id.")))
}

/// Returns the principal of an object id, an application id or a sign-in name.
fn find<'w>(world: &'w World, text: &str) -> Option<&'w Arc<Principal>> {
    match Uuid::try_parse(text) {
        Ok(id) => {
            world.principal(id).or_else(|| world.principals().find(|one| one.app_id == Some(id)))
        }
        Err(_) => world.principals().find(|one| {
            let name = one.user_principal_name.as_deref();
            name.is_some_and(|name| name.eq_ignore_ascii_case(text))
        }),
    }
}
