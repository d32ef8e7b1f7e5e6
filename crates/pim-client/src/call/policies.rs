//! Role management policies.

use super::{Call, Filter, at, by_id, filtered, reader, version};
use crate::answer::{self, Page};
use crate::http::{HttpRequest, Method};
use pim_model::policy::Rule;
use pim_model::{Policy, Scope};

/// Lists the policies of the roles at a scope, by way of their assignments; the id of each is that
/// of the policy itself, which changes with every update.
#[must_use]
pub fn policy_assignments(scope: &Scope, filter: &Filter) -> Call<Page<Policy>> {
    let path = filtered(at(scope, "roleManagementPolicyAssignments", version::PIM), filter);
    Call::new(HttpRequest::get(path), reader!(page answer::policy))
}

/// Lists the policies at a scope.
#[must_use]
pub fn policies(scope: &Scope, filter: &Filter) -> Call<Page<Policy>> {
    let path = filtered(at(scope, "roleManagementPolicies", version::PIM), filter);
    Call::new(HttpRequest::get(path), reader!(page answer::policy))
}

/// Reads a policy by its whole id.
#[must_use]
pub fn policy(id: &str) -> Call<Policy> {
    Call::new(HttpRequest::get(by_id(id, "", version::PIM)), reader!(one answer::policy))
}

/// Changes some rules of a policy; the others stay.
#[must_use]
pub fn patch_policy<'r>(id: &str, rules: impl IntoIterator<Item = &'r Rule>) -> Call<Policy> {
    let path = by_id(id, "", version::PIM);
    let body = Policy::patch_body(rules);
    Call::new(HttpRequest::with_body(Method::Patch, path, body), reader!(one answer::policy))
}
