//! A client of a sandbox in memory, without a network.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use pim_sandbox::{Listen, Location, Sandbox, Seed};
use serde_json::{Value, json};
use tower::ServiceExt;

pub(crate) const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
pub(crate) const AUTHORIZATION: &str = "providers/Microsoft.Authorization";
pub(crate) const TENANT_ROLES: &str = "providers/Microsoft.Authorization/roleDefinitions";
pub(crate) const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

pub(crate) struct Client {
    router: Router,
    token: Option<String>,
    _sandbox: std::sync::Arc<Sandbox>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The body, once the status is what it should be.
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// The code of the error.
    pub(crate) fn code(&self) -> String {
        let body = self.json();
        body["error"]["code"].as_str().or(body["error"].as_str()).unwrap_or_default().to_owned()
    }
}

/// The ids of the items of a list.
pub(crate) fn ids(list: &Value) -> Vec<String> {
    let items = list["value"].as_array().unwrap().iter();
    items.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

impl Client {
    pub(crate) async fn new() -> Self {
        Self::seeded(None).await
    }

    pub(crate) async fn seeded(seed: Option<Seed>) -> Self {
        let sandbox = Sandbox::open(&Location::Memory, seed).await.unwrap();
        Self {
            router: sandbox.service(&Listen::loopback()),
            token: None,
            _sandbox: std::sync::Arc::new(sandbox),
        }
    }

    /// The same sandbox as somebody else, for an API: `arm` or `graph`.
    pub(crate) async fn sign_in(&self, who: &str, audience: &str) -> Self {
        let body = json!({ "as": who, "audience": audience, "mfa": true });
        let answer = self.send(Method::POST, "/sandbox/token", Some(body)).await.expect(200);
        let token = answer["access_token"].as_str().unwrap().to_owned();
        Self {
            router: self.router.clone(),
            token: Some(token),
            _sandbox: std::sync::Arc::clone(&self._sandbox),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = Request::builder().method(method).uri(escaped(path));
        let request = request.header("content-type", "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.request(request, body).await
    }

    /// Sends a form, as a browser or an OAuth client does.
    pub(crate) async fn form(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        let form = form.extend_pairs(pairs).finish();
        let request = Request::builder().method(Method::POST).uri(escaped(path));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.request(request, Body::from(form)).await
    }

    pub(crate) async fn request(
        &self,
        request: axum::http::request::Builder,
        body: Body,
    ) -> Answer {
        let request = request.header("host", "localhost");
        let request = match &self.token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }
}

/// Spaces and quotes of filters, as clients escape them.
fn escaped(path: &str) -> String {
    path.replace(' ', "%20").replace('\'', "%27")
}
