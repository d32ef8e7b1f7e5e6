//! Resource groups, and what is in them.

use super::subscriptions::{LOCATION, find, kind, lies_in, scopes_of};
use super::{Call, list_of, may, no_such_method, ok};
use crate::engine::{Code, Container, Evidence, ScopeKey, ServiceError, World};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use pim_model::ScopeKind;
use serde_json::{Value, json};

const READ: &str = "Microsoft.Resources/subscriptions/resourceGroups/read";
const WRITE: &str = "Microsoft.Resources/subscriptions/resourceGroups/write";

/// No resource group of that name (every client, 2026-11).
const NOT_FOUND: Code =
    Code { name: "ResourceGroupNotFound", status: 404, message: "", evidence: Evidence::Observed };

/// A name that no resource group can have (learn.microsoft.com/azure/azure-resource-manager/
/// management/resource-name-rules, 2026-11).
const INVALID_NAME: Code = Code {
    name: "InvalidResourceGroup",
    status: 400,
    message: "The provided resource group name has these invalid characters. The name can only be \
              letters, digits, '-', '.', '(', ')' or '_', 1 to 90 of them, and not end with '.'.",
    evidence: Evidence::Documented,
};

/// Answers `/subscriptions/{id}/resourcegroups`.
pub(super) async fn list(call: &Call, subscription: &str) -> Result<Response, ServiceError> {
    let found = call.read(|world, caller| {
        let subscription = find(world, subscription)?;
        let whole = may(world, caller, READ, &subscription.id).is_ok();
        let within = scopes_of(world, caller);
        let groups = within_subscription(world, subscription, ScopeKind::ResourceGroup);
        let visible = groups.filter(|one| {
            let id = one.id.to_lowercase();
            whole || within.iter().any(|scope| lies_in(scope, &id))
        });
        Ok(visible.map(to_json).collect())
    });
    Ok(list_of(found.await?))
}

/// Answers `/subscriptions/{id}/resourcegroups/{name}`.
pub(super) async fn one(
    call: &Call,
    subscription: &str,
    name: &str,
) -> Result<Response, ServiceError> {
    match call.method {
        Method::GET => {
            let group = call.read(|world, caller| {
                let id = format!("{}/resourceGroups/{name}", find(world, subscription)?.id);
                may(world, caller, READ, &id)?;
                group(world, &id, name).map(to_json)
            });
            Ok(ok(group.await?))
        }
        Method::HEAD => {
            let group = call.read(|world, caller| {
                let id = format!("{}/resourceGroups/{name}", find(world, subscription)?.id);
                may(world, caller, READ, &id)?;
                Ok(group(world, &id, name).is_ok())
            });
            let found = group.await?;
            let status = if found { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND };
            Ok(status.into_response())
        }
        Method::PUT => put(call, subscription, name).await,
        ref other => Err(no_such_method(other)),
    }
}

/// Answers `/subscriptions/{id}/resources`.
pub(super) async fn resources(call: &Call, subscription: &str) -> Result<Response, ServiceError> {
    let found = call.read(|world, caller| {
        let subscription = find(world, subscription)?;
        may(world, caller, "Microsoft.Resources/subscriptions/resources/read", &subscription.id)?;
        let resources = within_subscription(world, subscription, ScopeKind::Resource);
        Ok(resources.filter_map(resource).collect())
    });
    Ok(list_of(found.await?))
}

async fn put(call: &Call, subscription: &str, name: &str) -> Result<Response, ServiceError> {
    let allowed = |one: char| one.is_alphanumeric() || "-_.()".contains(one);
    let length = name.chars().count();
    if !name.chars().all(allowed) || !(1..=90).contains(&length) || name.ends_with('.') {
        return Err(ServiceError::new(INVALID_NAME));
    }
    let body: Value = serde_json::from_slice(&call.body).map_err(|error| {
        let message = format!("The request content was invalid and could not be read: {error}.");
        ServiceError::with(Code::INVALID_BODY, message)
    })?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let Some(location) = text("location") else {
        let message = "The location property is required for this definition.";
        return Err(ServiceError::with(LOCATION_REQUIRED, message));
    };
    let tags = body.get("tags").cloned().unwrap_or_else(|| json!({}));
    let (subscription, name) = (subscription.to_owned(), name.to_owned());
    let caller = call.caller.clone();
    let (group, made) = call
        .state
        .store
        .write(move |change| {
            let subscription = find(change.world(), &subscription)?.id.clone();
            let id = format!("{subscription}/resourceGroups/{name}");
            may(change.world(), &caller, WRITE, &id)?;
            let old = change.world().container(&ScopeKey::of(&id)).cloned();
            let group = Container {
                id: old.as_ref().map_or(id, |old| old.id.clone()),
                display_name: old.as_ref().map_or(name, |old| old.display_name.clone()),
                parent: None,
                location: Some(location),
                tags: Some(tags),
            };
            change.put(group.clone());
            Ok((group, old.is_none()))
        })
        .await?;
    let status = if made { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, axum::Json(to_json(&group))).into_response())
}

/// A resource group without a location (every client, 2026-11).
const LOCATION_REQUIRED: Code =
    Code { name: "LocationRequired", status: 400, message: "", evidence: Evidence::Observed };

fn group<'w>(world: &'w World, id: &str, name: &str) -> Result<&'w Container, ServiceError> {
    world.container(&ScopeKey::of(id)).map(AsRef::as_ref).ok_or_else(|| {
        ServiceError::with(NOT_FOUND, format!("Resource group '{name}' could not be found."))
    })
}

fn within_subscription<'w>(
    world: &'w World,
    subscription: &Container,
    wanted: ScopeKind,
) -> impl Iterator<Item = &'w Container> {
    let prefix = format!("{}/", subscription.id.to_lowercase());
    let all = world.containers().map(AsRef::as_ref);
    all.filter(move |one| one.id.to_lowercase().starts_with(&prefix) && kind(one) == Some(wanted))
}

fn to_json(group: &Container) -> Value {
    json!({
        "id": group.id,
        "name": group.id.rsplit('/').next(),
        "type": "Microsoft.Resources/resourceGroups",
        "location": group.location.as_deref().unwrap_or(LOCATION),
        "tags": group.tags.clone().unwrap_or_else(|| json!({})),
        "properties": { "provisioningState": "Succeeded" },
    })
}

/// Returns a resource, whose type is every second segment behind its provider.
fn resource(container: &Container) -> Option<Value> {
    let (_, behind) = container.id.rsplit_once("/providers/")?;
    let mut segments = behind.split('/');
    let mut kind = segments.next()?.to_owned();
    let mut name = None;
    // Invariant: each turn takes two segments, so the loop ends with the id.
    while let (Some(part), Some(value)) = (segments.next(), segments.next()) {
        kind.push('/');
        kind.push_str(part);
        name = Some(value);
    }
    Some(json!({
        "id": container.id,
        "name": name?,
        "type": kind,
        "location": container.location.as_deref().unwrap_or(LOCATION),
        "tags": container.tags.clone().unwrap_or_else(|| json!({})),
    }))
}
