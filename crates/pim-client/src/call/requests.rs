//! Schedule requests.

use super::{Call, Filter, at, by_id, filtered, nothing, reader, version};
use crate::answer::{self, Page, RequestAnswer};
use crate::http::{HttpRequest, Method};
use pim_model::{Family, ScheduleRequest, Scope};
use uuid::Uuid;

fn path(scope: &Scope, family: Family, rest: &str) -> String {
    at(scope, &format!("{}{rest}", family.request_kind()), version::PIM)
}

/// Sends a request under a name. A name is used up by the first request that the service takes.
#[must_use]
pub fn submit_request(request: &ScheduleRequest, scope: &Scope, name: Uuid) -> Call<RequestAnswer> {
    let path = path(scope, request.family, &format!("/{name}"));
    Call::new(
        HttpRequest::with_body(Method::Put, path, request.to_json()),
        reader!(one answer::request),
    )
}

/// Asks what would become of a request; nothing is created.
#[must_use]
pub fn validate_request(
    request: &ScheduleRequest,
    scope: &Scope,
    name: Uuid,
) -> Call<RequestAnswer> {
    let path = path(scope, request.family, &format!("/{name}/validate"));
    Call::new(
        HttpRequest::with_body(Method::Post, path, request.to_json()),
        reader!(one answer::request),
    )
}

/// Reads a request.
#[must_use]
pub fn request(scope: &Scope, family: Family, name: Uuid) -> Call<RequestAnswer> {
    let path = path(scope, family, &format!("/{name}"));
    Call::new(HttpRequest::get(path), reader!(one answer::request))
}

/// Reads a request by its whole id.
#[must_use]
pub fn request_by_id(id: &str) -> Call<RequestAnswer> {
    Call::new(HttpRequest::get(by_id(id, "", version::PIM)), reader!(one answer::request))
}

/// Lists requests; those older than about 45 days are gone (*observed*:
/// terraform-provider-azurerm, read 2026-11).
#[must_use]
pub fn requests(scope: &Scope, family: Family, filter: &Filter) -> Call<Page<RequestAnswer>> {
    let path = filtered(path(scope, family, ""), filter);
    Call::new(HttpRequest::get(path), reader!(page answer::request))
}

/// Takes back a request that has not been carried out.
#[must_use]
pub fn cancel_request(scope: &Scope, family: Family, name: Uuid) -> Call<()> {
    let path = path(scope, family, &format!("/{name}/cancel"));
    Call::new(HttpRequest::bare(Method::Post, path), nothing)
}
