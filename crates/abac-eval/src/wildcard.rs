//! Patterns of `StringLike`, `ActionMatches` and `SubOperationMatches`.

use memchr::{memchr, memmem};

/// What the pattern demands next, and how many bytes of the pattern say so.
enum Demand {
    End,
    AnyRun,
    AnyOne,
    Byte(u8, usize),
}

/// Matches a whole text against a pattern of `StringLike` (`docs/semantics.md`, S33): `*` is any
/// run, `?` one character, `\*` and `\?` the characters themselves.
pub(crate) fn matches_like(pattern: &str, text: &str) -> bool {
    matches(pattern.as_bytes(), text.as_bytes(), |pattern, at| match pattern.get(at) {
        None => Demand::End,
        Some(b'*') => Demand::AnyRun,
        Some(b'?') => Demand::AnyOne,
        Some(b'\\') => match pattern.get(at + 1) {
            Some(&next @ (b'*' | b'?')) => Demand::Byte(next, 2),
            _ => Demand::Byte(b'\\', 1),
        },
        Some(&byte) => Demand::Byte(byte, 1),
    })
}

/// Matches a whole action against a pattern in which only `*` is special (S20).
pub(crate) fn matches_action(pattern: &str, action: &str) -> bool {
    matches(pattern.as_bytes(), action.as_bytes(), |pattern, at| match pattern.get(at) {
        None => Demand::End,
        Some(b'*') => Demand::AnyRun,
        Some(&byte) => Demand::Byte(byte, 1),
    })
}

/// Walks both texts once and, where that fails, goes back to the last `*` only: an earlier one
/// could not do better. That bounds the work by the product of the lengths, and by their sum
/// where the pattern has no `?`, since a run of plain bytes behind `*` is searched for as a whole.
fn matches(pattern: &[u8], text: &[u8], demand: impl Fn(&[u8], usize) -> Demand) -> bool {
    let (mut at, mut read) = (0, 0);
    // Where to go on after the last `*`: its end in the pattern, the next candidate in the text.
    let mut retry: Option<(usize, usize)> = None;
    loop {
        match demand(pattern, at) {
            Demand::AnyRun => retry = Some((at + 1, read)),
            Demand::End if read == text.len() => return true,
            Demand::AnyOne if read < text.len() => {
                at += 1;
                read = next_character(text, read);
                continue;
            }
            Demand::Byte(byte, length) if text.get(read) == Some(&byte) => {
                at += length;
                read += 1;
                continue;
            }
            Demand::End | Demand::AnyOne | Demand::Byte(..) => {}
        }
        let Some((resume, candidate)) = retry else { return false };
        let Some(rest) = text.get(candidate..) else { return false };
        let mut end = resume;
        while matches!(demand(pattern, end), Demand::Byte(_, 1)) {
            end += 1;
        }
        let run = pattern.get(resume..end).unwrap_or_default();
        if end == pattern.len() {
            return rest.ends_with(run);
        }
        // Before `?` the run may be found many times in vain, and each search for it has to read
        // it first; its first byte is enough to go on.
        let sought = match (demand(pattern, end), run) {
            (Demand::AnyOne, [first, ..]) => std::slice::from_ref(first),
            _ => run,
        };
        let found = match sought {
            [byte] => memchr(*byte, rest),
            _ => memmem::find(rest, sought),
        };
        let Some(found) = found.map(|found| candidate + found) else { return false };
        (at, read) = (resume + sought.len(), found + sought.len());
        retry = Some((resume, next_character(text, found)));
    }
}

/// Steps over one UTF-8 character.
fn next_character(text: &[u8], at: usize) -> usize {
    let mut next = at + 1;
    while text.get(next).is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000) {
        next += 1;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::{matches_action, matches_like};

    #[test]
    fn like() {
        for (pattern, text, expected) in [
            ("a*c?", "abcd", true),
            ("a*c", "abcd", false),
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("**", "ab", true),
            ("?", "", false),
            ("?", "é", true),
            ("??", "é", false),
            ("*?", "éé", true),
            ("*é?", "aéééb", true),
            (r"what\?", "what?", true),
            (r"what\?", "whatx", false),
            (r"\*", "*", true),
            (r"\*", "x", false),
            (r"a\b", r"a\b", true),
            (r"a\\", r"a\\", true),
            (r"*\*b", "aa*ab*b", true),
            ("*a*a*b", "aaaaaaac", false),
            ("readonly/*", "readonly/", true),
            ("*ab", "aab", true),
            ("a?*?c", "abc", false),
            ("*ab?d*", "abcabcd", true),
            ("*ab?d", "abcdabcd", true),
            ("*?", "", false),
            ("*?*", "a", true),
            (r"*\?", "a?", true),
            (r"*a\*", "aa*", true),
        ] {
            assert_eq!(matches_like(pattern, text), expected, "{pattern} ~ {text}");
        }
    }

    #[test]
    fn action() {
        for (pattern, action, expected) in [
            ("a/*", "a/b/c/read", true),
            ("*/read", "a/b/read", true),
            ("a/?", "a/b", false),
            (r"a\*", r"a\b", true),
        ] {
            assert_eq!(matches_action(pattern, action), expected, "{pattern} ~ {action}");
        }
    }
}
