//! The connection: sends calls to the chosen service and to nowhere else.

use super::Problem;
use futures_util::future::{Either, select};
use gloo_net::http::Response;
use gloo_timers::future::TimeoutFuture;
use pim_client::{Cloud, HttpRequest, HttpResponse, Method, Token};
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, RequestRedirect,
};

/// The largest answer that is read, in bytes.
const MAX_BODY: usize = pim_model::MAX_DOCUMENT_BYTES;

/// How long an answer may take as a whole, in milliseconds.
const PATIENCE: u32 = 60_000;

/// Why there is no answer.
pub(super) enum Missing {
    /// The connection failed, or it took too long.
    Lost(String),
    /// The request cannot be sent, or the answer cannot be read.
    Wrong(Problem),
}

/// Ends a request when nobody waits for its answer any longer.
struct EndOnDrop(Option<AbortController>);

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Sends a call. The token goes to the origin of the service alone.
pub(super) async fn send(
    cloud: &Cloud,
    request: &HttpRequest,
    token: &Token,
) -> Result<HttpResponse, Missing> {
    let url = cloud.url(request).map_err(|error| wrong(error.to_string()))?;
    let bearer = format!("Bearer {}", token.reveal());
    let body = request.body.as_ref().map(ToString::to_string);
    exchange(request.method, url.as_str(), body, Some(&bearer)).await
}

/// Sends something without a token.
pub(super) async fn send_bare(
    method: Method,
    url: &str,
    body: Option<String>,
) -> Result<HttpResponse, Missing> {
    exchange(method, url, body, None).await
}

async fn exchange(
    method: Method,
    url: &str,
    body: Option<String>,
    bearer: Option<&str>,
) -> Result<HttpResponse, Missing> {
    let controller = EndOnDrop(AbortController::new().ok());
    let unmade = |_: JsValue| wrong("the request cannot be made");
    let headers = Headers::new().map_err(unmade)?;
    if let Some(bearer) = bearer {
        headers.set("Authorization", bearer).map_err(unmade)?;
    }
    let options = RequestInit::new();
    options.set_method(method.as_str());
    if let Some(body) = body {
        headers.set("Content-Type", "application/json").map_err(unmade)?;
        options.set_body(&body.into());
    }
    options.set_headers(&headers);
    options.set_signal(controller.0.as_ref().map(AbortController::signal).as_ref());
    options.set_cache(RequestCache::NoStore);
    options.set_credentials(RequestCredentials::Omit);
    // A redirect would carry the token to where nobody meant it to go.
    options.set_redirect(RequestRedirect::Error);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    // The URL is taken as it was shown; a builder would write its query anew.
    let request = web_sys::Request::new_with_str_and_init(url, &options).map_err(unmade)?;
    let answer = gloo_net::http::Request::from(request).send();
    let whole = async {
        let response = answer.await.map_err(|_| Missing::Lost("no answer came".to_owned()))?;
        read(response).await
    };
    match select(pin!(whole), pin!(TimeoutFuture::new(PATIENCE))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Missing::Lost("it took too long".to_owned())),
    }
}

fn wrong(text: impl Into<String>) -> Missing {
    Missing::Wrong(Problem::words(text))
}

async fn read(response: Response) -> Result<HttpResponse, Missing> {
    let header = |name: &str| response.headers().get(name);
    let mut answer = HttpResponse {
        status: response.status(),
        retry_after: header("Retry-After"),
        www_authenticate: header("WWW-Authenticate"),
        // Browsers hide it from other origins; the clock of the page is then taken.
        date: header("Date"),
        body: String::new(),
    };
    let Some(stream) = response.body() else { return Ok(answer) };
    let lost = |_: JsValue| Missing::Lost("the answer ended early".to_owned());
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut body = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(lost)?;
        let field = |name: &str| js_sys::Reflect::get(&chunk, &name.into()).map_err(lost);
        if field("done")?.is_truthy() {
            break;
        }
        let bytes: js_sys::Uint8Array = field("value")?.unchecked_into();
        // Invariant: no more than the limit is ever copied.
        if body.len() + bytes.length() as usize > MAX_BODY {
            return Err(wrong(format!("the answer has more than {} MiB", MAX_BODY >> 20)));
        }
        body.extend(bytes.to_vec());
    }
    answer.body = String::from_utf8_lossy(&body).into_owned();
    Ok(answer)
}
