//! What a token says, in the names of Microsoft Entra (*documented*:
//! learn.microsoft.com/entra/identity-platform/access-token-claims-reference, 2026-11).

use super::Audience;
use crate::engine::Caller;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who signs in, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignIn {
    /// The object id.
    pub(crate) id: Uuid,
    /// The name people see.
    pub(crate) name: String,
    /// The sign-in name of a user.
    pub(crate) user_principal_name: Option<String>,
    /// The application that asks: of a service principal its own.
    pub(crate) client_id: String,
    /// Whether it is a service principal that signs in for itself.
    pub(crate) application: bool,
    /// Whether multi-factor authentication was used.
    pub(crate) mfa: bool,
    /// The authentication contexts that are satisfied.
    pub(crate) authentication_contexts: Vec<String>,
    /// What the client can handle: `CP1` for claims challenges.
    pub(crate) capabilities: Vec<String>,
}

/// The claims of an access token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) aud: String,
    pub(crate) iss: String,
    pub(crate) iat: i64,
    pub(crate) nbf: i64,
    pub(crate) exp: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) acrs: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) amr: Vec<String>,
    pub(crate) appid: String,
    pub(crate) appidacr: String,
    pub(crate) idtyp: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) app_displayname: Option<String>,
    pub(crate) oid: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scp: Option<String>,
    pub(crate) sub: Uuid,
    pub(crate) tid: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) upn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) unique_name: Option<String>,
    pub(crate) uti: String,
    pub(crate) ver: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) xms_cc: Vec<String>,
}

/// The issuer of access tokens: what Entra writes into those for Azure Resource Manager, so that
/// clients that look into a token find what they know.
pub(crate) fn issuer(tenant: Uuid) -> String {
    format!("https://sts.windows.net/{tenant}/")
}

impl Claims {
    /// Makes the claims of a sign-in, from now on for some seconds.
    pub(crate) fn new(
        who: &SignIn,
        audience: Audience,
        tenant: Uuid,
        now: i64,
        seconds: i64,
    ) -> Self {
        let user = !who.application;
        let methods = match (user, who.mfa) {
            (false, _) => Vec::new(),
            (true, false) => vec!["pwd".to_owned()],
            (true, true) => vec!["pwd".to_owned(), "mfa".to_owned()],
        };
        let scopes = match audience {
            Audience::ResourceManager => "user_impersonation",
            Audience::Graph => "Directory.Read.All PrivilegedAccess.ReadWrite.AzureADGroup",
        };
        Self {
            aud: audience.name().to_owned(),
            iss: issuer(tenant),
            iat: now,
            nbf: now,
            exp: now.saturating_add(seconds),
            acrs: who.authentication_contexts.clone(),
            amr: methods,
            appid: who.client_id.clone(),
            appidacr: if user { "0" } else { "1" }.to_owned(),
            idtyp: if user { "user" } else { "app" }.to_owned(),
            name: user.then(|| who.name.clone()),
            app_displayname: (!user).then(|| who.name.clone()),
            oid: who.id,
            scp: user.then(|| scopes.to_owned()),
            sub: who.id,
            tid: tenant,
            upn: who.user_principal_name.clone(),
            unique_name: who.user_principal_name.clone(),
            uti: Uuid::new_v4().simple().to_string(),
            ver: "1.0".to_owned(),
            xms_cc: who.capabilities.clone(),
        }
    }

    /// Returns who asks, as the engine knows callers.
    pub(crate) fn caller(&self) -> Caller {
        let name = self.name.as_ref().or(self.app_displayname.as_ref());
        Caller {
            id: self.oid,
            name: name.cloned().unwrap_or_default(),
            mfa: self.amr.iter().any(|one| one == "mfa"),
            authentication_contexts: self.acrs.clone(),
        }
    }
}
