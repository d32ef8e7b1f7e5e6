//! What the service refuses, and what to do about it.

mod claims;
mod code;
mod read;

pub use claims::Claims;
pub use code::{CODES, KnownCode, RULES, RuleName};

use crate::http::HttpResponse;
use std::fmt;
use std::time::Duration;

/// An answer of the service that is no success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceError {
    /// The status of HTTP.
    pub status: u16,
    /// The code, such as `RoleAssignmentExists`; empty where there is none.
    pub code: String,
    /// What the service says.
    pub message: String,
    /// The rules of the policy that failed, under Azure's names.
    pub rules: Vec<&'static RuleName>,
    /// What a new token must have.
    pub claims: Option<Claims>,
    /// How long the service asks to wait.
    pub retry_after: Option<Duration>,
}

/// Whether, and when, it is worth sending the same request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Again {
    /// Not as it is.
    Never,
    /// Nothing needs to be done: the state that was asked for is there.
    NotNeeded,
    /// With a new token.
    SignedIn,
    /// After a time: the service is busy, and has not carried it out.
    Throttled,
    /// After a time: what the request needs is not there yet.
    Later,
    /// After the service was asked whether it was carried out.
    Asked,
}

impl ServiceError {
    /// Reads an answer that is no success.
    ///
    /// Both layouts are read, `{"error": {"code", "message"}}` and `{"code", "message"}`, that of
    /// Microsoft Graph, and an answer that is none of them.
    #[must_use]
    pub fn of(response: &HttpResponse) -> Self {
        read::read(response)
    }

    /// Reads a text that somebody saved or pasted: an answer, or what a tool made of it.
    ///
    /// ```
    /// use pim_client::ServiceError;
    ///
    /// let pasted = "ERROR: Bad Request({\"error\":{\"code\":\"RoleAssignmentExists\",\
    ///               \"message\":\"The Role assignment already exists.\"}})";
    /// assert_eq!(ServiceError::from_text(pasted).unwrap().code, "RoleAssignmentExists");
    /// ```
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        read::from_text(text)
    }

    /// Returns what is known of the code.
    #[must_use]
    pub fn known(&self) -> Option<&'static KnownCode> {
        code::known(&self.code)
    }

    /// Says what happened.
    #[must_use]
    pub fn what(&self) -> &'static str {
        // *Observed*: the message where a condition is the reason (azure-cli issues, read 2026-11).
        if self.message.contains("ABAC condition that is not fulfilled") {
            return "a condition on a role assignment of the caller refuses it";
        }
        match (self.known(), self.status) {
            (Some(known), _) => known.what,
            (None, 401) => "the token is missing, has ended, or is for another service",
            (None, 403) => "the caller may not do this",
            (None, 404) => "there is nothing of that name",
            (None, 405) => "the service does not know this operation",
            (None, 408 | 504) => "the service took too long",
            (None, 409) => "it is in conflict with what is there",
            (None, 429) => "the service is asked too often",
            (None, 500..=599) => "the service failed",
            _ => "the service refused the request",
        }
    }

    /// Says what to do: for each rule of the policy that failed, or for the code.
    #[must_use]
    pub fn advice(&self) -> Vec<String> {
        if !self.rules.is_empty() {
            return self
                .rules
                .iter()
                .map(|rule| format!("`{}`: {}", rule.name, rule.advice))
                .collect();
        }
        if let Some(known) = self.known() {
            return vec![known.advice.to_owned()];
        }
        let text = match self.status {
            401 => "sign in again; the token must be for this service",
            429 => "wait, and ask less often",
            500..=599 => "wait, and look with `grantif pim status` whether it was carried out",
            _ => return Vec::new(),
        };
        vec![text.to_owned()]
    }

    /// Says whether it is worth sending the same again.
    #[must_use]
    pub fn again(&self) -> Again {
        if self.claims.is_some() {
            return Again::SignedIn;
        }
        match (self.known(), self.status) {
            (_, 429) => Again::Throttled,
            (Some(known), _) => known.again,
            (None, 401) => Again::SignedIn,
            (None, 408 | 500..=599) => Again::Asked,
            _ => Again::Never,
        }
    }

    /// Says whether a condition of the caller may be the reason.
    #[must_use]
    pub fn may_be_a_condition(&self) -> bool {
        self.code.eq_ignore_ascii_case("AuthorizationFailed")
            || (self.status == 403 && self.known().is_none())
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code.is_empty(), self.status) {
            (true, status) => write!(formatter, "HTTP {status}: {}", self.message),
            (false, 0) => write!(formatter, "`{}`: {}", self.code, self.message),
            (false, status) => write!(formatter, "`{}` ({status}): {}", self.code, self.message),
        }
    }
}

