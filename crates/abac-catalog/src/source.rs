//! The pages that the facts come from.

use crate::table::rows;
use serde::Serialize;
use std::sync::OnceLock;

/// A page that facts come from, as it read on a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Source {
    /// The short tag that the data files and `docs/sources.md` use.
    pub tag: &'static str,
    /// The short name of the page, `storage-auth-abac-attributes`.
    pub page: &'static str,
    /// The date of the text, `2023-08-10`.
    pub date: &'static str,
    /// Where the page is kept: repository and path, or a description of it.
    pub path: &'static str,
    /// What else is to be known about the text, or nothing.
    pub note: &'static str,
}

impl std::fmt::Display for Source {
    /// Writes page and date, `storage-auth-abac-attributes, 2023-08-10`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}, {}", self.page, self.date)
    }
}

/// Returns every source, by tag.
pub(crate) fn all() -> &'static [Source] {
    static TABLE: OnceLock<Vec<Source>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../data/sources.tsv"))
            .map(|mut row| Source {
                tag: row.text(),
                page: row.text(),
                date: row.text(),
                path: row.text(),
                note: row.text(),
            })
            .collect()
    })
}

/// A fact that users gave.
pub(crate) static GIVEN: Source =
    Source { tag: "given", page: "given by the user", date: "", path: "", note: "" };

/// Returns the source of a tag; an unknown tag, which `cargo xtask catalog --check` refuses, is
/// answered with a source without a page.
pub(crate) fn by_tag(tag: &str) -> &'static Source {
    static NONE: Source = Source { tag: "", page: "", date: "", path: "", note: "" };
    let sources = all();
    sources
        .binary_search_by(|source| source.tag.cmp(tag))
        .ok()
        .and_then(|index| sources.get(index))
        .unwrap_or(&NONE)
}
