//! What every request must be like before a handler sees it.

mod path;

use crate::server::Listen;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    self, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::timeout::TimeoutLayer;
use uuid::Uuid;

/// The largest body of a request, in bytes, where its handler does not say otherwise.
pub(crate) const MAX_BODY_BYTES: usize = 1024 * 1024;

/// The longest path and query, in bytes.
const MAX_TARGET_BYTES: usize = 16 * 1024;

/// Puts the guard around everything that answers.
pub(crate) fn guarded(router: Router, listen: &Listen) -> Router {
    let hosts: Arc<[String]> = listen.hosts.iter().map(|host| host.to_lowercase()).collect();
    router
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            listen.limits.request_time,
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(cors(listen))
        .layer(middleware::from_fn_with_state(hosts, guard))
}

/// Pages of these origins may call; of no other. Tokens travel in a header, never in a cookie, so no
/// credentials are allowed.
fn cors(listen: &Listen) -> CorsLayer {
    let origins = listen.origins.iter().filter_map(|origin| origin.parse().ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([
            Method::GET,
            Method::HEAD,
            Method::PUT,
            Method::POST,
            Method::PATCH,
            Method::DELETE,
        ])
        .allow_headers(tower_http::cors::AllowHeaders::mirror_request())
        .expose_headers([header::LOCATION, RETRY_AFTER, WWW_AUTHENTICATE, REQUEST_ID])
        .max_age(Duration::from_secs(600))
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");

async fn guard(State(hosts): State<Arc<[String]>>, mut request: Request, next: Next) -> Response {
    let mut response = match refuse(&hosts, &request) {
        Some(refusal) => refusal,
        None => {
            path::tidy(request.uri_mut());
            next.run(request).await
        }
    };
    add_headers(response.headers_mut());
    response
}

/// Says why a request is not looked at.
fn refuse(hosts: &[String], request: &Request) -> Option<Response> {
    let headers = request.headers();
    if !is_own_host(hosts, headers) {
        return Some(error(
            StatusCode::MISDIRECTED_REQUEST,
            "InvalidHostHeader",
            "The Host header is no name of this sandbox. Call it as localhost, or start it with \
             the name.",
        ));
    }
    let target = request.uri().path_and_query().map_or("", |target| target.as_str());
    if target.len() > MAX_TARGET_BYTES {
        return Some(error(
            StatusCode::URI_TOO_LONG,
            "RequestUriTooLong",
            &format!("The path and query are longer than {MAX_TARGET_BYTES} bytes."),
        ));
    }
    if let Err(fault) = path::check(request.uri().path()) {
        return Some(error(StatusCode::BAD_REQUEST, "InvalidResourcePath", fault));
    }
    if !has_known_body(request) {
        return Some(error(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UnsupportedMediaType",
            "The content media type of the body is not supported. Only 'application/json' is.",
        ));
    }
    None
}

/// Whether a request was sent to a name of this computer. A page of another site can have its own
/// name lead here (DNS rebinding); its requests then still carry that name.
fn is_own_host(hosts: &[String], headers: &HeaderMap) -> bool {
    let mut found = headers.get_all(HOST).iter();
    let (Some(host), None) = (found.next(), found.next()) else { return false };
    let Ok(host) = host.to_str() else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    // An address cannot be made to lead elsewhere, so any address that arrived here is ours.
    bare.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
}

/// Whether a body is of a kind that handlers read: JSON, or the form of the token endpoint. Anything
/// else is refused, so that a plain form of another site cannot write.
fn has_known_body(request: &Request) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let empty = length.is_none_or(|length| length == "0")
        && !request.headers().contains_key(header::TRANSFER_ENCODING);
    if empty || matches!(*request.method(), Method::GET | Method::HEAD) {
        return true;
    }
    let media_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = media_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
        || (essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
            && super::identity::takes_forms(request.uri().path()))
}

/// Adds what every answer carries.
fn add_headers(headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CACHE_CONTROL, "no-cache, no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    let mut text = Uuid::encode_buffer();
    let id: &str = Uuid::new_v4().hyphenated().encode_lower(&mut text);
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.entry(REQUEST_ID).or_insert(id);
    }
}

fn error(status: StatusCode, code: &str, message: &str) -> Response {
    (status, axum::Json(json!({ "error": { "code": code, "message": message } }))).into_response()
}

/// Answers for a handler that failed. What it said stays with the server.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response<Body> {
    error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalServerError",
        "The sandbox failed at this request; nothing of it was done.",
    )
}

#[cfg(test)]
mod tests;
