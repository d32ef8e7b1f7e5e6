//! The key that signs the tokens of one sandbox.

use super::IdentityError;
use super::secret_file::read_or_make;
use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256};
use serde::Serialize;
use serde_json::{Value, json};
use std::io;
use std::path::Path;
use uuid::Uuid;

/// An ES256 key pair. It is made on first start and stays in the data directory; a sandbox in memory
/// has one of its own each time.
pub(super) struct SigningKey {
    encoding: EncodingKey,
    decoding: DecodingKey,
    header: Header,
    json_web_key: Value,
    secrets: hmac::Key,
}

impl SigningKey {
    pub(super) fn open(directory: Option<&Path>) -> Result<Self, IdentityError> {
        let pem = match directory {
            Some(directory) => read_or_make(&directory.join("signing-key.pem"), new_pem)?,
            None => new_pem()?,
        };
        Self::from_pem(&pem)
    }

    fn from_pem(pem: &str) -> Result<Self, IdentityError> {
        let pair = KeyPair::from_pem(pem).map_err(|_| IdentityError::Key)?;
        // Invariant: an uncompressed point of P-256 is 0x04, then 32 bytes of x and 32 of y.
        let point = pair.public_key_raw().strip_prefix(&[4]).unwrap_or_default();
        let (x, y) = point.split_at_checked(32).ok_or(IdentityError::Key)?;
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        let key_id = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, point).as_ref());
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(key_id.clone());
        let seed = hmac::Key::new(hmac::HMAC_SHA256, pair.serialized_der());
        let seed = hmac::sign(&seed, b"client secrets");
        Ok(Self {
            encoding: EncodingKey::from_ec_pem(pem.as_bytes()).map_err(|_| IdentityError::Key)?,
            decoding: DecodingKey::from_ec_components(&x, &y).map_err(|_| IdentityError::Key)?,
            header,
            json_web_key: json!({
                "kty": "EC", "use": "sig", "crv": "P-256", "alg": "ES256",
                "kid": key_id, "x": x, "y": y,
            }),
            secrets: hmac::Key::new(hmac::HMAC_SHA256, seed.as_ref()),
        })
    }

    pub(super) fn sign(&self, claims: &impl Serialize) -> Result<String, IdentityError> {
        jsonwebtoken::encode(&self.header, claims, &self.encoding).map_err(|_| IdentityError::Key)
    }

    pub(super) const fn decoding(&self) -> &DecodingKey {
        &self.decoding
    }

    /// Returns the public half as a set that clients fetch.
    pub(super) fn json_web_key_set(&self) -> Value {
        json!({ "keys": [self.json_web_key] })
    }

    /// Returns the secret of an application. It follows from the key, so it is kept nowhere.
    pub(super) fn client_secret(&self, application: Uuid) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.secrets, application.as_bytes()).as_ref())
    }

    /// Tells, in a time that does not depend on where they differ, whether a secret is right.
    pub(super) fn is_client_secret(&self, application: Uuid, secret: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode(secret)
            .is_ok_and(|bytes| hmac::verify(&self.secrets, application.as_bytes(), &bytes).is_ok())
    }
}

fn new_pem() -> io::Result<String> {
    let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(io::Error::other)?;
    Ok(pair.serialize_pem())
}
