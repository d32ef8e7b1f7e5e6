//! Comparing without regard to letter case (`docs/semantics.md`, S31).

/// Maps every character to its simple lower-case form, so that the number of characters stays the
/// same and the result does not depend on neighbours.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(fold_one).collect() }
}

/// `İ` is the only character whose full mapping has two characters; its simple mapping is the
/// first of them.
fn fold_one(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn one_character_stays_one() {
        for text in ["İ", "Σ", "ẞ", "K", "Ä", "𐐀"] {
            assert_eq!(fold(text).chars().count(), 1, "{text}");
        }
        assert_eq!(fold("ΑΣ"), "ας".replace('ς', "σ"));
    }
}
