//! Did you mean.

/// The longest word that is compared; longer ones are not typing mistakes.
const MAX_LENGTH: usize = 256;

/// Returns the candidate a mistyped word most likely meant, if one is close enough.
///
/// Case is not counted. Up to a third of the characters may differ, a swap of neighbours counting
/// as one. The first of several equally close candidates wins.
///
/// ```
/// use diagnostics::closest;
///
/// assert_eq!(closest("StringEqual", ["StringEquals", "StringLike"]), Some("StringEquals"));
/// assert_eq!(closest("Banana", ["StringEquals", "StringLike"]), None);
/// ```
#[must_use]
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    if length == 0 || length > MAX_LENGTH {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = length / 3;
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= allowed * 4)
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_typing_mistakes_only() {
        let words = ["StringEquals", "StringNotEquals", "GuidEquals"];
        assert_eq!(closest("stringequals", words), Some("StringEquals"));
        assert_eq!(closest("StringEqauls", words), Some("StringEquals"));
        assert_eq!(closest("GuidEqual", words), Some("GuidEquals"));
        assert_eq!(closest("DateTimeEquals", words), None);
        assert_eq!(closest("", words), None);
        assert_eq!(closest(&"a".repeat(100_000), words), None);
    }
}
