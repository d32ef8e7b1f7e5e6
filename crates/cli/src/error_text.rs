//! What a service refused, for people.

use crate::console::{BAD, CODE, FAINT, STRONG, Style, wrap};
#[cfg(feature = "online")]
use crate::failure::Failure;
use diagnostics::render::one_line;
use pim_client::{Again, Cloud, ServiceError};
use std::fmt::Write as _;

/// Draws an error of the service: what happened, what it said, and what to do.
///
/// `cloud` is where the token is for.
pub(crate) fn refused(error: &ServiceError, cloud: Option<&Cloud>, style: Style) -> String {
    let mut text = said(error, style);
    let help = style.paint(STRONG, "help");
    for advice in error.advice() {
        let lines = wrap(&advice, style.width, "  ", "        ");
        _ = writeln!(text, "  {help}: {}", style.code(lines.trim()));
    }
    for line in sign_in(error, cloud) {
        _ = writeln!(text, "        {}", style.paint(CODE, &line));
    }
    match (error.again(), error.retry_after) {
        (Again::Throttled, Some(after)) => {
            _ = writeln!(text, "  it asks to be left alone for {} seconds", after.as_secs());
        }
        (Again::Later, _) => text.push_str("  the same request may succeed later\n"),
        _ => {}
    }
    text
}

/// Makes a failure of an error, where nothing else is told.
#[cfg(feature = "online")]
pub(crate) fn failure(error: &ServiceError, cloud: &Cloud) -> Failure {
    let code = match error.code.as_str() {
        "" => format!("HTTP {}", error.status),
        code => code.to_owned(),
    };
    let message = format!("{code}: {}\nthe service says: {}", error.what(), error.message);
    let mut help = error.advice();
    help.extend(sign_in(error, Some(cloud)));
    let failure = Failure::new(message);
    if help.is_empty() { failure } else { failure.help(help.join("\n")) }
}

/// Draws what happened and what the service said.
pub(crate) fn said(error: &ServiceError, style: Style) -> String {
    let code = match error.code.as_str() {
        "" => format!("HTTP {}", error.status),
        code => one_line(code).into_owned(),
    };
    let message = one_line(&error.message);
    let message = wrap(&message, style.width, "  the service says: ", "  ");
    let message = style.paint(FAINT, message.trim_end());
    format!("{}: {}\n{message}\n", style.paint(BAD, &code), error.what())
}

/// Returns the commands that get a token with the claims that are asked for (*observed*: azure-cli
/// pull request 31699, read 2026-11).
fn sign_in(error: &ServiceError, cloud: Option<&Cloud>) -> Vec<String> {
    let Some(claims) = &error.claims else { return Vec::new() };
    let mut lines = Vec::new();
    if let Some(context) = claims.authentication_context() {
        lines.push(format!("# with the authentication context {context}"));
    }
    let cloud = cloud.cloned().unwrap_or_else(Cloud::public);
    if Cloud::of_name(&cloud.name).is_none() {
        lines.push(format!("# ask {} for a token with these claims", cloud.authority));
        lines.push(claims.json.clone());
        return lines;
    }
    lines.push("az logout".to_owned());
    lines.push(format!(
        "az login --scope {} --claims-challenge \"{}\"",
        cloud.token_scope(),
        claims.base64()
    ));
    lines
}
