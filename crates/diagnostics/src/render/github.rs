//! github

use crate::Report;

/// Renders a report.
#[must_use]
pub fn github(_report: &Report) -> String {
    String::new()
}
