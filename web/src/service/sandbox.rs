//! What a sandbox offers beside the interface of Azure: who there is, and tokens of them.

use super::transport::{Missing, send_bare};
use super::{Problem, Service};
use leptos::prelude::*;
use pim_client::{HttpResponse, Method, ServiceError, Token};
use pim_model::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// What a sandbox says of itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Overview {
    pub(crate) tenant: String,
    now: String,
    pub(crate) callers: Vec<Person>,
    pub(crate) scopes: Vec<Named>,
}

/// Somebody of the directory of a sandbox.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Person {
    /// The short name.
    pub(crate) name: String,
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) display_name: String,
}

/// A scope of a sandbox.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) display_name: Option<String>,
}

#[derive(Deserialize)]
struct Issued {
    access_token: String,
}

impl Service {
    /// Asks the chosen service whether it is a sandbox, and who there is.
    pub(crate) async fn look_around(self) -> Result<(), Problem> {
        let overview: Overview = ask(self, Method::Get, "/sandbox", None).await?;
        let here = js_sys::Date::now();
        if let Ok(now) = overview.now.parse::<Timestamp>() {
            self.ahead.set(now.as_millisecond() as f64 - here);
        }
        self.overview.set(Some(overview));
        Ok(())
    }
}

/// Gets a token of somebody, as after signing in with multi-factor authentication.
pub(super) async fn token(
    service: Service,
    name: &str,
    contexts: &[String],
) -> Result<Token, Problem> {
    let body = json!({ "as": name, "mfa": true, "acrs": contexts });
    let issued: Issued = ask(service, Method::Post, "/sandbox/token", Some(body)).await?;
    Token::new(&issued.access_token).ok_or_else(|| Problem::words("the sandbox answered no token"))
}

async fn ask<T: DeserializeOwned>(
    service: Service,
    method: Method,
    path: &str,
    body: Option<serde_json::Value>,
) -> Result<T, Problem> {
    let cloud = untrack(|| service.cloud()).map_err(Problem::Words)?;
    let url = format!("{}{path}", cloud.resource_manager);
    let answer = send_bare(method, &url, body.map(|body| body.to_string())).await;
    let response: HttpResponse = match answer {
        Ok(response) => response,
        Err(Missing::Wrong(problem)) => return Err(problem),
        Err(Missing::Lost(_)) => {
            return Err(Problem::Words(format!(
                "no sandbox answers at `{}`; `grantif serve` starts one",
                cloud.resource_manager
            )));
        }
    };
    if !response.is_success() {
        return Err(Problem::refused(ServiceError::of(&response)));
    }
    serde_json::from_str(&response.body)
        .map_err(|_| Problem::Words(format!("`{}` is no sandbox", cloud.resource_manager)))
}
