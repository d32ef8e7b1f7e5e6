//! Reading GUIDs (`docs/semantics.md`, S35).

use uuid::Uuid;

/// Reads a GUID with or without dashes; the forms in braces and with `urn:uuid:` that the library
/// knows are no GUIDs to Azure.
pub(crate) fn read(text: &str) -> Option<u128> {
    match text.len() {
        32 | 36 => Uuid::try_parse(text).ok().map(|guid| guid.as_u128()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn forms() {
        let guid = read("5e467623-bb1f-42f4-a55d-6e525e11384b");
        assert!(guid.is_some());
        assert_eq!(guid, read("5E467623BB1F42F4A55D6E525E11384B"));
        for text in ["", "{5e467623-bb1f-42f4-a55d-6e525e11384b}", "5e467623", "5e467623-bb1f"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
