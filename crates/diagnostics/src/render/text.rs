//! Caret pictures for people.

use crate::Report;

/// How the text is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether to write ANSI colours.
    pub color: bool,
    /// How many columns a line may have.
    pub width: usize,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

/// Draws every finding with carets under its place, and a summary.
#[must_use]
pub fn text(_report: &Report, _options: TextOptions) -> String {
    String::new()
}

/// Says in one line what was found: "2 errors, 1 warning in 1 condition; 1 fixable with --fix".
#[must_use]
pub fn summary(_report: &Report) -> String {
    String::new()
}
