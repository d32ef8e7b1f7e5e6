//! The pages of the rules.

use crate::rules::PAGES;

/// Returns the Markdown page of a rule, `docs/rules/<id>.md`.
#[must_use]
pub fn page(id: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

/// Returns every page with the id of its rule.
pub fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGES.iter().copied()
}
