//! Matching of action patterns.

/// Says whether a pattern covers an action: `*` stands for any run of characters, slashes
/// included, and letter case does not matter.
///
/// *Documented* for permission strings (custom-roles, 2023-11-15), and that `ActionMatches` uses
/// the same logic (conditions-format, 2021-04-29). Takes at most pattern length × action length
/// steps and never recurses.
///
/// ```
/// use abac_catalog::matches_action;
/// assert!(matches_action("Microsoft.Authorization/*/Write", "microsoft.authorization/roleAssignments/write"));
/// assert!(!matches_action("Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleAssignments/write"));
/// ```
#[must_use]
pub fn matches_action(pattern: &str, action: &str) -> bool {
    let (mut pattern, mut rest) = (pattern.as_bytes(), action.as_bytes());
    // Where to go on when a mismatch shows that the last `*` must stand for one byte more.
    let mut retry: Option<(&[u8], &[u8])> = None;
    loop {
        match (pattern.split_first(), rest.split_first()) {
            (Some((b'*', after)), _) => {
                retry = Some((after, rest));
                pattern = after;
                continue;
            }
            (None, None) => return true,
            (Some((wanted, after)), Some((found, left))) if wanted.eq_ignore_ascii_case(found) => {
                (pattern, rest) = (after, left);
                continue;
            }
            _ => {}
        }
        let Some((after, from)) = retry else { return false };
        let Some((_, left)) = from.split_first() else { return false };
        retry = Some((after, left));
        (pattern, rest) = (after, left);
    }
}

/// Says whether the text of a `SubOperationMatches` names a suboperation.
///
/// Letter case does not matter and `*` is read as in [`matches_action`]; both are *assumed*, the
/// documentation only shows exact names (conditions-format, 2023-11-15).
#[must_use]
pub fn matches_suboperation(pattern: &str, suboperation: &str) -> bool {
    matches_action(pattern, suboperation)
}

#[cfg(test)]
mod tests {
    use super::matches_action;

    #[test]
    fn stars_cross_slashes_and_case_does_not_matter() {
        for (pattern, action, expect) in [
            ("*", "", true),
            ("*", "a/b/c", true),
            ("", "", true),
            ("", "a", false),
            ("*/read", "A/b/READ", true),
            ("*/read", "read", false),
            ("a/*/c", "a/b/b/c", true),
            ("a/*/c", "a/c", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("**", "x", true),
            ("a?", "ab", false),
            ("a/*", "a/", true),
        ] {
            assert_eq!(matches_action(pattern, action), expect, "{pattern} on {action}");
        }
    }

    #[test]
    fn many_stars_stay_fast() {
        let pattern = "a*".repeat(2_000);
        assert!(!matches_action(&format!("{pattern}b"), &"a".repeat(4_000)));
    }
}
