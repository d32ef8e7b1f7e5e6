//! The seeds that come with the sandbox.

use super::Seed;
use jiff::Timestamp;

/// Every seed that comes with the sandbox, with what it is for.
pub const BUILT_IN: &[(&str, &str)] =
    &[("default", "a small company in which nobody but the administrator has a role")];

const TEXTS: &[(&str, &str)] = &[("default", include_str!("../../seeds/default.json"))];

/// Returns a seed that comes with the sandbox.
#[must_use]
pub fn built_in(name: &str, now: Timestamp) -> Option<Seed> {
    let (_, text) = TEXTS.iter().find(|(known, _)| *known == name)?;
    Seed::parse(text, now).ok()
}
