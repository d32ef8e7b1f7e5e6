//! Where rules put what they find.

use crate::options::Level;
use crate::rule::Rule;
use diagnostics::{Diagnostic, Severity, Span};

/// Collects the findings of one rule after the other.
pub(crate) struct Report {
    id: &'static str,
    severity: Severity,
    level: Option<Severity>,
    findings: Vec<Diagnostic>,
}

impl Report {
    pub(crate) const fn new() -> Self {
        Self { id: "", severity: Severity::Warning, level: None, findings: Vec::new() }
    }

    /// Makes ready for a rule; says whether it is to run at all.
    pub(crate) fn begin(&mut self, rule: &Rule, level: Option<Level>) -> bool {
        self.id = rule.id;
        self.severity = rule.severity;
        self.level = level.and_then(Level::severity);
        level != Some(Level::Off)
    }

    /// Makes a finding of the rule that runs, with the rule's own severity; to be handed to
    /// [`Self::push`].
    pub(crate) fn at(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.id, self.severity, span, message)
    }

    /// Makes a finding with a severity of its own.
    pub(crate) fn with(
        &self,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(self.id, severity, span, message)
    }

    /// Adds a finding.
    pub(crate) fn push(&mut self, mut finding: Diagnostic) {
        if let Some(level) = self.level {
            finding.severity = level;
        }
        self.findings.push(finding);
    }

    pub(crate) fn into_findings(self) -> Vec<Diagnostic> {
        self.findings
    }
}
