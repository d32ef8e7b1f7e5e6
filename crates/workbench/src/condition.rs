//! A condition that was read once, for everything that looks at it.

use crate::position::Range;
use abac_syntax::{Parsed, Tree};
use diagnostics::{Diagnostic, LineIndex, Severity, Span};

/// A text and its tree. The editor makes one per change of the text and hands it to the analysis,
/// the blocks and the simulation.
#[derive(Debug, Clone)]
pub struct Condition {
    text: String,
    parsed: Parsed,
    index: LineIndex,
}

impl Condition {
    /// Reads a text; any text gives a condition, perhaps one with errors.
    #[must_use]
    pub fn read(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { parsed: abac_syntax::parse(&text), index: LineIndex::new(&text), text }
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the tree.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.parsed.tree
    }

    /// Returns what the parser found.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.parsed.diagnostics
    }

    /// Returns what translates places.
    #[must_use]
    pub fn index(&self) -> &LineIndex {
        &self.index
    }

    /// Says whether the text could be read wholly.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        !self.parsed.diagnostics.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Returns the range of a span of bytes.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        Range::of(&self.index, span)
    }
}
