//! azure_devops

use crate::Report;

/// Renders a report.
#[must_use]
pub fn azure_devops(_report: &Report) -> String {
    String::new()
}
