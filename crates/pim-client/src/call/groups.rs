//! PIM for Groups, in Microsoft Graph.

use super::{Call, nothing, reader};
use crate::answer::{self, GroupAnswer, Page};
use crate::http::{self, HttpRequest, Method, Service};
use pim_model::{Family, GroupRequest};
use serde_json::Value;
use uuid::Uuid;

const ROOT: &str = "/v1.0/identityGovernance/privilegedAccess/group";

fn graph(request: HttpRequest) -> HttpRequest {
    HttpRequest { service: Service::Graph, ..request }
}

fn of_group(kind: &str, group: Uuid) -> HttpRequest {
    let filter = http::query(&format!("groupId eq '{group}'"));
    graph(HttpRequest::get(format!("{ROOT}/{kind}?$filter={filter}")))
}

/// Sends a request. It has no name of the sender's choice, so it must not be sent again before
/// [`group_requests`] was asked.
#[must_use]
pub fn submit_group_request(request: &GroupRequest) -> Call<GroupAnswer> {
    let path = format!("/v1.0{}", request.path());
    let request = HttpRequest::with_body(Method::Post, path, request.to_json());
    Call::new(graph(request), reader!(one answer::group_request))
}

/// Lists the requests of a group.
#[must_use]
pub fn group_requests(family: Family, group: Uuid) -> Call<Page<GroupAnswer>> {
    Call::new(of_group(family.graph_kind(), group), reader!(page answer::group_request))
}

/// Takes back a request.
#[must_use]
pub fn cancel_group_request(family: Family, id: &str) -> Call<()> {
    let id = http::path(id);
    let path = format!("{ROOT}/{}{id}/cancel", family.graph_kind());
    Call::new(graph(HttpRequest::bare(Method::Post, path)), nothing)
}

/// Lists the schedules of a group, as Microsoft Graph writes them.
#[must_use]
pub fn group_schedules(family: Family, group: Uuid) -> Call<Page<Value>> {
    let kind = match family {
        Family::Eligibility => "eligibilitySchedules",
        Family::Assignment => "assignmentSchedules",
    };
    Call::new(of_group(kind, group), |body| answer::page(body, |item| Ok(item.clone())))
}
