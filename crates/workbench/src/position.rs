//! Places as a browser counts them.

use diagnostics::{LineIndex, Span};

/// A half-open range of UTF-16 code units, as the text of a browser counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Range {
    /// The first unit.
    pub from: u32,
    /// The unit behind the last.
    pub to: u32,
}

impl Range {
    /// Returns the range of a span of bytes.
    #[must_use]
    pub fn of(index: &LineIndex, span: Span) -> Self {
        Self { from: index.utf16_offset(span.start), to: index.utf16_offset(span.end) }
    }

    /// Returns the span of bytes of a range.
    #[must_use]
    pub fn span(self, index: &LineIndex) -> Span {
        Span::new(index.byte_offset(self.from), index.byte_offset(self.to))
    }
}