impl std::error::Error for ServiceError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, body: &str) -> ServiceError {
        ServiceError::of(&HttpResponse::new(status, body))
    }

    #[test]
    fn every_layout_is_read() {
        for body in [
            r#"{"error":{"code":"RoleAssignmentExists","message":"The Role assignment already exists."}}"#,
            r#"{"code":"RoleAssignmentExists","message":"The Role assignment already exists."}"#,
            r#"{"error":{"code":"BadRequest","message":"The Role assignment already exists.","innerError":{"code":"RoleAssignmentExists"}}}"#,
            r#"{"error":{"code":"UnknownError","message":"{\"errorCode\":\"RoleAssignmentExists\",\"message\":\"The Role assignment already exists.\"}"}}"#,
            r#"{"odata.error":{"code":"RoleAssignmentExists","message":{"lang":"en","value":"The Role assignment already exists."}}}"#,
        ] {
            let error = error(400, body);
            assert_eq!(error.code, "RoleAssignmentExists", "{body}");
            assert_eq!(error.message, "The Role assignment already exists.", "{body}");
            assert_eq!(error.again(), Again::NotNeeded);
        }
        let method =
            r#"{"message":"The requested resource does not support http method 'DELETE'."}"#;
        assert!(error(405, method).message.contains("DELETE"));
        let page = error(502, "<html>Bad gateway</html>");
        assert_eq!((page.again(), page.code.as_str()), (Again::Asked, ""));
        assert_eq!(error(429, "").again(), Again::Throttled);
        assert!(error(500, &"x".repeat(1 << 20)).message.len() < 3000);
    }

    #[test]
    fn rules_are_found_in_both_wordings() {
        let old = r#"{"error":{"code":"RoleAssignmentRequestPolicyValidationFailed","message":"The following policy rules failed: [\"ExpirationRule\",\"MfaRule\"]"}}"#;
        let new = r#"{"error":{"code":"RoleAssignmentRequestPolicyValidationFailed","message":"The following policy rules failed: JustificationRule - Justification is required"}}"#;
        let names = |body| {
            let rules = error(400, body).rules;
            rules.iter().map(|rule| rule.name).collect::<Vec<_>>()
        };
        assert_eq!(names(old), ["ExpirationRule", "MfaRule"]);
        assert_eq!(names(new), ["JustificationRule"]);
        assert!(error(400, old).advice()[1].contains("multi-factor"));
    }

    #[test]
    fn every_code_says_what_happened_and_what_to_do() {
        for known in CODES {
            let body = format!(r#"{{"error":{{"code":"{}","message":"m"}}}}"#, known.code);
            let error = error(400, &body);
            assert_eq!(error.known().map(|one| one.code), Some(known.code));
            assert!(!error.what().is_empty() && !error.advice().is_empty(), "{}", known.code);
        }
    }

    #[test]
    fn retry_after_is_bounded_and_tolerant() {
        let with = |header: &str| {
            let retry_after = Some(header.to_owned());
            ServiceError::of(&HttpResponse { status: 429, retry_after, ..HttpResponse::default() })
                .retry_after
        };
        assert_eq!(with("7"), Some(Duration::from_secs(7)));
        assert_eq!(with("99999999999"), None);
        assert_eq!(with("9999999"), Some(Duration::from_secs(600)));
        assert_eq!(with("Wed, 21 Oct 2026 07:28:00 GMT"), None);
        assert_eq!(with("-1"), None);
    }
}
