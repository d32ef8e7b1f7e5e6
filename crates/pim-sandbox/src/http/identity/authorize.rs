//! `/authorize`: a person chooses who signs in, and the client gets a code.

use super::fault::Fault;
use super::provider::{Code, Grant};
use super::redirect::{self, Mode};
use super::scope::Scopes;
use super::{is_tenant, page, people};
use crate::http::{AppState, Origin};
use crate::identity::random;
use axum::Form;
use axum::extract::{Path, Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;
use url::Url;
use uuid::Uuid;

/// What a client puts in the query.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    client_id: String,
    response_type: String,
    redirect_uri: String,
    response_mode: Option<String>,
    scope: String,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    prompt: Option<String>,
    claims: Option<String>,
}

/// What the person answers.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    person: Uuid,
    #[serde(default)]
    mfa: bool,
}

/// A request that can be answered with a redirect, whether it is good or not.
struct Call {
    asked: Asked,
    address: Url,
    mode: Mode,
}

/// Shows who can sign in.
pub(super) async fn choose(
    State(state): State<AppState>,
    Path(tenant): Path<String>,
    origin: Origin,
    RawQuery(query): RawQuery,
    Query(asked): Query<Asked>,
) -> Response {
    let call = match read(&state, &tenant, &origin, asked) {
        Ok(call) => call,
        Err(refusal) => return *refusal,
    };
    if let Err(fault) = call.check(&origin) {
        return call.refuse(&fault);
    }
    if call.asked.prompt.as_deref() == Some("none") {
        let message = "No session is kept; a person must choose who signs in.";
        return call.refuse(&Fault::new("login_required", 50_058, message));
    }
    let (contexts, _) = requested_claims(call.asked.claims.as_deref());
    let people = people::users(&state).await;
    page::choose(&query.unwrap_or_default(), &call.asked.client_id, &contexts, &people)
}

/// Sends a code for the person who was chosen.
pub(super) async fn sign_in(
    State(state): State<AppState>,
    Path(tenant): Path<String>,
    origin: Origin,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
    Form(chosen): Form<Chosen>,
) -> Response {
    if !is_from_own_page(&headers, &origin) {
        let sentence = "The form was not sent by a page of this sandbox.";
        return page::tell(StatusCode::FORBIDDEN, "Not signed in", sentence);
    }
    let call = match read(&state, &tenant, &origin, asked) {
        Ok(call) => call,
        Err(refusal) => return *refusal,
    };
    let challenge = match call.check(&origin) {
        Ok(challenge) => challenge,
        Err(fault) => return call.refuse(&fault),
    };
    if people::user(&state, chosen.person).await.is_none() {
        let message = "The user does not exist in the directory of the sandbox.";
        return call.refuse(&Fault::new("access_denied", 50_034, message));
    }
    let (contexts, capabilities) = requested_claims(call.asked.claims.as_deref());
    let code = state.provider.codes.give(Code {
        grant: Grant {
            person: chosen.person,
            client_id: call.asked.client_id.clone(),
            scope: call.asked.scope.clone(),
            mfa: chosen.mfa,
            authentication_contexts: contexts,
            capabilities,
        },
        redirect_uri: call.asked.redirect_uri.clone(),
        challenge,
        nonce: call.asked.nonce.clone(),
    });
    match code {
        Some(code) => call.answer(&[("code", &code)]),
        None => call.refuse(&Fault::new("server_error", 90_036, "No random number can be had.")),
    }
}

/// Answers `/logout`. There is no session to end, so it leads on.
pub(super) async fn sign_out(
    State(state): State<AppState>,
    origin: Origin,
    Query(asked): Query<SignOut>,
) -> Response {
    let address = asked.post_logout_redirect_uri.as_deref();
    match address.and_then(|one| redirect::allowed(&state.provider, origin.as_str(), one)) {
        Some(url) => see_other(url.as_str()),
        None => page::tell(StatusCode::OK, "Signed out", "You can close this page."),
    }
}

/// What a client puts in the query of `/logout`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct SignOut {
    post_logout_redirect_uri: Option<String>,
}

