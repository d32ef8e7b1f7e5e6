//! What to do about a document that is not as it should be.

use crate::answer::Failure;
use diagnostics::Diagnostic;
use pim_model::Item;

/// Says that a document has nothing of a kind: with what was found in it, where that tells why.
pub(super) fn nothing(what: &str, source: &str, found: &[Diagnostic]) -> Failure {
    Failure::of_errors(source, found)
        .unwrap_or_else(|| Failure::new("document", format!("the document has no {what}")))
}

/// Returns the one thing that stands in a document.
pub(super) fn only(
    mut items: Vec<Item>,
    source: &str,
    found: &[Diagnostic],
) -> Result<Item, Failure> {
    let count = items.len();
    match (items.pop(), count) {
        (Some(item), 1) => Ok(item),
        (None, _) => Err(nothing("request, assignment or policy", source, found)),
        (Some(_), _) => Err(Failure::new(
            "document",
            format!("the document has {count} requests; expected one"),
        )),
    }
}
