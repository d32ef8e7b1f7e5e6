//! Texts that are or were in use although the catalog has no such attribute.

use crate::source::{Source, by_tag};
use crate::table::rows;
use serde::Serialize;
use std::sync::OnceLock;

/// Why a text that is in use is not in the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum LegacyKind {
    /// An older spelling of an attribute.
    Spelling,
    /// An older way of the language that another one has replaced.
    Replaced,
    /// A marker that Azure uses in its own roles only.
    Internal,
    /// A service for which no page says that it takes conditions.
    Unsupported,
    /// Azure has been seen to refuse it.
    Refused,
}

/// A text that is or was in use although the catalog has no such attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Legacy {
    /// The text between the brackets.
    pub body: &'static str,
    /// The attribute source it is written with, `Resource`.
    pub attribute_source: &'static str,
    /// Why it is not in the catalog.
    pub kind: LegacyKind,
    /// What to write in its place, where something is known: the text between the brackets for a
    /// spelling, a function for what was replaced.
    pub upgrade: Option<&'static str>,
    /// The page it was seen on.
    pub source: &'static Source,
    /// What is known about it.
    pub notes: &'static str,
}

/// Returns every text, in alphabetical order.
pub(crate) fn all() -> &'static [Legacy] {
    static TABLE: OnceLock<Vec<Legacy>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../data/legacy.tsv"))
            .map(|mut row| Legacy {
                body: row.text(),
                attribute_source: row.text(),
                kind: match row.text() {
                    "spelling" => LegacyKind::Spelling,
                    "replaced" => LegacyKind::Replaced,
                    "internal" => LegacyKind::Internal,
                    "refused" => LegacyKind::Refused,
                    _ => LegacyKind::Unsupported,
                },
                upgrade: Some(row.text()).filter(|text| !text.is_empty()),
                source: by_tag(row.text()),
                notes: row.text(),
            })
            .collect()
    })
}

/// Returns what is known about a text between the brackets. A spelling is compared exactly, for it
/// may differ from today's in letter case only; anything else in any letter case.
pub(crate) fn find(body: &str) -> Option<&'static Legacy> {
    let body = body.trim();
    all().iter().find(|legacy| match legacy.kind {
        LegacyKind::Spelling => legacy.body == body,
        _ => legacy.body.eq_ignore_ascii_case(body),
    })
}
