//! `/token`: a code, a refresh token or a client secret becomes an access token.

use super::authorize::requested_claims;
use super::device::Waiting;
use super::fault::Fault;
use super::is_tenant;
use super::people::{self, Person};
use super::provider::Grant;
use super::scope::Scopes;
use crate::http::{AppState, Origin};
use crate::identity::{SignIn, TOKEN_SECONDS, hash};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::{Form, Json};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// What a client sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    grant_type: String,
    client_id: Option<String>,
    client_secret: Option<String>,
    scope: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    refresh_token: Option<String>,
    claims: Option<String>,
    device_code: Option<String>,
}

/// Issues a token.
pub(super) async fn issue(
    State(state): State<AppState>,
    Path(tenant): Path<String>,
    origin: Origin,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result<Json<Value>, Fault> {
    if !is_tenant(&state, &tenant) {
        return Err(Fault::tenant(&tenant));
    }
    match asked.grant_type.as_str() {
        "authorization_code" => redeem_code(&state, &origin, &asked).await,
        "refresh_token" => refresh(&state, &origin, &asked).await,
        "client_credentials" => application(&state, &origin, &headers, &asked).await,
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => {
            device(&state, &origin, &asked).await
        }
        "" => Err(Fault::missing("grant_type")),
        _ => {
            let message = "The grant_type must be 'authorization_code', 'refresh_token', \
                           'client_credentials' or that of device codes.";
            Err(Fault::new("unsupported_grant_type", 70_003, message))
        }
    }
}

async fn redeem_code(
    state: &AppState,
    origin: &Origin,
    asked: &Asked,
) -> Result<Json<Value>, Fault> {
    let code = asked.code.as_deref().ok_or_else(|| Fault::missing("code"))?;
    let verifier = asked.code_verifier.as_deref().ok_or_else(|| Fault::missing("code_verifier"))?;
    let code = state.provider.codes.take(code).ok_or_else(|| {
        let message = "The code is not known: it was redeemed, is older than five minutes, or \
                       comes from elsewhere.";
        Fault::new("invalid_grant", 54_005, message)
    })?;
    if URL_SAFE_NO_PAD.encode(hash(verifier)) != code.challenge {
        let message = "The code_verifier does not match the code_challenge of the request.";
        return Err(Fault::new("invalid_grant", 501_481, message));
    }
    let same_address = asked.redirect_uri.as_deref() == Some(&code.redirect_uri);
    if !same_address || asked.client_id.as_deref() != Some(&code.grant.client_id) {
        let message = "The redirect_uri and client_id must be those that the code was asked with.";
        return Err(Fault::new("invalid_grant", 50_011, message));
    }
    let mut grant = code.grant;
    if let Some(scope) = &asked.scope {
        grant.scope.clone_from(scope);
    }
    answer(state, origin, grant, code.nonce).await
}

/// Asks whether a person has entered the code of a device.
async fn device(state: &AppState, origin: &Origin, asked: &Asked) -> Result<Json<Value>, Fault> {
    let code = asked.device_code.as_deref().ok_or_else(|| Fault::missing("device_code"))?;
    match state.provider.devices.take(code, asked.client_id.as_deref()) {
        Waiting::Decided(grant) => answer(state, origin, grant, None).await,
        Waiting::Undecided => {
            let message = "The person has not entered the code yet. Ask again.";
            Err(Fault::new("authorization_pending", 70_016, message))
        }
        Waiting::Unknown => {
            let message = "The device code was used, has expired, or was never issued.";
            Err(Fault::new("expired_token", 70_019, message))
        }
    }
}

async fn refresh(state: &AppState, origin: &Origin, asked: &Asked) -> Result<Json<Value>, Fault> {
    let token = asked.refresh_token.as_deref().ok_or_else(|| Fault::missing("refresh_token"))?;
    let invalid = |message: &str| Fault::new("invalid_grant", 700_082, message);
    let mut grant =
        state.provider.refresh_tokens.take(token).ok_or_else(|| {
            invalid("The refresh token was used, has expired, or was never issued.")
        })?;
    if asked.client_id.as_deref() != Some(&grant.client_id) {
        return Err(invalid("The refresh token belongs to another client."));
    }
    if let Some(scope) = &asked.scope {
        grant.scope.clone_from(scope);
    }
    if asked.claims.is_some() {
        let (contexts, capabilities) = requested_claims(asked.claims.as_deref());
        // A context is satisfied by a person, never by a token that stands in for one.
        if contexts.iter().any(|one| !grant.authentication_contexts.contains(one)) {
            let message = "The authentication context needs a person to sign in.";
            return Err(Fault::new("interaction_required", 50_076, message));
        }
        grant.capabilities = capabilities;
    }
    answer(state, origin, grant, None).await
}

/// Issues what a person's client asked for.
async fn answer(
    state: &AppState,
    origin: &Origin,
    grant: Grant,
    nonce: Option<String>,
) -> Result<Json<Value>, Fault> {
    let scopes = Scopes::parse(&grant.scope, origin.as_str())?;
    let Some(person) = people::user(state, grant.person).await else {
        let message = "The user does not exist in the directory any more.";
        return Err(Fault::new("invalid_grant", 50_034, message));
    };
    let who = grant.sign_in(&person);
    let mut answer = bearer(state, &who, &scopes)?;
    let mut add = |name: &str, value: Value| {
        if let Some(members) = answer.as_object_mut() {
            members.insert(name.to_owned(), value);
        }
    };
    add("scope", grant.scope.clone().into());
    if scopes.openid {
        let claims = id_token_claims(state, origin, &grant.client_id, &person, nonce);
        add("id_token", state.identity.sign(&claims).map_err(|_| unsigned())?.into());
        let tenant = state.identity.tenant();
        let client_info = json!({ "uid": person.id, "utid": tenant }).to_string();
        add("client_info", URL_SAFE_NO_PAD.encode(client_info).into());
    }
    if scopes.offline {
        add("refresh_token", state.provider.refresh_tokens.give(grant).into());
    }
    Ok(Json(answer))
}

/// Signs a service principal in by its secret.
async fn application(
    state: &AppState,
    origin: &Origin,
    headers: &HeaderMap,
    asked: &Asked,
) -> Result<Json<Value>, Fault> {
    let (client_id, secret) = match basic(headers) {
        Some(pair) => pair,
        None => {
            let client_id = asked.client_id.clone().ok_or_else(|| Fault::missing("client_id"))?;
            let secret = asked.client_secret.clone();
            (client_id, secret.ok_or_else(|| Fault::missing("client_secret"))?)
        }
    };
    let refused = || {
        let message = "The application is not known, or its secret is another. `/sandbox/secret` \
                       shows it.";
        Fault::new("invalid_client", 7_000_215, message)
    };
    let app_id = Uuid::try_parse(&client_id).map_err(|_| refused())?;
    let person = people::application(state, app_id).await.ok_or_else(refused)?;
    if !state.identity.is_client_secret(app_id, &secret) {
        return Err(refused());
    }
    let scope = asked.scope.as_deref().ok_or_else(|| Fault::missing("scope"))?;
    let scopes = Scopes::parse(scope, origin.as_str())?;
    let who = SignIn {
        id: person.id,
        name: person.name,
        user_principal_name: None,
        client_id: app_id.to_string(),
        application: true,
        mfa: false,
        authentication_contexts: Vec::new(),
        capabilities: requested_claims(asked.claims.as_deref()).1,
    };
    bearer(state, &who, &scopes).map(Json)
}

/// Returns client id and secret of an `Authorization: Basic` header.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let header = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = header.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    scheme.eq_ignore_ascii_case("Basic").then(|| (id.to_owned(), secret.to_owned()))
}

