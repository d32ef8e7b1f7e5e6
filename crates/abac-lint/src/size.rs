//! The size of a condition.

use crate::facts::{Facts, literal_has_hole};
use abac_syntax::ExprKind;

/// The most bytes that Azure takes.
///
/// That the limit is 8 KB is *documented* (conditions-faq, 2023-05-09), that it counts bytes of
/// UTF-8 is *assumed*.
pub(crate) const MOST_BYTES: usize = 8192;

/// From here on a condition is close to the limit.
pub(crate) const NEAR_BYTES: usize = 7168;

/// Returns the number of bytes without white space at the ends; `None` where a template hole
/// stands in it, so that the size is not known.
pub(crate) fn bytes(facts: &Facts<'_>) -> Option<usize> {
    let length = facts.source.trim().len();
    if length < NEAR_BYTES {
        return None;
    }
    let tree = facts.tree;
    let holes = tree.literals().any(|(_, literal)| literal_has_hole(literal))
        || tree.attributes().any(|(_, attribute)| attribute.hole)
        || tree.exprs().any(|(_, expr)| expr.kind == ExprKind::Hole);
    (!holes).then_some(length)
}
