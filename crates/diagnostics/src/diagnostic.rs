//! One finding: what is wrong, where, what to do.

use crate::Span;
use serde::Serialize;
use std::borrow::Cow;

/// How much evidence stands behind a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Severity {
    /// A matter of taste.
    Advice,
    /// Accepted, but not what it seems; or nowhere documented, and the message says so.
    Warning,
    /// Cannot be read, or Azure is documented or observed to refuse it.
    Error,
}

impl Severity {
    /// Returns the lower-case name used in every output format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second place that matters to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What there is to see.
    pub message: Cow<'static, str>,
}

/// Whether a fix may be applied without a person looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Applicability {
    /// No decision of the condition changes, or the text could not be read before.
    Safe,
    /// What the condition permits may change; a person must agree.
    NeedsReview,
}

/// Replaces the text of a span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// The new text; empty for a deletion.
    pub replacement: Cow<'static, str>,
}

/// A change that removes a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What the fix does, as an order: "quote the pattern".
    pub title: Cow<'static, str>,
    /// The edits, sorted by span and not overlapping.
    pub edits: Vec<Edit>,
    /// Whether a person must look first.
    pub applicability: Applicability,
}

impl Fix {
    /// Makes a fix of one edit that changes no decision.
    pub fn safe(
        title: impl Into<Cow<'static, str>>,
        span: Span,
        replacement: impl Into<Cow<'static, str>>,
    ) -> Self {
        let edits = vec![Edit { span, replacement: replacement.into() }];
        Self { title: title.into(), edits, applicability: Applicability::Safe }
    }

    /// Makes a fix of one edit that a person must look at.
    pub fn needs_review(
        title: impl Into<Cow<'static, str>>,
        span: Span,
        replacement: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { applicability: Applicability::NeedsReview, ..Self::safe(title, span, replacement) }
    }

    /// Adds an edit and keeps the edits sorted.
    #[must_use]
    pub fn and(mut self, span: Span, replacement: impl Into<Cow<'static, str>>) -> Self {
        self.edits.push(Edit { span, replacement: replacement.into() });
        self.edits.sort_by_key(|edit| edit.span);
        self
    }
}

/// One finding of the parser, the linter, the PIM checks or the extraction.
///
/// *What* is wrong is the message, *what to do* the help, *why* the page of the rule
/// (`docs/rules/<id>.md`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Names the fault: kebab-case and stable.
    pub id: Cow<'static, str>,
    /// How much evidence stands behind it.
    pub severity: Severity,
    /// What is wrong: lower-case start, no final stop, the user's text in backticks.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to write under the caret, where it says more than the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caret: Option<Cow<'static, str>>,
    /// Other places that matter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// A change that removes the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Makes a finding without labels, help or fix.
    pub fn new(
        id: impl Into<Cow<'static, str>>,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            severity,
            message: message.into(),
            span,
            caret: None,
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Sets what is written under the caret.
    #[must_use]
    pub fn caret(mut self, caret: impl Into<Cow<'static, str>>) -> Self {
        self.caret = Some(caret.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Sets what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the change that removes the finding, where there is one.
    #[must_use]
    pub fn fix_if(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// Sets the change that removes the finding.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}
