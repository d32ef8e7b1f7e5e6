//! Why something is not written.

use crate::target::Target;

/// Why nothing was written for a target.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmitError {
    /// The target has no way to say it.
    #[error("`{target}` cannot carry {what}: {why}{}", use_instead(.instead))]
    Refused {
        /// The target that was asked for.
        target: Target,
        /// What it cannot carry.
        what: String,
        /// Why.
        why: String,
        /// Targets that can, the nearest first.
        instead: Vec<Target>,
    },
    /// The request lacks something that every target needs.
    #[error("{0}")]
    Incomplete(String),
}

fn use_instead(targets: &[Target]) -> String {
    let names: Vec<_> = targets.iter().map(|target| format!("`{target}`")).collect();
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => format!("; use {only}"),
        Some((last, rest)) => format!("; use {} or {last}", rest.join(", ")),
    }
}
