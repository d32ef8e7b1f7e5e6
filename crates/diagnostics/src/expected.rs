//! What a reader of JSON or TOML says, in our words.

/// Puts what a reader expected before what it found, and leaves out the words of its programming
/// language.
///
/// ```
/// let message = diagnostics::expected_first("invalid type: integer `3`, expected a string");
/// assert_eq!(message, "expected a string, found integer `3`");
/// ```
#[must_use]
pub fn expected_first(message: &str) -> String {
    if let Some(rest) = message.strip_prefix("invalid type: ")
        && let Some((found, expected)) = rest.split_once(", expected ")
    {
        return format!("expected {expected}, found {found}");
    }
    match message.strip_prefix("unknown variant ") {
        Some(rest) => format!("unknown value {rest}"),
        None => message.to_owned(),
    }
}
