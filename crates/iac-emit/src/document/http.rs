//! Bare HTTP requests, as in the `.http` files that Visual Studio, Visual Studio Code and the
//! JetBrains editors send: *documented*,
//! <https://learn.microsoft.com/aspnet/core/test/http-files>, read 2026-11. The only thing such a file
//! reads into a body is `{{name}}`.

use std::fmt::{self, Display, Formatter};

use serde_json::Value as Json;

use super::comment_lines;

/// Prints JSON so that no text in it is taken for a variable: JSON itself can spell a brace.
///
/// ```
/// use iac_emit::document::http::quote;
/// use serde_json::json;
///
/// assert_eq!(quote(&json!("{{x}}")), r#""{\u007bx}}""#);
/// ```
#[must_use]
pub fn quote(body: &Json) -> String {
    let mut text = format!("{body:#}");
    // Twice, for a run of braces: the second pass finds what the first one left side by side.
    while text.contains("{{") {
        text = text.replace("{{", r"{\u007b");
    }
    text
}

/// A request.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What to know before sending it.
    pub remark: String,
    /// The method.
    pub method: &'static str,
    /// The address, percent-encoded, with `{{name}}` where the sender fills something in.
    pub address: String,
    /// The body, if it has one.
    pub body: Option<Json>,
}

impl Display for Document {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        if !self.remark.is_empty() {
            for line in comment_lines(&self.remark) {
                writeln!(formatter, "{}", format!("# {line}").trim_end())?;
            }
        }
        writeln!(formatter, "{} {}", self.method, self.address)?;
        writeln!(formatter, "Authorization: Bearer {{{{token}}}}")?;
        if let Some(body) = &self.body {
            writeln!(formatter, "Content-Type: application/json\n\n{}", quote(body))?;
        }
        Ok(())
    }
}

/// Percent-encodes what may not stand in the path or the query of an address; slashes stay.
pub(crate) fn encode_path(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/()$".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
