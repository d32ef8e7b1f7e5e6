//! Fixes turned into text.

use crate::{Applicability, Diagnostic, Edit, Fix};
use std::collections::BTreeMap;

/// How often [`apply_fixes_repeatedly`] looks again; real texts settle after two or three.
// A pass closes one of several parentheses that lack their end, and 128 nest.
const MAX_PASSES: usize = 256;

/// A text after fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The new text.
    pub text: String,
    /// How many fixes are in it.
    pub applied: usize,
    /// How many allowed fixes are not: they overlap an earlier one, or do not fit the text.
    pub skipped: usize,
}

impl Applicability {
    /// Says whether a fix of this kind may be applied when `self` is the most that is allowed.
    #[must_use]
    pub const fn allows(self, fix: Self) -> bool {
        matches!((self, fix), (Self::NeedsReview, _) | (Self::Safe, Self::Safe))
    }
}

/// Applies the fixes of findings to the text they were found in, each wholly or not at all.
///
/// Earlier places win. A fix that touches or overlaps one already taken waits for the next
/// pass, because two edits side by side may mean something else together; a fix that is already
/// there, edit for edit, counts as applied. Look again and apply again until nothing is applied,
/// as [`apply_fixes_repeatedly`] does.
///
/// ```
/// use diagnostics::{Applicability, Diagnostic, Fix, Severity, Span, apply_fixes};
///
/// let span = Span::new(2, 4);
/// let finding = Diagnostic::new("double-equals", Severity::Error, span, "unknown operator `==`")
///     .fix(Fix::safe("use one `=`", span, "="));
/// let applied = apply_fixes("a == b", &[finding], Applicability::Safe);
/// assert_eq!((applied.text.as_str(), applied.applied), ("a = b", 1));
/// ```
#[must_use]
pub fn apply_fixes(source: &str, diagnostics: &[Diagnostic], allow: Applicability) -> Applied {
    let mut fixes: Vec<&Fix> = diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.fix.as_ref())
        .filter(|fix| allow.allows(fix.applicability))
        .collect();
    fixes.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.span).min());

    let mut taken = Taken::default();
    let (mut applied, mut skipped) = (0, 0);
    for fix in fixes {
        if taken.take(source, fix) { applied += 1 } else { skipped += 1 }
    }
    Applied { text: taken.splice(source), applied, skipped }
}

/// Applies fixes, looks again, and so on until nothing changes, 256 times at most.
///
/// `applied` counts the fixes of all passes, `skipped` those left out in the last one.
pub fn apply_fixes_repeatedly(
    source: &str,
    allow: Applicability,
    mut look: impl FnMut(&str) -> Vec<Diagnostic>,
) -> Applied {
    let mut result = Applied { text: source.to_owned(), applied: 0, skipped: 0 };
    for _ in 0..MAX_PASSES {
        let pass = apply_fixes(&result.text, &look(&result.text), allow);
        result.skipped = pass.skipped;
        if pass.text == result.text {
            break;
        }
        result.text = pass.text;
        result.applied += pass.applied;
    }
    result
}

/// The edits taken so far.
#[derive(Default)]
struct Taken<'d> {
    /// Start → the edit.
    // Invariant: no edit touches another of a different fix, none overlaps another.
    edits: BTreeMap<u32, &'d Edit>,
}

impl<'d> Taken<'d> {
    fn take(&mut self, source: &str, fix: &'d Fix) -> bool {
        if fix.edits.is_empty() || !fix.edits.iter().all(|edit| fits(source, edit)) {
            return false;
        }
        if fix.edits.iter().all(|edit| self.edits.get(&edit.span.start) == Some(&edit)) {
            return true;
        }
        if fix.edits.iter().any(|edit| self.touches(edit)) || overlap_within(fix) {
            return false;
        }
        self.edits.extend(fix.edits.iter().map(|edit| (edit.span.start, edit)));
        true
    }

    fn touches(&self, edit: &Edit) -> bool {
        let before = self.edits.range(..=edit.span.end).next_back();
        before.is_some_and(|(_, taken)| taken.span.end >= edit.span.start)
    }

    fn splice(&self, source: &str) -> String {
        let mut text = String::with_capacity(source.len());
        let mut rest = 0;
        for edit in self.edits.values() {
            text.push_str(source.get(rest..edit.span.start as usize).unwrap_or_default());
            text.push_str(&edit.replacement);
            rest = edit.span.end as usize;
        }
        text.push_str(source.get(rest..).unwrap_or_default());
        text
    }
}

/// Says whether an edit's span lies in the text, on character boundaries.
fn fits(source: &str, edit: &Edit) -> bool {
    source.get(edit.span.start as usize..edit.span.end as usize).is_some()
}

