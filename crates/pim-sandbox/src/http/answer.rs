//! Answers: a status, a JSON body, and the headers every answer of Azure has.

use crate::engine::{Code, ServiceError};
use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
const CORRELATION_ID: HeaderName = HeaderName::from_static("x-ms-correlation-request-id");
const ERROR_CODE: HeaderName = HeaderName::from_static("x-ms-error-code");

/// What a handler answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    status: StatusCode,
    body: Option<Value>,
    location: Option<String>,
}

impl Answer {
    pub(crate) const fn ok(body: Value) -> Self {
        Self::new(StatusCode::OK, body)
    }

    pub(crate) const fn created(body: Value) -> Self {
        Self::new(StatusCode::CREATED, body)
    }

    pub(crate) const fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body: Some(body), location: None }
    }

    /// Answers a status alone.
    pub(crate) const fn empty(status: StatusCode) -> Self {
        Self { status, body: None, location: None }
    }
}

impl Answer {
    /// Says where the outcome will be.
    pub(crate) fn at(mut self, location: String) -> Self {
        self.location = Some(location);
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let body = self.body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        json_headers(headers);
        if let Some(location) = self.location.and_then(|text| HeaderValue::try_from(text).ok()) {
            headers.insert(LOCATION, location);
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

impl IntoResponse for ServiceError {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Response::new(Body::from(self.body().to_string()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        json_headers(headers);
        headers.insert(ERROR_CODE, HeaderValue::from_static(self.code.name));
        if self.code == Code::UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// Refuses a verb, in the other layout of errors (*observed*: terraform-provider-azapi issue 685,
/// read 2026-11).
pub(crate) fn method_not_allowed(method: &str, allowed: &'static str) -> Response {
    let message = format!("The requested resource does not support http method '{method}'.");
    let mut response = Response::new(Body::from(json!({ "message": message }).to_string()));
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    json_headers(response.headers_mut());
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

fn json_headers(headers: &mut HeaderMap) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert("cache-control", HeaderValue::from_static("no-cache"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    let id = Uuid::new_v4().to_string();
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(REQUEST_ID, id.clone());
        headers.insert(CORRELATION_ID, id);
    }
}
