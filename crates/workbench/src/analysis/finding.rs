//! Findings as an editor shows them.

use super::Settings;
use crate::change::Changes;
use crate::condition::Condition;
use crate::position::Range;
use abac_syntax::Holes;
use diagnostics::{Applicability, Diagnostic, Severity};
use std::borrow::Cow;

/// Something that is wrong with a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule, which names its page.
    pub id: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub range: Range,
    /// What is wrong.
    pub message: String,
    /// What to write at the place itself, where it says more than the message.
    pub caret: Option<Cow<'static, str>>,
    /// What to do.
    pub help: Option<String>,
    /// Other places that matter.
    pub labels: Vec<FindingLabel>,
    /// What removes it.
    pub fix: Option<FindingFix>,
}

/// Another place that matters to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLabel {
    /// Where.
    pub range: Range,
    /// What there is to see.
    pub message: Cow<'static, str>,
}

/// What removes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingFix {
    /// What it does, as an order.
    pub title: Cow<'static, str>,
    /// Whether no decision changes by it; otherwise a person should look at it first.
    pub is_safe: bool,
    /// The changes.
    pub changes: Changes,
}

pub(super) fn findings(condition: &Condition, settings: &Settings) -> Vec<Finding> {
    let found = abac_lint::check(condition.text(), Holes::Refused, &super::options(settings));
    found.into_iter().map(|finding| shown(condition, finding)).collect()
}

fn shown(condition: &Condition, finding: Diagnostic) -> Finding {
    let label = |label: diagnostics::Label| FindingLabel {
        range: condition.range(label.span),
        message: label.message,
    };
    let fix = finding.fix.map(|fix| FindingFix {
        title: fix.title,
        is_safe: fix.applicability == Applicability::Safe,
        changes: Changes::new(
            condition.index(),
            fix.edits.into_iter().map(|edit| (edit.span, edit.replacement.into_owned())),
        ),
    });
    Finding {
        id: finding.id,
        severity: finding.severity,
        range: condition.range(finding.span),
        message: finding.message,
        caret: finding.caret,
        help: finding.help,
        labels: finding.labels.into_iter().map(label).collect(),
        fix,
    }
}
