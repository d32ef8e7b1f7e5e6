//! `.http` files: calls, each with its body.

use crate::text::{Text, offset};
use diagnostics::Span;

/// Returns the bodies that are JSON.
pub(crate) fn bodies(source: &str) -> Vec<Text> {
    let whole = Text::identity(source);
    let mut bodies = Vec::new();
    let mut start: Option<usize> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let ends = line.starts_with("###");
        let begins = line.starts_with('{') || line.starts_with('[');
        if ends && let Some(from) = start.take() {
            bodies.push(whole.slice(Span::new(offset(from), offset(at))));
        } else if begins && start.is_none() && !line.starts_with("{{") {
            start = Some(at);
        }
        at += line.len();
    }
    if let Some(from) = start {
        bodies.push(whole.slice(Span::new(offset(from), offset(at))));
    }
    bodies
}
