//! Role assignments and definitions, and what the caller may do.

use super::{Call, Filter, at, filtered, nothing, reader, version};
use crate::answer::{self, AssignmentAnswer, ChildResource, Page, Permission, RoleDefinition};
use crate::http::{self, HttpRequest, Method};
use pim_model::{RoleAssignment, Scope};
use uuid::Uuid;

/// Lists role assignments.
#[must_use]
pub fn role_assignments(scope: &Scope, filter: &Filter) -> Call<Page<AssignmentAnswer>> {
    let path = filtered(at(scope, "roleAssignments", version::ROLES), filter);
    Call::new(HttpRequest::get(path), reader!(page answer::assignment))
}

/// Reads a role assignment.
#[must_use]
pub fn role_assignment(scope: &Scope, name: Uuid) -> Call<AssignmentAnswer> {
    let path = at(scope, &format!("roleAssignments/{name}"), version::ROLES);
    Call::new(HttpRequest::get(path), reader!(one answer::assignment))
}

/// Creates a role assignment under a name, outside PIM.
#[must_use]
pub fn create_role_assignment(
    assignment: &RoleAssignment,
    scope: &Scope,
    name: Uuid,
) -> Call<AssignmentAnswer> {
    let path = at(scope, &format!("roleAssignments/{name}"), version::ROLES);
    let request = HttpRequest::with_body(Method::Put, path, assignment.to_json());
    Call::new(request, reader!(one answer::assignment))
}

/// Deletes a role assignment.
#[must_use]
pub fn delete_role_assignment(scope: &Scope, name: Uuid) -> Call<()> {
    let path = at(scope, &format!("roleAssignments/{name}"), version::ROLES);
    Call::new(HttpRequest::bare(Method::Delete, path), nothing)
}

/// Lists role definitions.
#[must_use]
pub fn role_definitions(scope: &Scope, filter: &Filter) -> Call<Page<RoleDefinition>> {
    let path = filtered(at(scope, "roleDefinitions", version::ROLES), filter);
    Call::new(HttpRequest::get(path), reader!(page answer::role_definition))
}

/// Reads a role definition.
#[must_use]
pub fn role_definition(scope: &Scope, role: Uuid) -> Call<RoleDefinition> {
    let path = at(scope, &format!("roleDefinitions/{role}"), version::ROLES);
    Call::new(HttpRequest::get(path), reader!(one answer::role_definition))
}

/// Lists the places below a scope where the caller is eligible for a role.
#[must_use]
pub fn eligible_child_resources(scope: &Scope, kinds: &[&str]) -> Call<Page<ChildResource>> {
    let filter: Vec<String> =
        kinds.iter().map(|kind| format!("resourceType eq '{kind}'")).collect();
    let mut path = at(scope, "eligibleChildResources", version::PIM);
    if !filter.is_empty() {
        path.push_str("&$filter=");
        path.push_str(&http::query(&filter.join(" or ")));
    }
    Call::new(HttpRequest::get(path), reader!(page answer::child_resource))
}

/// Lists what the caller may do at a scope.
#[must_use]
pub fn permissions(scope: &Scope) -> Call<Page<Permission>> {
    let path = at(scope, "permissions", version::ROLES);
    Call::new(HttpRequest::get(path), reader!(page answer::permission))
}
