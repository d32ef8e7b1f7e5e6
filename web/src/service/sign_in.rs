//! Signing in at an identity provider: `web/js/src/account.ts`.

use super::{Kind, Problem, Service};
use leptos::prelude::*;
use pim_client::Token;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./account.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = signIn)]
    async fn sign_in_at(provider: &str, claims: Option<&str>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = token)]
    async fn token_of(provider: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = isKnown)]
    fn is_account_known() -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = forgetAccount)]
    fn forget_account() -> Result<(), JsValue>;
}

/// Where people sign in, and for what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Provider {
    authority: String,
    client: String,
    scope: String,
}

/// The client id that a sandbox takes: any, such as that of the Azure CLI, which every tenant knows
/// (*documented*: learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-
/// sign-in, 2026-11).
const SANDBOX_CLIENT: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

impl Service {
    /// Says whether people can sign in at the identity provider of the chosen service: the library
    /// that does it speaks to no provider without TLS.
    pub(crate) fn has_provider(self) -> bool {
        self.cloud().is_ok_and(|cloud| cloud.authority.starts_with("https://"))
    }

    pub(super) fn provider(self) -> Result<Provider, Problem> {
        untrack(|| {
            let cloud = self.cloud().map_err(Problem::Words)?;
            let place = self.place.get();
            let own = self.overview.get();
            let is_sandbox = matches!(place.kind, Kind::Here | Kind::Other);
            let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            let tenant = given(&place.tenant).or(own.map(|own| own.tenant));
            let tenant = tenant.unwrap_or_else(|| "organizations".to_owned());
            let client = given(&place.client)
                .or_else(|| is_sandbox.then(|| SANDBOX_CLIENT.to_owned()))
                .ok_or_else(|| {
                    Problem::words("give the client id of the application that your tenant knows")
                })?;
            let fits = |text: &str| {
                text.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '.'))
            };
            if !fits(&tenant) {
                return Err(Problem::words("the tenant is a GUID or a domain"));
            }
            Ok(Provider {
                authority: format!("{}/{tenant}", cloud.authority),
                client,
                scope: cloud.token_scope(),
            })
        })
    }
}

/// Lets somebody sign in, with the claims that a service asks for.
pub(super) async fn sign_in(provider: &Provider, claims: Option<&str>) -> Result<Token, Problem> {
    taken(sign_in_at(&json(provider), claims).await)
}

/// Returns a token of whoever signed in, without asking them anything.
pub(super) async fn token(provider: &Provider) -> Result<Token, Problem> {
    taken(token_of(&json(provider)).await)
}

/// Says whether somebody signed in to this tab.
pub(super) fn is_known() -> bool {
    is_account_known().unwrap_or(false)
}

/// Forgets whoever signed in to this tab; where the browser keeps nothing, nothing is left.
pub(super) fn forget() {
    let _ = forget_account();
}

fn json(provider: &Provider) -> String {
    serde_json::to_string(provider).unwrap_or_default()
}

fn taken(answer: Result<JsValue, JsValue>) -> Result<Token, Problem> {
    let text = |value: &JsValue| value.as_string().unwrap_or_default();
    match answer {
        Ok(value) => {
            Token::new(&text(&value)).ok_or_else(|| Problem::words("signing in gave no token"))
        }
        Err(reason) => Err(Problem::Words(match text(&reason) {
            words if words.is_empty() => "signing in failed".to_owned(),
            words => words,
        })),
    }
}
