//! Microsoft Graph: the directory, and PIM for Groups (*documented*: learn.microsoft.com/graph/api/
//! resources/privilegedidentitymanagement-for-groups-api-overview, 2026-11).

mod call;
mod directory;
mod fault;
mod list;
mod membership;
mod object;
mod pim;
mod policies;

use super::{AppState, Origin, authenticate};
use crate::identity::Audience;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use call::Call;
use fault::Fault;

/// Returns what it answers. `/graph` is in front for clients that were told of it by
/// `/metadata/endpoints`.
pub(crate) fn routes() -> Router<AppState> {
    ["/v1.0", "/beta", "/graph/v1.0", "/graph/beta"]
        .into_iter()
        .fold(Router::new(), |router, at| router.route(&format!("{at}/{{*path}}"), any(answer)))
}

async fn answer(State(state): State<AppState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let origin = Origin::of(&parts);
    let caller = match authenticate(&state, &parts.headers, &origin, Audience::Graph).await {
        Ok(caller) => caller,
        Err(refusal) => {
            let (code, message) = refusal.error();
            return refusal.response(Fault::new(401, code, message).body());
        }
    };
    let body = match Bytes::from_request(Request::new(body), &()).await {
        Ok(body) => body,
        Err(rejection) => return rejection.into_response(),
    };
    let answer = match Call::new(state, caller, &parts, body) {
        Ok(call) => dispatch(&call).await,
        Err(fault) => Err(fault),
    };
    answer.unwrap_or_else(IntoResponse::into_response)
}

/// Finds what a path is about. Graph does not count the letter case of its words.
async fn dispatch(call: &Call) -> Result<Response, Fault> {
    let lower: Vec<String> = call.segments.iter().map(|one| one.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match lower.as_slice() {
        ["organization"] if call.method == Method::GET => directory::organization(call),
        ["me", rest @ ..] => directory::me(call, rest).await,
        ["directoryobjects", "getbyids"] if call.method == Method::POST => {
            directory::get_by_ids(call).await
        }
        [kind @ ("users" | "groups" | "serviceprincipals" | "directoryobjects"), rest @ ..] => {
            directory::of_kind(call, kind, rest).await
        }
        ["identitygovernance", "privilegedaccess", "group", rest @ ..] => {
            pim::answer(call, rest).await
        }
        ["policies", "rolemanagementpolicies", rest @ ..] => policies::answer(call, rest).await,
        ["policies", "rolemanagementpolicyassignments", rest @ ..] => {
            policies::assignments(call, rest).await
        }
        _ => Err(call.unknown()),
    }
}
