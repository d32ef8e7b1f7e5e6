//! Prints a tree back: the portal's layout, one line, or as few bytes as possible.

mod tokens;
mod writer;

use crate::shape::same_shape;
use crate::tree::{ExprKind, LiteralKind, Operand, Tree};
use crate::{Holes, MAX_SOURCE_BYTES, parse_with};
use diagnostics::{Severity, Span};
use writer::Writer;

/// How a condition is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Layout {
    /// The layout of the Azure portal's code editor: one term a line, parentheses on lines of
    /// their own, indented by one space.
    ///
    /// *Documented* by its examples: conditions-format, 2023-11-15;
    /// delegate-role-assignments-examples, 2024-04-15.
    #[default]
    Portal,
    /// The same tokens on one line, single spaces between them.
    OneLine,
    /// As few bytes as the language allows, for the limit of 8 KB (*documented*: conditions-faq,
    /// 2023-05-09).
    ///
    /// What evidence each shortening has is in `docs/formatting.md`.
    Smallest,
}

/// Why a condition was not laid out; the text stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// The condition has errors; laying out what was understood could lose the rest.
    #[error("the condition has errors and is left as it is: {message}")]
    Unreadable {
        /// Where the first error is.
        span: Span,
        /// What the first error says.
        message: String,
    },
    /// The laid-out text would be longer than the parser reads.
    #[error("the condition would be longer than {MAX_SOURCE_BYTES} bytes in this layout")]
    TooLong,
    /// The laid-out text did not read back as the same condition, so it is withheld.
    #[error("the layout would have changed the condition; please report this as a bug")]
    ShapeChanged,
}

/// Lays a condition out.
///
/// Keywords and operators get Azure's spelling, GUIDs their dashes and small letters, strings
/// single quotes where their content allows. Template holes are kept byte for byte. The parentheses
/// of the author are kept, apart from doubled ones, unless the layout is [`Layout::Smallest`].
/// Laying out twice gives the same text as once.
///
/// ```
/// use abac_syntax::{Layout, format, parse};
///
/// let source = "@resource[a/b:c] stringequals 'x'  &&  not(exists @Request[a/b:d])";
/// let parsed = parse(source);
/// assert_eq!(
///     format(source, &parsed.tree, Layout::OneLine)?,
///     "@Resource[a/b:c] StringEquals 'x' AND NOT (Exists @Request[a/b:d])",
/// );
/// # Ok::<(), abac_syntax::FormatError>(())
/// ```
///
/// # Errors
///
/// [`FormatError::Unreadable`] where the text has errors, and [`FormatError::TooLong`] where the
/// result would be more than can be read again. The result is always read again; where that gives
/// anything but the same condition (see [`same_shape`]), [`FormatError::ShapeChanged`].
pub fn format(source: &str, tree: &Tree, layout: Layout) -> Result<String, FormatError> {
    let holes = if has_holes(tree) { Holes::Allowed } else { Holes::Refused };
    // The tree alone does not show every error: a stray parenthesis leaves no trace in it.
    let read = parse_with(source, holes);
    if let Some(error) =
        read.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error)
    {
        return Err(FormatError::Unreadable { span: error.span, message: error.message.clone() });
    }
    if let Some(span) = unreadable(tree) {
        let message = "this part could not be read".to_owned();
        return Err(FormatError::Unreadable { span, message });
    }
    let text = Writer::new(source, tree, layout).write();
    if text.len() > MAX_SOURCE_BYTES {
        return Err(FormatError::TooLong);
    }
    let again = parse_with(&text, holes);
    let clean = again.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
    if clean && same_shape(source, tree, &text, &again.tree) {
        Ok(text)
    } else {
        Err(FormatError::ShapeChanged)
    }
}

/// Returns how many bytes [`Layout::Smallest`] takes, or `None` where the tree has parts that
/// could not be read.
///
/// Unlike [`format()`] it reads nothing again, so that a linter can ask for every condition.
#[must_use]
pub fn smallest_len(source: &str, tree: &Tree) -> Option<usize> {
    if unreadable(tree).is_some() {
        return None;
    }
    Some(Writer::new(source, tree, Layout::Smallest).write().len())
}

fn has_holes(tree: &Tree) -> bool {
    tree.exprs().any(|(_, expr)| match expr.kind {
        ExprKind::Hole => true,
        ExprKind::Comparison { operator, .. } => operator.function.is_none(),
        _ => false,
    }) || tree.attributes().any(|(_, attribute)| attribute.hole)
        || tree.literals().any(|(_, literal)| {
            matches!(literal.kind, LiteralKind::Hole | LiteralKind::String { hole: true, .. })
        })
}

/// Returns the first part of a tree that stands for unread text.
fn unreadable(tree: &Tree) -> Option<Span> {
    let missing = |operand: Operand| matches!(operand, Operand::Missing(_));
    let expressions = tree.exprs().filter(|(_, expr)| match expr.kind {
        ExprKind::Error | ExprKind::Call { argument: None, .. } => true,
        ExprKind::Comparison { left, right, .. } => missing(left) || missing(right),
        _ => false,
    });
    let literals = tree.literals().filter(|(_, literal)| literal.kind == LiteralKind::Bare);
    expressions
        .map(|(_, expr)| expr.span)
        .chain(literals.map(|(_, literal)| literal.span))
        .min_by_key(|span| span.start)
}
