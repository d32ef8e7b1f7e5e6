//! The connection.

use crate::failure::Failure;
use crate::input::read_file;
use pim_client::{Cloud, HttpRequest, HttpResponse, Method, Token};
use reqwest::header::{AUTHORIZATION, DATE, HeaderMap, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use reqwest::{Certificate, Client, redirect};
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;
use tokio::runtime::Runtime;

/// The largest answer that is read, in bytes.
const MAX_BODY: usize = pim_model::MAX_DOCUMENT_BYTES;

/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(15);

/// How long an answer may take as a whole.
const ANSWER: Duration = Duration::from_secs(60);

/// Sends requests and waits, and can be interrupted at both.
pub(super) struct Transport {
    runtime: Runtime,
    client: Client,
    cloud: Cloud,
    /// Ctrl-C, once it is looked out for; it then no longer ends the program by itself.
    interrupt: Option<Pin<Box<dyn Future<Output = ()>>>>,
}

/// Why there is no answer.
pub(super) enum Missing {
    /// The user does not want to wait any longer.
    Interrupted,
    /// No connection could be opened, so the service got nothing.
    Unreachable(String),
    /// The connection broke, or it took too long.
    Lost(String),
    /// The request cannot be sent at all.
    Wrong(Failure),
}

impl Transport {
    pub(super) fn new(cloud: Cloud, ca_file: Option<&Path>) -> Result<Self, Failure> {
        // Where a provider is there already, it is as good.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let failed = |error: &dyn std::fmt::Display| {
            Failure::new(format!("cannot make ready to connect: {error}"))
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| failed(&error))?;
        let mut builder = Client::builder()
            .user_agent(concat!("grantif/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT)
            .timeout(ANSWER);
        if let Some(path) = ca_file {
            let text = read_file(path)?;
            let certificates = Certificate::from_pem_bundle(text.as_bytes()).unwrap_or_default();
            if certificates.is_empty() {
                let message = format!("`{}` has no certificate", path.display());
                return Err(
                    Failure::new(message).help("expected PEM, `-----BEGIN CERTIFICATE-----`")
                );
            }
            builder = builder.tls_certs_merge(certificates);
        }
        if Cloud::of_name(&cloud.name).is_none() {
            // What is on this machine is not reached through a proxy.
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| failed(&error))?;
        Ok(Self { runtime, client, cloud, interrupt: None })
    }

    pub(super) const fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Looks out for Ctrl-C from now on.
    pub(super) fn watch(&mut self) {
        if self.interrupt.is_none() {
            let _inside = self.runtime.enter();
            let waiting = tokio::signal::ctrl_c();
            self.interrupt = Some(Box::pin(async {
                if waiting.await.is_err() {
                    // Where the system has no such signal, it never comes.
                    std::future::pending::<()>().await;
                }
            }));
        }
    }

    /// Waits, and says whether the user had enough.
    pub(super) fn wait(&mut self, time: Duration) -> bool {
        let Self { runtime, interrupt, .. } = self;
        runtime.block_on(async {
            tokio::select! {
                () = interrupted(interrupt) => true,
                () = tokio::time::sleep(time) => false,
            }
        })
    }

    /// Sends a request to the service and to nowhere else, and returns what it answers.
    pub(super) fn send(
        &mut self,
        request: &HttpRequest,
        token: &Token,
    ) -> Result<HttpResponse, Missing> {
        let wrong = |message: String| Missing::Wrong(Failure::new(message));
        let url = self.cloud.url(request).map_err(|error| wrong(error.to_string()))?;
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Put => reqwest::Method::PUT,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", token.reveal()))
            .map_err(|_| wrong("the token cannot stand in a header".to_owned()))?;
        bearer.set_sensitive(true);
        let mut builder = self.client.request(method, url).header(AUTHORIZATION, bearer);
        // A POST without a body still has its length.
        if let Some(body) = &request.body {
            builder = builder
                .header(reqwest::header::CONTENT_TYPE, "application/json")
                .body(body.to_string());
        } else if request.method == Method::Post {
            builder = builder.header(reqwest::header::CONTENT_LENGTH, "0");
        }
        let Self { runtime, interrupt, .. } = self;
        runtime.block_on(async {
            tokio::select! {
                () = interrupted(interrupt) => Err(Missing::Interrupted),
                answer = answer(builder) => answer,
            }
        })
    }
}

async fn interrupted(interrupt: &mut Option<Pin<Box<dyn Future<Output = ()>>>>) {
    match interrupt {
        Some(waiting) => waiting.await,
        None => std::future::pending().await,
    }
}

async fn answer(builder: reqwest::RequestBuilder) -> Result<HttpResponse, Missing> {
    let mut response = builder.send().await.map_err(missing)?;
    let header = |headers: &HeaderMap, name| {
        headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::to_owned)
    };
    let mut answer = HttpResponse {
        status: response.status().as_u16(),
        retry_after: header(response.headers(), RETRY_AFTER),
        www_authenticate: header(response.headers(), WWW_AUTHENTICATE),
        date: header(response.headers(), DATE),
        body: String::new(),
    };
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(missing)? {
        if body.len() + chunk.len() > MAX_BODY {
            let message = format!("the answer has more than {} MiB", MAX_BODY >> 20);
            return Err(Missing::Wrong(Failure::new(message)));
        }
        body.extend_from_slice(&chunk);
    }
    answer.body = String::from_utf8_lossy(&body).into_owned();
    Ok(answer)
}

/// Says in words what went wrong with a connection. The URL is left out: it is known, and long.
fn missing(error: reqwest::Error) -> Missing {
    let is_connect = error.is_connect();
    let timed_out = error.is_timeout();
    let error = error.without_url();
    let mut text = String::new();
    let mut source: Option<&dyn std::error::Error> = Some(&error);
    for _ in 0..8 {
        let Some(one) = source else { break };
        // The innermost reason is the one that helps.
        text = one.to_string();
        source = one.source();
    }
    if let Some(at) = text.find(" (os error") {
        text.truncate(at);
    }
    if timed_out {
        text = "it took too long".to_owned();
    }
    if is_connect { Missing::Unreachable(text) } else { Missing::Lost(text) }
}
