//! What must hold for any text and any request.
//!
//! Each law is a function that panics where it is broken, so that a property test and a fuzz
//! target ask the same question.

mod evaluation;
mod fixes;
mod format;
mod hosts;
mod syntax;

pub use evaluation::{evaluators_agree, request_of};
pub use fixes::{fixes_remove_their_findings, fixes_settle, safe_fixes_keep_decisions};
pub use format::{format_is_idempotent, format_keeps_decisions};
pub use hosts::{
    HOSTS, Written, emitted_is_found, host_fixes_are_meant, host_layouts_are_meant,
    hosts_take_anything, written, written_is_found,
};
pub use syntax::{parses, tokens_tile, tree_is_sound};

use diagnostics::{Diagnostic, Span};

/// Checks that a span selects text: within it, and from character to character.
#[track_caller]
fn fits(text: &str, span: Span) {
    let selected = text.get(span.start as usize..span.end as usize);
    assert!(selected.is_some(), "{span:?} does not fit {text:?}");
}

/// Checks that findings are sorted, and that every place they name is in the text.
#[track_caller]
fn findings_are_sound(text: &str, findings: &[Diagnostic]) {
    let starts = findings.iter().map(|finding| finding.span.start);
    assert!(starts.is_sorted(), "findings of {text:?} are not sorted: {findings:#?}");
    for finding in findings {
        assert!(!finding.message.is_empty(), "{} says nothing", finding.id);
        fits(text, finding.span);
        for label in &finding.labels {
            fits(text, label.span);
        }
        let Some(fix) = &finding.fix else { continue };
        assert!(!fix.edits.is_empty(), "{}: a fix without edits", finding.id);
        for edit in &fix.edits {
            fits(text, edit.span);
        }
        for (edit, next) in fix.edits.iter().zip(fix.edits.iter().skip(1)) {
            assert!(edit.span.end <= next.span.start, "{}: edits overlap: {fix:?}", finding.id);
        }
    }
}
