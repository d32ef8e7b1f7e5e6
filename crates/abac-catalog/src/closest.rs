//! Did you mean: the known name that a text is really close to.

/// Returns the closest of some names, if one is really close: the same but for letter case or a
/// plural, or at most a fifth of its letters, and at most two in a short one, to be changed.
/// Characters beyond the limit make a text too long to be compared.
pub(crate) fn closest<T>(
    text: &str,
    candidates: impl Iterator<Item = T>,
    name: impl Fn(&T) -> &str,
) -> Option<T> {
    const LONGEST: usize = 256;
    let text = text.trim().to_lowercase();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let length = text.chars().count();
    let limit = (length / 5).max(2);
    let mut best: Option<(usize, T)> = None;
    for candidate in candidates {
        // Every letter more or less is a change, so most names need not be looked at.
        if name(&candidate).chars().count().abs_diff(length) > limit {
            continue;
        }
        let known = name(&candidate).to_lowercase();
        let distance = if known == text {
            0
        } else if singular(&known) == singular(&text) {
            1
        } else {
            strsim::osa_distance(&known, &text)
        };
        // A change to every other letter of a short word is another word.
        if distance <= limit && distance * 2 <= known.chars().count() {
            let better = best.as_ref().is_none_or(|(smallest, _)| distance < *smallest);
            if better {
                best = Some((distance, candidate));
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let names = ["Blob.List", "Blob.Write.Tier", "tags", "path", "prefix"];
        assert_eq!(closest(text, names.into_iter(), |name| name), expect, "{text}");
    }

    #[test]
    fn only_what_is_really_close_is_named() {
        check("Blob.Lits", Some("Blob.List"));
        check("blobs.list", Some("Blob.List"));
        check("BLOB.WRITE.TIER", Some("Blob.Write.Tier"));
        check("tag", Some("tags"));
        check("paht", Some("path"));
        check("Something.Else", None);
        check("xy", None);
        check("", None);
        check(&"p".repeat(100_000), None);
    }
}
