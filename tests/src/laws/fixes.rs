//! Laws of the fixes of parser and linter.

use super::evaluation::truth;
use super::findings_are_sound;
use super::syntax::is_readable;
use abac_catalog::Catalog;
use abac_eval::AccessRequest;
use abac_lint::{Options, check};
use abac_syntax::Holes;
use diagnostics::{Applicability, Diagnostic, apply_fixes, apply_fixes_repeatedly};

fn findings(text: &str) -> Vec<Diagnostic> {
    check(text, Holes::Refused, &Options::new(Catalog::builtin()))
}

/// Every fix can be applied by itself, to a text whose findings are sound, and takes its own
/// finding away, or the text that it is about; what could be read can be read afterwards.
pub fn fixes_remove_their_findings(text: &str) {
    let before = findings(text);
    findings_are_sound(text, &before);
    let readable = is_readable(text, Holes::Refused);
    for finding in before.iter().filter(|finding| finding.fix.is_some()) {
        let one = std::slice::from_ref(finding);
        let applied = apply_fixes(text, one, Applicability::NeedsReview);
        let fixed = applied.text;
        assert_eq!(applied.applied, 1, "{text:?}: not applied: {finding:#?}");
        assert_ne!(fixed, text, "{text:?}: changes nothing: {finding:#?}");
        if !readable {
            continue;
        }
        assert!(is_readable(&fixed, Holes::Refused), "{text:?} → {fixed:?}: {finding:#?}");
        let count = |all: &[Diagnostic]| all.iter().filter(|other| other.id == finding.id).count();
        let after = findings(&fixed);
        // Two clauses can become alike when something between them goes: a finding of the same kind,
        // but another one, in a text that is shorter.
        let gone = takes_away(finding);
        assert!(
            count(&after) < count(&before) || gone,
            "{text:?} → {fixed:?}: still there: {finding:#?}"
        );
    }
}

/// Says whether a fix deletes all that its finding is about.
fn takes_away(finding: &Diagnostic) -> bool {
    let mut edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    edits.any(|edit| edit.replacement.is_empty() && edit.span.contains(finding.span))
}

/// Applying fixes comes to an end: whatever the text is, a last pass finds nothing to apply.
pub fn fixes_settle(text: &str) {
    for allowed in [Applicability::Safe, Applicability::NeedsReview] {
        let fixed = apply_fixes_repeatedly(text, allowed, findings).text;
        let again = apply_fixes(&fixed, &findings(&fixed), allowed);
        assert_eq!(again.text, fixed, "{text:?} does not settle ({allowed:?})");
    }
}

/// No safe fix changes what a condition that can be read says about a request.
pub fn safe_fixes_keep_decisions(text: &str, request: &AccessRequest) {
    if !is_readable(text, Holes::Refused) {
        return;
    }
    let fixed = apply_fixes_repeatedly(text, Applicability::Safe, findings).text;
    let (before, after) = (truth(text, request), truth(&fixed, request));
    assert_eq!(before.decision(), after.decision(), "{text:?} → {fixed:?}, {request:?}");
}
