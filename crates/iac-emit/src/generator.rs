//! One generator for each target.

pub(crate) mod arm;
pub(crate) mod az_rest;
pub(crate) mod az_rest_powershell;
pub(crate) mod az_role_assignment;
pub(crate) mod azapi;
pub(crate) mod azuread;
pub(crate) mod azurerm;
pub(crate) mod azurerm_policy;
pub(crate) mod bicep;
pub(crate) mod graph;
pub(crate) mod powershell;
pub(crate) mod rest;

use pim_model::Scope;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::plan::Plan;

/// How the id of a role definition is written in a template: the function that gives the id as it
/// is seen from the deployment, and the GUID; nothing if the id is another one.
fn role_function(plan: &Plan) -> Option<(&'static str, Uuid)> {
    let function = match &plan.scope {
        Scope::Tenant => "tenantResourceId",
        Scope::ManagementGroup { .. } => "managementGroupResourceId",
        Scope::Subscription { .. } | Scope::ResourceGroup { .. } | Scope::Resource { .. } => {
            "subscriptionResourceId"
        }
    };
    Some((function, plan.role_seen_from_scope()?))
}

/// The type, with its provider, and the names of the resource that is the scope.
fn resource_parts(scope: &Scope) -> Option<(String, Vec<String>)> {
    let Scope::Resource { provider, path, .. } = scope else { return None };
    let kinds: Vec<_> = path.iter().map(|part| part.kind.as_str()).collect();
    let names = path.iter().map(|part| part.name.clone()).collect();
    Some((format!("{provider}/{}", kinds.join("/")), names))
}

/// The properties that have a value, in the order of the wire.
fn properties(plan: &Plan) -> impl Iterator<Item = (&String, &Json)> {
    plan.properties.iter().filter(|(_, value)| !value.is_null())
}

/// The request as it goes over the wire.
fn body(plan: &Plan) -> Json {
    let properties = properties(plan).map(|(name, value)| (name.clone(), value.clone())).collect();
    serde_json::json!({ "properties": Json::Object(properties) })
}
