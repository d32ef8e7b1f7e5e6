//! What is known about the text that is shown: read once for each change, used by every panel.

use abac_catalog::Catalog;
use abac_eval::Program;
use abac_lint::Options;
use abac_syntax::{Holes, Tree};
use diagnostics::{Diagnostic, LineIndex, Severity};
use std::sync::Arc;

/// The largest condition that Azure takes, in bytes.
pub(crate) const LIMIT: usize = 8 * 1024;

/// A text and what the crates say about it.
#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) text: Arc<str>,
    pub(crate) tree: Tree,
    pub(crate) program: Program,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) lines: LineIndex,
}

impl Analysis {
    pub(crate) fn new(text: Arc<str>) -> Self {
        let parsed = abac_syntax::parse(&text);
        let program = Program::compile(&text, &parsed.tree);
        let findings = abac_lint::check(&text, Holes::Refused, &Options::new(Catalog::builtin()));
        let lines = LineIndex::new(&text);
        Self { tree: parsed.tree, program, findings, lines, text }
    }

    /// Returns how many findings there are of a severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Returns a place in the units that JavaScript counts in.
    pub(crate) fn utf16(&self, span: diagnostics::Span) -> (u32, u32) {
        (self.lines.utf16_offset(span.start), self.lines.utf16_offset(span.end))
    }
}