/// Reads what an answer needs. Without it nothing can be sent to the client, so a page says why.
fn read(
    state: &AppState,
    tenant: &str,
    origin: &Origin,
    asked: Asked,
) -> Result<Call, Box<Response>> {
    let tell = |fault: Fault| {
        let sentence = fault.description();
        Box::new(page::tell(StatusCode::BAD_REQUEST, "Sign-in is not possible", &sentence))
    };
    if !is_tenant(state, tenant) {
        return Err(tell(Fault::tenant(tenant)));
    }
    let Some(address) = redirect::allowed(&state.provider, origin.as_str(), &asked.redirect_uri)
    else {
        let message = "The redirect URI is not allowed. It must be on this computer, or its origin \
                       given when the sandbox is started.";
        return Err(tell(Fault::new("invalid_request", 50_011, message)));
    };
    let Some(mode) = Mode::parse(asked.response_mode.as_deref()) else {
        let message = "The response_mode must be 'query', 'fragment' or 'form_post'.";
        return Err(tell(Fault::new("invalid_request", 90_014, message)));
    };
    Ok(Call { asked, address, mode })
}

impl Call {
    /// Checks what the client asks for, and returns the challenge of PKCE.
    fn check(&self, origin: &Origin) -> Result<String, Fault> {
        let invalid = |message: &str| Fault::new("invalid_request", 900_144, message);
        if self.asked.response_type != "code" {
            let message = "The response_type must be 'code'.";
            return Err(Fault::new("unsupported_response_type", 700_054, message));
        }
        if Uuid::try_parse(&self.asked.client_id).is_err() {
            return Err(Fault::new("unauthorized_client", 700_016, "The client_id is no GUID."));
        }
        Scopes::parse(&self.asked.scope, origin.as_str())?;
        let method = self.asked.code_challenge_method.as_deref();
        match &self.asked.code_challenge {
            // Invariant: a SHA-256 is 43 characters in base64url.
            Some(challenge) if method == Some("S256") && challenge.len() == 43 => {
                Ok(challenge.clone())
            }
            _ => Err(invalid("The code_challenge must be a SHA-256, and its method 'S256'.")),
        }
    }

    /// Sends values to the client, and the state it gave.
    fn answer(&self, values: &[(&str, &str)]) -> Response {
        let mut values = values.to_vec();
        if let Some(state) = &self.asked.state {
            values.push(("state", state));
        }
        match (self.mode, random()) {
            (Mode::FormPost, Some(nonce)) => page::post_on(self.address.as_str(), &values, &nonce),
            _ => see_other(&redirect::with_values(&self.address, self.mode, &values)),
        }
    }

    fn refuse(&self, fault: &Fault) -> Response {
        let description = fault.description();
        self.answer(&[("error", fault.error), ("error_description", &description)])
    }
}

fn see_other(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

/// Whether the browser says that a form was sent by a page of the sandbox.
pub(super) fn is_from_own_page(headers: &HeaderMap, origin: &Origin) -> bool {
    headers.get(header::ORIGIN).is_none_or(|found| found.as_bytes() == origin.as_str().as_bytes())
        && headers
            .get("sec-fetch-site")
            .is_none_or(|site| site.as_bytes() == b"same-origin" || site.as_bytes() == b"none")
}

/// Returns the authentication contexts and the client capabilities that the `claims` parameter asks
/// for (*documented*: learn.microsoft.com/entra/identity-platform/claims-challenge, 2026-11).
pub(super) fn requested_claims(claims: Option<&str>) -> (Vec<String>, Vec<String>) {
    let claims: Value = claims.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let values = |name: &str| -> Vec<String> {
        let claim = claims.get("access_token").and_then(|token| token.get(name));
        let one = claim.and_then(|claim| claim.get("value")).into_iter();
        let many = claim.and_then(|claim| claim.get("values")).and_then(Value::as_array);
        let all = one.chain(many.into_iter().flatten()).filter_map(Value::as_str);
        all.filter(|value| value.len() <= 32).take(16).map(str::to_owned).collect()
    };
    (values("acrs"), values("xms_cc"))
}
