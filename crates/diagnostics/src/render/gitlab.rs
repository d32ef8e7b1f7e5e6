//! gitlab

use crate::Report;

/// Renders a report.
#[must_use]
pub fn gitlab(_report: &Report) -> String {
    String::new()
}
