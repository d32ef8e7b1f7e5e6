//! What somebody pastes or drops: found out, and taken.

mod quoted;
mod scan;

pub use scan::FoundCondition;

use crate::document::{Document, FileError, NamedRequest, Opened};
use crate::share::{self, ShareError};
use crate::simulate::{self, ImportError};
use abac_catalog::Catalog;
use abac_syntax::{Holes, parse_with};
use diagnostics::Severity;
use serde_json::Value as Json;

/// The largest text that is looked at, in bytes.
pub const MAX_INTAKE_BYTES: usize = 4 << 20;

/// What a pasted text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// A document of ours, from a file or a link.
    Document(Box<Opened>),
    /// One condition or several, bare or taken out of a file.
    Conditions(Vec<FoundCondition>),
    /// Requests for the table.
    Requests(Vec<NamedRequest>),
    /// A role management policy.
    Policy(String),
}

impl Taken {
    /// Says in a sentence what was taken.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Document(opened) => format!("Opened the document \"{}\".", opened.document.name),
            Self::Conditions(found) => match found.as_slice() {
                [one] => one.words(),
                many => format!("Found {} conditions; choose one.", many.len()),
            },
            Self::Requests(requests) => match requests.len() {
                1 => "Took 1 request into the table.".to_owned(),
                count => format!("Took {count} requests into the table."),
            },
            Self::Policy(_) => "Took the role management policy.".to_owned(),
        }
    }
}

/// Why nothing is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// There is nothing.
    #[error("the text is empty")]
    Empty,
    /// It is too large.
    #[error("the text has {found} bytes; at most {MAX_INTAKE_BYTES} are read")]
    TooLarge {
        /// How many bytes it has.
        found: usize,
    },
    /// It is a document that cannot be read.
    #[error(transparent)]
    Document(#[from] FileError),
    /// It is a link that cannot be read.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// It looks like requests, and is none.
    #[error(transparent)]
    Requests(#[from] ImportError),
    /// There is no condition in it.
    #[error(
        "there is no condition in this text; a condition names an action with ActionMatches or an attribute such as @Request[…]"
    )]
    NoCondition,
}

/// Finds out what a text is and takes it.
///
/// # Errors
///
/// A text that is too large or has nothing in it, and a document, link or table that is damaged.
pub fn take(text: &str, catalog: &Catalog) -> Result<Taken, IntakeError> {
    if text.len() > MAX_INTAKE_BYTES {
        return Err(IntakeError::TooLarge { found: text.len() });
    }
    let trimmed = text.trim_start_matches('\u{feff}').trim();
    if trimmed.is_empty() {
        return Err(IntakeError::Empty);
    }
    if let Some(fragment) = link(trimmed) {
        return Ok(Taken::Document(Box::new(share::open(fragment)?)));
    }
    if let Some(taken) = json(trimmed, catalog)? {
        return Ok(taken);
    }
    if is_clean(trimmed) {
        return Ok(Taken::Conditions(vec![FoundCondition::whole(trimmed)]));
    }
    let found = scan::conditions(trimmed);
    if !found.is_empty() {
        return Ok(Taken::Conditions(found));
    }
    if is_table(trimmed) {
        return Ok(Taken::Requests(simulate::import(trimmed, catalog)?));
    }
    if trimmed.starts_with("[activation]")
        || trimmed.starts_with("[eligible]")
        || trimmed.starts_with("[active]")
    {
        return Ok(Taken::Policy(trimmed.to_owned()));
    }
    // A condition that somebody is still writing.
    if scan::has_marker(trimmed) {
        return Ok(Taken::Conditions(vec![FoundCondition::whole(trimmed)]));
    }
    Err(IntakeError::NoCondition)
}

/// Returns the fragment of a link of ours, alone or behind an address.
fn link(text: &str) -> Option<&str> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let fragment = text.rsplit_once('#').map_or(text, |(_, fragment)| fragment);
    let is_alone = fragment.len() == text.len();
    let is_address = text.starts_with("http://") || text.starts_with("https://");
    (fragment.starts_with(share::PREFIX) && (is_alone || is_address)).then_some(fragment)
}

/// Takes JSON that is ours: a document, requests, a policy. Any other JSON is a file to look into.
fn json(text: &str, catalog: &Catalog) -> Result<Option<Taken>, IntakeError> {
    if !text.starts_with(['{', '[']) {
        return Ok(None);
    }
    let value = serde_json::from_str::<Json>(text).ok();
    let first_line = text.lines().next().unwrap_or_default();
    let sample = match &value {
        Some(Json::Array(list)) => list.first(),
        Some(other) => Some(other),
        None => None,
    };
    let lines = serde_json::from_str::<Json>(first_line).ok();
    let Some(Json::Object(fields)) = sample.or(lines.as_ref()) else { return Ok(None) };
    let has = |name: &str| fields.contains_key(name);
    if has("grantif") && value.is_some() {
        return Ok(Some(Taken::Document(Box::new(Document::from_json(text)?))));
    }
    let is_request = has("action")
        && (has("attributes") || has("expect") || has("suboperation") || fields.len() <= 2);
    if is_request || has("requests") {
        return Ok(Some(Taken::Requests(simulate::import(text, catalog)?)));
    }
    let inner = fields.get("properties").and_then(Json::as_object);
    let has_rules = |name: &str| has(name) || inner.is_some_and(|inner| inner.contains_key(name));
    if has_rules("rules") || has_rules("effectiveRules") {
        return Ok(Some(Taken::Policy(text.to_owned())));
    }
    Ok(None)
}

/// Says whether a text is a condition as it stands, perhaps with template holes.
fn is_clean(text: &str) -> bool {
    scan::has_marker(text)
        && !parse_with(text, Holes::Allowed)
            .diagnostics
            .iter()
            .any(|finding| finding.severity == Severity::Error)
}

/// Says whether the first line is the header of a table.
fn is_table(text: &str) -> bool {
    let header = text.lines().next().unwrap_or_default().to_ascii_lowercase();
    text.contains('\n')
        && header.split([',', ';', '\t']).any(|name| name.trim().trim_matches('"') == "action")
}
