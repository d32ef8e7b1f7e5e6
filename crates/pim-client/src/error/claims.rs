//! What a new token must have.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// How much of a challenge is read.
const MAX_BYTES: usize = 16 * 1024;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// A claims challenge: the request for a token with an authentication context or a fresh sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The JSON that the token service takes as `claims`.
    pub json: String,
}

impl Claims {
    /// Finds `claims=` in a message, encoded for a URL (*observed*: doitpshway.com, read 2026-11).
    pub(super) fn in_message(message: &str) -> Option<Self> {
        let (_, behind) = message.split_once("claims=")?;
        let end =
            behind.find(|one: char| one.is_whitespace() || matches!(one, '"' | '\'' | '&' | '<'));
        let encoded = behind.get(..end.unwrap_or(behind.len()))?;
        if encoded.len() > MAX_BYTES {
            return None;
        }
        Self::of(
            percent_decode_str(encoded.trim_end_matches(['.', ','])).decode_utf8().ok()?.trim(),
        )
    }

    /// Reads the header `WWW-Authenticate`, where they stand in Base64 (*documented*:
    /// claims-challenge, read 2026-11).
    pub(super) fn in_header(header: &str) -> Option<Self> {
        let (_, behind) = header.split_once("claims=\"")?;
        let (encoded, _) = behind.split_once('"')?;
        if encoded.len() > MAX_BYTES {
            return None;
        }
        let bytes = STANDARD.decode(encoded).or_else(|_| URL_SAFE.decode(encoded));
        match bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(text) => Self::of(&text),
            None => Self::of(&percent_decode_str(encoded).decode_utf8().ok()?),
        }
    }

    fn of(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        value.is_object().then(|| Self { json: value.to_string() })
    }

    /// Returns them in Base64, as `az login --claims-challenge` takes them (*observed*: azure-cli
    /// pull request 31699, read 2026-11).
    #[must_use]
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.json)
    }

    /// Returns the authentication context that is asked for, such as `c1`.
    #[must_use]
    pub fn authentication_context(&self) -> Option<String> {
        let value: Value = serde_json::from_str(&self.json).ok()?;
        let acrs = value.pointer("/access_token/acrs")?;
        let one = acrs.get("value").or_else(|| acrs.pointer("/values/0"))?;
        one.as_str().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_found_in_message_and_header() {
        let message = "Please sign in again. claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D";
        let claims = Claims::in_message(message).unwrap();
        assert_eq!(claims.json, r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#);
        assert_eq!(claims.authentication_context().as_deref(), Some("c1"));
        let header =
            format!("Bearer error=\"insufficient_claims\", claims=\"{}\"", claims.base64());
        assert_eq!(Claims::in_header(&header), Some(claims.clone()));
        let encoded = claims.base64();
        let unpadded = header.replace(&encoded, encoded.trim_end_matches('='));
        assert_eq!(Claims::in_header(&unpadded), Some(claims));
        for text in ["claims=", "claims=%7B", "claims=%FF", "no", "claims=\"\"", "claims=\"!!\""] {
            assert_eq!(Claims::in_message(text), None, "{text}");
            assert_eq!(Claims::in_header(text), None, "{text}");
        }
    }
}
