//! Management groups.

use super::subscriptions::{kind, scopes_of};
use super::{Call, list_of, may, ok};
use crate::engine::{Code, Container, Evidence, ScopeKey, ServiceError, World};
use axum::response::Response;
use pim_model::ScopeKind;
use serde_json::{Value, json};
use uuid::Uuid;

const READ: &str = "Microsoft.Management/managementGroups/read";
const KIND: &str = "Microsoft.Management/managementGroups";

/// No management group of that name (every client, 2026-11).
const NOT_FOUND: Code =
    Code { name: "NotFound", status: 404, message: "", evidence: Evidence::Observed };

/// Answers `/providers/Microsoft.Management/managementGroups`.
pub(super) async fn list(call: &Call) -> Result<Response, ServiceError> {
    let tenant = call.state.identity.tenant();
    let found = call.read(|world, caller| {
        let within = scopes_of(world, caller);
        let all = world.containers().filter(|one| kind(one) == Some(ScopeKind::ManagementGroup));
        let visible = all.filter(|one| {
            within.contains(&one.id.to_lowercase()) || may(world, caller, READ, &one.id).is_ok()
        });
        Ok(visible.map(|one| to_json(world, one, tenant)).collect())
    });
    Ok(list_of(found.await?))
}

/// Answers `/providers/Microsoft.Management/managementGroups/{name}`.
pub(super) async fn one(call: &Call, name: &str) -> Result<Response, ServiceError> {
    let tenant = call.state.identity.tenant();
    let found = call.read(|world, caller| {
        let id = format!("/providers/{KIND}/{name}");
        may(world, caller, READ, &id)?;
        let Some(group) = world.container(&ScopeKey::of(&id)) else {
            let message = format!("'{id}' not found");
            return Err(ServiceError::with(NOT_FOUND, message));
        };
        Ok(to_json(world, group, tenant))
    });
    Ok(ok(found.await?))
}

fn to_json(world: &World, group: &Container, tenant: Uuid) -> Value {
    let parent = group.parent.as_deref().map(|id| {
        let (display_name, _) = world.describe_scope(id);
        json!({ "id": id, "name": id.rsplit('/').next(), "displayName": display_name })
    });
    let children = world.containers().filter(|one| {
        one.parent.as_deref().is_some_and(|parent| parent.eq_ignore_ascii_case(&group.id))
    });
    let children = children.map(|one| {
        let subscription = kind(one) == Some(ScopeKind::Subscription);
        json!({
            "id": one.id,
            "type": if subscription { "/subscriptions" } else { KIND },
            "name": one.id.rsplit('/').next(),
            "displayName": one.display_name,
        })
    });
    json!({
        "id": group.id,
        "type": KIND,
        "name": group.id.rsplit('/').next(),
        "properties": {
            "tenantId": tenant,
            "displayName": group.display_name,
            "details": { "parent": parent },
            "children": children.collect::<Vec<_>>(),
        },
    })
}