/// Says whether two edits of one fix overlap or begin at the same offset.
fn overlap_within(fix: &Fix) -> bool {
    let mut spans: Vec<_> = fix.edits.iter().map(|edit| edit.span).collect();
    spans.sort_unstable();
    spans.windows(2).any(|pair| match pair {
        [first, second] => second.start < first.end || second.start == first.start,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{Applied, apply_fixes, apply_fixes_repeatedly};
    use crate::{Applicability, Diagnostic, Edit, Fix, Severity, Span};
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn finding(fix: Fix) -> Diagnostic {
        Diagnostic::new("rule", Severity::Error, Span::at(0), "message").fix(fix)
    }

    fn check(source: &str, fixes: &[Fix], expect: (&str, usize, usize)) {
        let findings: Vec<_> = fixes.iter().cloned().map(finding).collect();
        let Applied { text, applied, skipped } =
            apply_fixes(source, &findings, Applicability::NeedsReview);
        assert_eq!((text.as_str(), applied, skipped), expect);
    }

    #[test]
    fn applies_in_any_order() {
        let first = Fix::safe("x", Span::new(0, 1), "A");
        let last = Fix::safe("x", Span::new(4, 5), "");
        check("a b c", &[last, first], ("A b ", 2, 0));
    }

    #[test]
    fn applies_a_fix_wholly_or_not_at_all() {
        let parentheses = Fix::safe("x", Span::at(0), "(").and(Span::at(3), ")");
        let within = Fix::safe("x", Span::new(1, 2), "B");
        let across = Fix::safe("x", Span::new(2, 4), "").and(Span::new(5, 6), "");
        check("abcdef", &[parentheses, within, across], ("(aBc)def", 2, 1));
    }

    #[test]
    fn leaves_neighbours_for_the_next_pass() {
        let a = Fix::safe("x", Span::new(0, 1), "");
        let b = Fix::safe("x", Span::new(1, 2), "");
        check("abc", &[a, b], ("bc", 1, 1));
    }

    #[test]
    fn takes_the_same_fix_once() {
        let fix = Fix::safe("x", Span::at(1), "!");
        check("ab", &[fix.clone(), fix], ("a!b", 2, 0));
    }

    #[test]
    fn skips_what_does_not_fit() {
        check("é", &[Fix::safe("x", Span::new(0, 1), "e")], ("é", 0, 1));
        check("a", &[Fix::safe("x", Span::new(0, 9), "e")], ("a", 0, 1));
        let twice = Fix::safe("x", Span::new(0, 1), "b").and(Span::new(0, 1), "c");
        check("a", &[twice], ("a", 0, 1));
    }

    #[test]
    fn asks_before_a_review() {
        let findings = [finding(Fix::needs_review("x", Span::new(0, 1), "b"))];
        assert_eq!(apply_fixes("a", &findings, Applicability::Safe).applied, 0);
        assert_eq!(apply_fixes("a", &findings, Applicability::NeedsReview).text, "b");
    }

    #[test]
    fn stops_when_nothing_changes_and_when_it_never_would() {
        let shorten = |text: &str| -> Vec<Diagnostic> {
            let span = Span::new(0, 1);
            if text.is_empty() { vec![] } else { vec![finding(Fix::safe("x", span, ""))] }
        };
        assert_eq!(apply_fixes_repeatedly("abc", Applicability::Safe, shorten).applied, 3);
        let grow = |_: &str| vec![finding(Fix::safe("x", Span::at(0), "a"))];
        assert_eq!(apply_fixes_repeatedly("", Applicability::Safe, grow).text.len(), 256);
    }

    fn any_fix() -> impl Strategy<Value = Fix> {
        let edit = (0_u32..24, 0_u32..24, "[é😀a]{0,3}");
        let edit = edit.prop_map(|(start, end, text)| Edit {
            span: Span { start, end },
            replacement: text.into(),
        });
        proptest::collection::vec(edit, 0..4).prop_map(|edits| Fix {
            title: "x".into(),
            edits,
            applicability: Applicability::Safe,
        })
    }

    /// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
    fn config() -> ProptestConfig {
        ProptestConfig {
            rng_seed: RngSeed::Fixed(1),
            failure_persistence: None,
            ..ProptestConfig::default()
        }
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn survives_every_fix(source in "[é😀ab\n]{0,12}", fixes in proptest::collection::vec(any_fix(), 0..8)) {
            let findings: Vec<_> = fixes.iter().cloned().map(finding).collect();
            let applied = apply_fixes(&source, &findings, Applicability::Safe);
            prop_assert_eq!(applied.applied + applied.skipped, fixes.len());
        }

        /// Replacing every second character is the same whoever does it.
        #[test]
        fn lands_every_edit(source in "[é😀ab]{0,12}") {
            let fixes = source.char_indices().step_by(2).map(|(at, character)| {
                let end = at + character.len_utf8();
                finding(Fix::safe("x", Span::new(at as u32, end as u32), "漢!"))
            });
            let fixes: Vec<_> = fixes.collect();
            let expect: String = source
                .chars()
                .enumerate()
                .map(|(n, c)| if n % 2 == 0 { "漢!".to_owned() } else { c.to_string() })
                .collect();
            let applied = apply_fixes(&source, &fixes, Applicability::Safe);
            prop_assert_eq!(applied.text, expect);
            prop_assert_eq!(applied.skipped, 0);
        }
    }
}
