//! A sandbox in this process, and a client of it.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use pim_sandbox::{Listen, Location, Sandbox, Seed, TokenAudience};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

pub(crate) const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
pub(crate) const GROUP: &str =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app";

pub(crate) const ACR_PUSH: &str = "8311e382-0749-4cb8-b61a-304f252e45ec";
pub(crate) const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
pub(crate) const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";
pub(crate) const USER_ACCESS_ADMINISTRATOR: &str = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";

/// A sandbox that is served on a free port.
pub(crate) struct Server {
    sandbox: Sandbox,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    served: JoinHandle<()>,
}

impl Server {
    /// Starts one in memory.
    pub(crate) async fn start() -> Self {
        Self::open(&Location::Memory, None).await
    }

    pub(crate) async fn in_directory(path: &Path) -> Self {
        Self::open(&Location::Directory(path.to_owned()), None).await
    }

    pub(crate) async fn open(location: &Location, seed: Option<Seed>) -> Self {
        let sandbox = Sandbox::open(location, seed).await.unwrap();
        let listen = Listen { https_port: None, pages: true, ..Listen::loopback() };
        let listening = sandbox.listen(&listen).await.unwrap();
        let address = listening.http().unwrap();
        let (stop, stopped) = watch::channel(false);
        let served = tokio::spawn(listening.serve(stopped));
        Self { sandbox, address, stop, served }
    }

    /// Connects as somebody who signed in with multi-factor authentication.
    pub(crate) async fn connect(&self, who: &str) -> Client {
        self.connect_for(who, TokenAudience::Arm).await
    }

    pub(crate) async fn connect_for(&self, who: &str, audience: TokenAudience) -> Client {
        let token = self.sandbox.token(who, true, Vec::new(), audience).await.unwrap();
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Client { sender, host: self.address.to_string(), token: Some(token) }
    }

    pub(crate) async fn id(&self, name: &str) -> Uuid {
        let callers = self.sandbox.callers().await.unwrap();
        callers.iter().find(|one| one.name == name).unwrap().id
    }

    pub(crate) async fn stop(self) {
        self.stop.send(true).unwrap();
        self.served.await.unwrap();
        self.sandbox.close().await;
    }
}

/// One connection.
pub(crate) struct Client {
    sender: SendRequest<Body>,
    host: String,
    pub(crate) token: Option<String>,
}

/// A status and a body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// The `Content-Security-Policy`.
    pub(crate) policy: String,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Reply {
    /// Returns the code of a refusal, or the empty text.
    pub(crate) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    pub(crate) fn property(&self, name: &str) -> &Value {
        &self.body["properties"][name]
    }

    pub(crate) fn items(&self) -> &[Value] {
        self.body["value"].as_array().map_or(&[], Vec::as_slice)
    }
}

impl Client {
    pub(crate) async fn send(&mut self, method: &str, path: &str, body: Option<Value>) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header("host", &self.host);
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let body = match body {
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.sender.ready().await.unwrap();
        let response = self.sender.send_request(request.body(body).unwrap()).await.unwrap();
        let status = response.status();
        let policy = response.headers().get("content-security-policy");
        let policy = policy.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let bytes = to_bytes(Body::new(response.into_body()), usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{method} {path}: {body}");
        Reply { status: status.as_u16(), policy, text, body }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, None).await
    }

    pub(crate) async fn put(&mut self, path: &str, body: Value) -> Reply {
        self.send("PUT", path, Some(body)).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: Value) -> Reply {
        self.send("POST", path, Some(body)).await
    }

    /// Moves the clock ahead.
    pub(crate) async fn wait(&mut self, time: &str) {
        let reply = self.post("/sandbox/clock", json!({ "advance": time })).await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }

    /// Sends a schedule request of a new name.
    pub(crate) async fn ask(&mut self, family: &str, scope: &str, properties: Value) -> Reply {
        let path = pim(scope, &format!("role{family}ScheduleRequests/{}", Uuid::new_v4()));
        self.put(&path, json!({ "properties": properties })).await
    }

    /// Writes a role assignment of a new name.
    pub(crate) async fn assign(&mut self, scope: &str, role: &str, principal: Uuid) -> Reply {
        let path = plain(scope, &format!("roleAssignments/{}", Uuid::new_v4()));
        let properties = json!({ "principalId": principal, "roleDefinitionId": role_id(role) });
        self.put(&path, json!({ "properties": properties })).await
    }
}

pub(crate) fn role_id(role: &str) -> String {
    format!("{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}")
}

/// Returns a path of Privileged Identity Management.
pub(crate) fn pim(scope: &str, rest: &str) -> String {
    let mark = if rest.contains('?') { '&' } else { '?' };
    format!("{scope}/providers/Microsoft.Authorization/{rest}{mark}api-version=2020-10-01")
}

/// Returns a path of role assignments and role definitions.
pub(crate) fn plain(scope: &str, rest: &str) -> String {
    let mark = if rest.contains('?') { '&' } else { '?' };
    format!("{scope}/providers/Microsoft.Authorization/{rest}{mark}api-version=2022-04-01")
}

/// The properties of a request for a role that ends after a time.
pub(crate) fn wanted(kind: &str, role: &str, principal: Uuid, duration: &str) -> Value {
    json!({
        "principalId": principal,
        "roleDefinitionId": role_id(role),
        "requestType": kind,
        "justification": "a test",
        "scheduleInfo": { "expiration": { "type": "AfterDuration", "duration": duration } },
    })
}
