//! Did you mean: the known name that a text is really close to.

/// Returns the closest of some names, if one is really close.
///
/// Names are compared word by word, and have as many words as the text: in each word at most a
/// fifth of the letters, or two in a short one, may be different. So a slip of the keyboard, another
/// letter case or a plural is found, while `vaults/keys` is not taken for `vaults/secrets`. A text
/// of more than 256 bytes is close to nothing.
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
    let mut best: Option<(usize, T)> = None;
    for candidate in candidates {
        let smallest = best.as_ref().map_or(usize::MAX, |(distance, _)| *distance);
        if let Some(distance) = distance(&text, name(&candidate), smallest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Returns how many letters differ, if the two are close and closer than a bound.
fn distance(text: &str, known: &str, bound: usize) -> Option<usize> {
    if words(text).count() != words(known).count() {
        return None;
    }
    let mut sum = 0;
    for (written, known) in words(text).zip(words(known)) {
        if !written.eq_ignore_ascii_case(known) {
            sum += word_distance(written, known)?;
        }
        if sum >= bound {
            return None;
        }
    }
    Some(sum)
}

fn word_distance(written: &str, known: &str) -> Option<usize> {
    let (length, known_length) = (written.chars().count(), known.chars().count());
    let limit = (known_length / 5).max(2);
    // Every letter more or less is a change, and a change to half a word makes another one.
    if length.abs_diff(known_length) > limit {
        return None;
    }
    let distance = strsim::osa_distance(written, &known.to_lowercase());
    (distance <= limit && distance * 2 <= known_length).then_some(distance)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(['/', ':', '.', ' '])
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let names = ["Blob.List", "Blob.Write.Tier", "tags", "path", "vaults/secrets:name"];
        assert_eq!(closest(text, names.into_iter(), |name| name), expect, "{text}");
    }

    #[test]
    fn only_what_is_really_close_is_named() {
        check("Blob.Lits", Some("Blob.List"));
        check("blobs.list", Some("Blob.List"));
        check("BLOB.WRITE.TIER", Some("Blob.Write.Tier"));
        check("tag", Some("tags"));
        check("paht", Some("path"));
        check("vault/secret:Name", Some("vaults/secrets:name"));
        check("vaults/keys:name", None);
        check("secrets:name", None);
        check("Something.Else", None);
        check("xy", None);
        check("", None);
        check(&"p".repeat(100_000), None);
    }
}
