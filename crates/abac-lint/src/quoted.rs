//! What a value in quotes would be without them.

use uuid::Uuid;

/// Reads a GUID with or without dashes; the forms in braces and with `urn:uuid:` are no GUIDs to
/// Azure.
pub(crate) fn guid(text: &str) -> Option<Uuid> {
    matches!(text.len(), 32 | 36).then(|| Uuid::try_parse(text).ok())?
}

/// Reads a whole number.
pub(crate) fn integer(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// Reads `true` or `false` in any letter case.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    (is("true") || is("false")).then(|| is("true"))
}

#[cfg(test)]
mod tests {
    use super::{boolean, guid, integer};

    #[test]
    fn nothing_but_the_value_is_read() {
        assert!(guid("8e3af657-a8ff-443c-a75c-2fe8c4bcb635").is_some());
        assert_eq!(
            guid("8E3AF657A8FF443CA75C2FE8C4BCB635"),
            guid("8e3af657-a8ff-443c-a75c-2fe8c4bcb635")
        );
        assert!(guid("{8e3af657-a8ff-443c-a75c-2fe8c4bcb635}").is_none());
        assert_eq!((integer("-10"), integer(" 10"), integer("1.0")), (Some(-10), None, None));
        assert_eq!(
            (boolean("True"), boolean("FALSE"), boolean("1")),
            (Some(true), Some(false), None)
        );
    }
}
