//! Tenants and subscriptions.

use super::{Call, list_of, may, ok};
use crate::engine::{Caller, Code, Container, Evidence, ScopeKey, ServiceError, State, World};
use axum::response::Response;
use pim_model::{Family, Scope, ScopeKind};
use serde_json::{Value, json};
use uuid::Uuid;

const READ: &str = "Microsoft.Resources/subscriptions/read";

/// No subscription of that id (every client, 2026-11).
const NOT_FOUND: Code =
    Code { name: "SubscriptionNotFound", status: 404, message: "", evidence: Evidence::Observed };

/// Answers `/tenants`.
pub(super) fn tenants(call: &Call) -> Result<Response, ServiceError> {
    let id = call.state.identity.tenant();
    Ok(list_of(vec![json!({
        "id": format!("/tenants/{id}"),
        "tenantId": id,
        "tenantCategory": "Home",
        "displayName": "grantif sandbox",
        "defaultDomain": "localhost",
        "domains": ["localhost"],
    })]))
}

/// Answers `/subscriptions`: those the caller has an active role on, above or within (*documented*:
/// learn.microsoft.com/azure/role-based-access-control/overview, 2026-11). An eligible role alone
/// shows nothing.
pub(super) async fn list(call: &Call) -> Result<Response, ServiceError> {
    let tenant = call.state.identity.tenant();
    let found = call.read(|world, caller| {
        let within = scopes_of(world, caller);
        let all = world.containers().filter(|one| kind(one) == Some(ScopeKind::Subscription));
        let visible = all.filter(|one| {
            let key = ScopeKey::of(&one.id);
            within.iter().any(|scope| lies_in(scope, key.as_str()))
                || may(world, caller, READ, &one.id).is_ok()
        });
        Ok(visible.map(|one| to_json(one, tenant)).collect())
    });
    Ok(list_of(found.await?))
}

/// Answers `/subscriptions/{id}`.
pub(super) async fn one(call: &Call, id: &str) -> Result<Response, ServiceError> {
    let tenant = call.state.identity.tenant();
    let found = call.read(|world, caller| {
        let container = find(world, id)?;
        may(world, caller, READ, &container.id)?;
        Ok(to_json(container, tenant))
    });
    Ok(ok(found.await?))
}

/// Answers `/subscriptions/{id}/locations`: one, in which everything of the sandbox lies.
pub(super) async fn locations(call: &Call, id: &str) -> Result<Response, ServiceError> {
    let found = call.read(|world, caller| {
        let container = find(world, id)?;
        may(world, caller, "Microsoft.Resources/subscriptions/locations/read", &container.id)?;
        Ok(json!({
            "id": format!("{}/locations/{LOCATION}", container.id),
            "name": LOCATION,
            "displayName": "West Europe",
            "regionalDisplayName": "(Europe) West Europe",
            "type": "Region",
            "metadata": { "regionType": "Physical", "regionCategory": "Recommended" },
        }))
    });
    Ok(list_of(vec![found.await?]))
}

/// The location of what was made without one.
pub(super) const LOCATION: &str = "westeurope";

/// Returns a subscription.
pub(super) fn find<'w>(world: &'w World, id: &str) -> Result<&'w Container, ServiceError> {
    let key = ScopeKey::of(&format!("/subscriptions/{id}"));
    let container = Uuid::try_parse(id).ok().and_then(|_| world.container(&key));
    container.map(AsRef::as_ref).ok_or_else(|| {
        ServiceError::with(NOT_FOUND, format!("The subscription '{id}' could not be found."))
    })
}

/// Returns what kind of scope a container is.
pub(super) fn kind(container: &Container) -> Option<ScopeKind> {
    container.id.parse::<Scope>().ok().map(|scope| scope.kind())
}

/// Returns the scopes of a caller's active assignments, in lower case.
pub(super) fn scopes_of(world: &World, caller: &Caller) -> Vec<String> {
    let assignments = world.schedules(Family::Assignment);
    let identities = world.identities(caller.id);
    let held = identities.iter().flat_map(|id| assignments.held_anywhere(*id));
    let current = held.filter(|one| one.state == State::Current);
    current.map(|one| one.scope.to_lowercase()).collect()
}

/// Whether a scope is another one or lies in it; both in lower case.
pub(super) fn lies_in(scope: &str, other: &str) -> bool {
    scope.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn to_json(container: &Container, tenant: Uuid) -> Value {
    let id = container.id.rsplit('/').next().unwrap_or_default();
    json!({
        "id": container.id,
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": id,
        "tenantId": tenant,
        "displayName": container.display_name,
        "state": "Enabled",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    })
}
