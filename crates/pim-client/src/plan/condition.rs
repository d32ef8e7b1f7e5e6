//! Conditions by what they mean.

use diagnostics::Severity;

/// Says whether two conditions mean the same, as far as their shape tells: layout, letter case,
/// quotes and superfluous parentheses do not count. What cannot be read is the same only where it
/// is written the same.
#[must_use]
pub fn same_condition(one: Option<&str>, other: Option<&str>) -> bool {
    // Azure answers an empty text where there is none (*observed*: azure-quickstart-templates, read
    // 2026-11).
    let text = |text: Option<&'_ str>| {
        text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    match (text(one), text(other)) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            if one == other {
                return true;
            }
            let (read_one, read_other) = (abac_syntax::parse(&one), abac_syntax::parse(&other));
            let is_sound = |parsed: &abac_syntax::Parsed| {
                parsed.diagnostics.iter().all(|found| found.severity < Severity::Error)
            };
            is_sound(&read_one)
                && is_sound(&read_other)
                && abac_syntax::same_shape(&one, &read_one.tree, &other, &read_other.tree)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_count_and_meaning_does() {
        let one = "@Resource[a/b:c] StringEquals 'x' AND Exists @Request[a/b:d]";
        let same = "(\n @resource[A/B:c] stringequals \"x\" && (exists @Request[a/b:d])\n)";
        let other = "@Resource[a/b:c] StringEquals 'X' AND Exists @Request[a/b:d]";
        assert!(same_condition(Some(one), Some(same)));
        assert!(!same_condition(Some(one), Some(other)));
        assert!(same_condition(None, Some(" ")));
        assert!(!same_condition(None, Some(one)));
        assert!(same_condition(Some("((("), Some("(((")));
        assert!(!same_condition(Some("((("), Some("((((")));
    }
}
