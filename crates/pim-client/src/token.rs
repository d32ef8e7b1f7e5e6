//! A token, as the transport keeps it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use std::fmt;
use uuid::Uuid;

/// How long a token may be, in bytes.
const MAX_TOKEN_BYTES: usize = 64 * 1024;

/// A token, which shows itself to nobody.
///
/// The service checks it; here it is only read, to know who asks and until when.
///
/// ```
/// let token = pim_client::Token::new("Bearer opaque").unwrap();
/// assert_eq!(token.reveal(), "opaque");
/// assert_eq!(format!("{token:?}"), "Token(…)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

impl Token {
    /// Takes a text that can stand in a header, with or without `Bearer`.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
        let is_token = !text.is_empty() && text.len() <= MAX_TOKEN_BYTES;
        let fits = is_token && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// Returns it for the header of a request.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Returns the object id of whom it is about.
    #[must_use]
    pub fn object_id(&self) -> Option<Uuid> {
        self.claims()?.get("oid")?.as_str()?.parse().ok()
    }

    /// Returns the name of whom it is about.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let claims = self.claims()?;
        let text = |name: &str| claims.get(name)?.as_str().filter(|text| !text.is_empty());
        let name = text("name").or_else(|| text("upn")).or_else(|| text("appid"))?;
        Some(name.chars().take(100).collect())
    }

    /// Returns when it ends, in seconds since 1970.
    #[must_use]
    pub fn ends(&self) -> Option<i64> {
        self.claims()?.get("exp")?.as_i64()
    }

    fn claims(&self) -> Option<Value> {
        let payload = self.0.split('.').nth(1)?;
        let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_who_asks_and_shows_itself_to_nobody() {
        let claims =
            r#"{"oid":"00000000-0000-0000-0000-000000000007","name":"Ada Admin","exp":1800000000}"#;
        let text = format!("Bearer a.{}.c\n", URL_SAFE_NO_PAD.encode(claims));
        let token = Token::new(&text).unwrap();
        assert_eq!(token.object_id(), Some(Uuid::from_u128(7)));
        assert_eq!(token.name().as_deref(), Some("Ada Admin"));
        assert_eq!(token.ends(), Some(1_800_000_000));
        assert_eq!(format!("{token:?}"), "Token(…)");
        for text in ["", "a b", "a\nb", "é", &"a".repeat(MAX_TOKEN_BYTES + 1)] {
            assert!(Token::new(text).is_none());
        }
        let opaque = Token::new("opaque").unwrap();
        assert_eq!((opaque.object_id(), opaque.name(), opaque.ends()), (None, None, None));
    }
}