fn bearer(state: &AppState, who: &SignIn, scopes: &Scopes) -> Result<Value, Fault> {
    let token = state.identity.issue(who, scopes.audience, TOKEN_SECONDS);
    Ok(json!({
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "ext_expires_in": TOKEN_SECONDS,
        "access_token": token.map_err(|_| unsigned())?,
    }))
}

fn id_token_claims(
    state: &AppState,
    origin: &Origin,
    client_id: &str,
    person: &Person,
    nonce: Option<String>,
) -> Value {
    let (tenant, now) = (state.identity.tenant(), Timestamp::now().as_second());
    let mut claims = json!({
        "aud": client_id,
        "iss": format!("{origin}/{tenant}/v2.0"),
        "iat": now,
        "nbf": now,
        "exp": now.saturating_add(TOKEN_SECONDS),
        "name": person.name,
        "oid": person.id,
        "preferred_username": person.user_principal_name,
        "sub": person.id,
        "tid": tenant,
        "uti": Uuid::new_v4().simple().to_string(),
        "ver": "2.0",
    });
    if let (Some(nonce), Some(members)) = (nonce, claims.as_object_mut()) {
        members.insert("nonce".to_owned(), nonce.into());
    }
    claims
}

fn unsigned() -> Fault {
    Fault::new("server_error", 90_036, "The token cannot be signed.")
}
