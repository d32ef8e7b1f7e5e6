//! Signing in on another device: the client shows a short code, and a person enters it on a page
//! (*documented*: learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code, 2026-11).

use super::authorize::is_from_own_page;
use super::fault::Fault;
use super::provider::Grant;
use super::scope::Scopes;
use super::{is_tenant, page, people};
use crate::http::{AppState, Origin};
use crate::identity::{hash, random};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::{Form, Json};
use lru::LruCache;
use serde::Deserialize;
use serde_json::{Value, json};
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How long a code can be entered (*documented* there: 15 minutes).
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// How often a client may ask, in seconds (*documented* there).
const INTERVAL: u64 = 5;

/// How many codes wait at once; the oldest gives way.
const MAX_DEVICES: NonZeroUsize = NonZeroUsize::new(256).unwrap();

/// Letters that cannot be taken for others, and that make no words.
const LETTERS: &[u8; 16] = b"BCDFGHJKLMNPQRST";

/// The devices that wait, by the hash of their code.
pub(super) struct Devices(Mutex<LruCache<[u8; 32], Device>>);

struct Device {
    user_code: String,
    until: Instant,
    grant: Grant,
    /// Whether a person was chosen.
    decided: bool,
}

/// What became of a device.
pub(super) enum Waiting {
    Decided(Grant),
    Undecided,
    Unknown,
}

impl Devices {
    pub(super) fn new() -> Self {
        Self(Mutex::new(LruCache::new(MAX_DEVICES)))
    }

    /// Returns the code of the device and the code of the person.
    fn start(&self, grant: Grant) -> Option<(String, String)> {
        let device_code = random()?;
        let bytes = hash(&random()?);
        let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(*byte) % 16));
        let user_code: String = letters.take(9).map(|letter| char::from(*letter)).collect();
        let until = Instant::now().checked_add(LIFETIME)?;
        let device = Device { user_code: user_code.clone(), until, grant, decided: false };
        self.lock().push(hash(&device_code), device);
        Some((device_code, user_code))
    }

    /// Lets a person answer for the device that shows a code.
    fn decide(&self, user_code: &str, person: Uuid, mfa: bool) -> bool {
        let mut held = self.lock();
        let now = Instant::now();
        let found = held.iter_mut().map(|(_, device)| device).find(|device| {
            !device.decided
                && device.until > now
                && device.user_code.eq_ignore_ascii_case(user_code)
        });
        let Some(device) = found else { return false };
        device.grant.person = person;
        device.grant.mfa = mfa;
        device.decided = true;
        true
    }

    /// Returns what became of a device, once.
    pub(super) fn take(&self, device_code: &str, client_id: Option<&str>) -> Waiting {
        let (mut held, key) = (self.lock(), hash(device_code));
        match held.peek(&key) {
            Some(device)
                if device.until > Instant::now()
                    && client_id == Some(device.grant.client_id.as_str()) =>
            {
                if !device.decided {
                    return Waiting::Undecided;
                }
                held.pop(&key).map_or(Waiting::Unknown, |device| Waiting::Decided(device.grant))
            }
            _ => Waiting::Unknown,
        }
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<[u8; 32], Device>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a client sends to begin.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    client_id: String,
    scope: String,
}

/// Answers `/devicecode`.
pub(super) async fn start(
    State(state): State<AppState>,
    Path(tenant): Path<String>,
    origin: Origin,
    Form(asked): Form<Asked>,
) -> Result<Json<Value>, Fault> {
    if !is_tenant(&state, &tenant) {
        return Err(Fault::tenant(&tenant));
    }
    if Uuid::try_parse(&asked.client_id).is_err() {
        return Err(Fault::new("unauthorized_client", 700_016, "The client_id is no GUID."));
    }
    Scopes::parse(&asked.scope, origin.as_str())?;
    let grant = Grant {
        person: Uuid::nil(),
        client_id: asked.client_id,
        scope: asked.scope,
        mfa: false,
        authentication_contexts: Vec::new(),
        capabilities: Vec::new(),
    };
    let codes = state
        .provider
        .devices
        .start(grant)
        .ok_or_else(|| Fault::new("server_error", 90_036, "No random number can be had."))?;
    let (device_code, user_code) = codes;
    let place = format!("{origin}/devicelogin");
    let message = format!(
        "To sign in, use a web browser to open the page {place} and enter the code {user_code} to \
         authenticate."
    );
    Ok(Json(json!({
        "user_code": user_code,
        "device_code": device_code,
        "verification_uri": place,
        "expires_in": LIFETIME.as_secs(),
        "interval": INTERVAL,
        "message": message,
    })))
}

/// What a person sends.
#[derive(Deserialize)]
pub(super) struct Chosen {
    code: String,
    person: Uuid,
    #[serde(default)]
    mfa: bool,
}

/// Shows the page of `/devicelogin`.
pub(super) async fn show(State(state): State<AppState>) -> Response {
    page::device(&people::users(&state).await)
}

/// Takes the code that a person entered.
pub(super) async fn sign_in(
    State(state): State<AppState>,
    origin: Origin,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Response {
    let refused = |status, sentence| page::tell(status, "Not signed in", sentence);
    if !is_from_own_page(&headers, &origin) {
        return refused(StatusCode::FORBIDDEN, "The form was not sent by a page of this sandbox.");
    }
    if people::user(&state, chosen.person).await.is_none() {
        return refused(StatusCode::BAD_REQUEST, "The user does not exist in the directory.");
    }
    if !state.provider.devices.decide(chosen.code.trim(), chosen.person, chosen.mfa) {
        let sentence = "No device waits with this code: it was used, or is older than 15 minutes.";
        return refused(StatusCode::BAD_REQUEST, sentence);
    }
    page::tell(StatusCode::OK, "Signed in", "You can go back to your device.")
}
