//! Reads errors in the layouts that services use.

use super::{Claims, RULES, ServiceError, code};
use crate::http::HttpResponse;
use serde_json::Value;
use std::time::Duration;

/// How much of a message is kept.
const MAX_MESSAGE: usize = 2000;

/// How long a service is waited for at its own wish.
const MAX_RETRY_AFTER: u64 = 600;

/// How many braces of a pasted text are tried.
const MAX_TRIES: usize = 64;

/// What stands for the code and the message in an answer.
struct Said {
    code: String,
    message: String,
}

pub(super) fn read(response: &HttpResponse) -> ServiceError {
    let said = serde_json::from_str(&response.body).ok().and_then(|body| said(&body));
    let said = said.unwrap_or_else(|| Said {
        code: String::new(),
        message: match response.body.trim() {
            "" => "the answer has no text".to_owned(),
            text => text.to_owned(),
        },
    });
    let mut error = error(said, response.status);
    if let Some(claims) = response.www_authenticate.as_deref().and_then(Claims::in_header) {
        error.claims = Some(claims);
    }
    error.retry_after = response.retry_after.as_deref().and_then(seconds);
    error
}

pub(super) fn from_text(text: &str) -> Option<ServiceError> {
    let text = text.trim();
    if let Ok(body) = serde_json::from_str::<Value>(text) {
        let status = body.get("status").and_then(Value::as_u64).and_then(|one| one.try_into().ok());
        return said(&body).map(|said| error(said, status.unwrap_or(0)));
    }
    // An error that a tool printed has the answer within it.
    for (at, _) in text.match_indices('{').take(MAX_TRIES) {
        let mut values = serde_json::Deserializer::from_str(text.get(at..)?).into_iter::<Value>();
        if let Some(Ok(body)) = values.next()
            && let Some(said) = said(&body)
        {
            return Some(error(said, 0));
        }
    }
    // `(AuthorizationFailed) The client …`, and `Code: AuthorizationFailed`, as `az` prints it.
    let named = super::CODES.iter().find(|known| {
        text.match_indices(known.code).any(|(at, code)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let behind = text.get(at + code.len()..).and_then(|text| text.chars().next());
            ![before, behind].into_iter().flatten().any(char::is_alphanumeric)
        })
    });
    let code = match named {
        Some(known) => known.code,
        None if RULES.iter().any(|rule| text.contains(rule.name)) => {
            "RoleAssignmentRequestPolicyValidationFailed"
        }
        None => return None,
    };
    Some(error(Said { code: code.to_owned(), message: text.to_owned() }, 0))
}

fn error(said: Said, status: u16) -> ServiceError {
    let Said { mut code, message } = said;
    // The code for a name that was used before is not documented; the message is observed.
    if message.contains("request with Id:") && message.contains("already exists") {
        code = "RoleAssignmentRequestExists".to_owned();
    }
    ServiceError {
        status,
        rules: RULES.iter().filter(|rule| message.contains(rule.name)).collect(),
        claims: Claims::in_message(&message),
        retry_after: None,
        message: message.chars().take(MAX_MESSAGE).collect(),
        code,
    }
}

fn said(body: &Value) -> Option<Said> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let inner = body.get("error").or_else(|| body.get("odata.error")).unwrap_or(body);
    let code = text(inner.get("code"));
    let message = inner.get("message").or_else(|| inner.get("Message"));
    let message = text(message).or_else(|| text(message.and_then(|one| one.get("value"))));
    if code.is_none() && message.is_none() {
        return None;
    }
    let mut said = Said { code: code.unwrap_or_default(), message: message.unwrap_or_default() };
    // Microsoft Graph passes an error of PIM on inside its own.
    if code::known(&said.code).is_none() {
        let innermost = inner.get("innerError").or_else(|| inner.get("innererror"));
        if let Some(code) = text(innermost.and_then(|one| one.get("code"))) {
            said.code = code;
        } else if let Ok(nested) = serde_json::from_str::<Value>(&said.message)
            && let Some(code) = text(nested.get("errorCode").or_else(|| nested.get("code")))
        {
            said.message = text(nested.get("message")).unwrap_or(said.message);
            said.code = code;
        }
    }
    Some(said)
}

/// Reads the seconds of `Retry-After`; a date says nothing without a clock that is right.
fn seconds(header: &str) -> Option<Duration> {
    let seconds = header.trim().parse::<u32>().ok()?;
    Some(Duration::from_secs(u64::from(seconds).min(MAX_RETRY_AFTER)))
}
