//! Laws of the formatter.

use super::evaluation::truth;
use super::syntax::is_readable;
use abac_eval::AccessRequest;
use abac_syntax::{FormatError, Holes, Layout, Tree, format, parse_with, same_shape, smallest_len};

const LAYOUTS: [Layout; 3] = [Layout::Portal, Layout::OneLine, Layout::Smallest];

/// What can be read is laid out; the layout reads back as the same condition, and laying it out
/// again changes nothing. The smallest layout is the shortest.
pub fn format_is_idempotent(text: &str) {
    for holes in [Holes::Refused, Holes::Allowed] {
        let parsed = parse_with(text, holes);
        // What becomes of a text with errors is the formatter's own affair.
        if !is_readable(text, holes) {
            continue;
        }
        let lengths = LAYOUTS.map(|layout| layout_is_stable(text, &parsed.tree, holes, layout));
        let [Some(portal), Some(one_line), Some(smallest)] = lengths else { continue };
        assert!(smallest <= one_line.min(portal), "{text:?}: the smallest is not: {lengths:?}");
        assert_eq!(smallest_len(text, &parsed.tree), Some(smallest), "{text:?}");
    }
}

fn layout_is_stable(text: &str, tree: &Tree, holes: Holes, layout: Layout) -> Option<usize> {
    let once = match format(text, tree, layout) {
        Ok(once) => once,
        Err(error) => {
            let excused = error == FormatError::TooLong && text.len() > 1000;
            assert!(excused, "{text:?} as {layout:?}: {error}");
            return None;
        }
    };
    let again = parse_with(&once, holes);
    assert!(is_readable(&once, holes), "{text:?} as {layout:?}: {once:?} has errors");
    assert!(same_shape(text, tree, &once, &again.tree), "{text:?} as {layout:?}: {once:?}");
    let twice = format(&once, &again.tree, layout);
    assert_eq!(twice.as_ref(), Ok(&once), "{text:?} as {layout:?}");
    Some(once.len())
}

/// No layout changes what a condition says about a request.
pub fn format_keeps_decisions(text: &str, request: &AccessRequest) {
    let tree = parse_with(text, Holes::Refused).tree;
    for layout in LAYOUTS {
        let Ok(laid_out) = format(text, &tree, layout) else { continue };
        assert_eq!(
            truth(text, request),
            truth(&laid_out, request),
            "{text:?} as {layout:?}: {laid_out:?}, {request:?}"
        );
    }
}
