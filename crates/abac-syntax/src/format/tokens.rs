//! How the smallest parts are spelled.

use super::Layout;
use crate::operator::{AttributeSource, Comparison, Quantifier};
use crate::tree::{Attribute, Literal, LiteralKind, Operator, Quote};
use std::borrow::Cow;
use uuid::Uuid;

/// Spells an attribute reference. The body stays as it is: keys are case-sensitive, and names are
/// shown as their author knows them.
pub(super) fn attribute(attribute: &Attribute, source: &str) -> String {
    let name = match attribute.source {
        Some(known) => AttributeSource::as_str(known),
        None => attribute.source_span.of(source),
    };
    ["@", name, "[", attribute.body.of(source), "]"].concat()
}

/// Spells an operator with its quantifier.
pub(super) fn operator<'s>(operator: Operator, source: &'s str) -> Cow<'s, str> {
    match (operator.quantifier.map(Quantifier::as_str), operator.function.map(Comparison::as_str)) {
        (None, Some(function)) => Cow::Borrowed(function),
        (Some(quantifier), Some(function)) => Cow::Owned([quantifier, ":", function].concat()),
        (_, None) => Cow::Borrowed(operator.span.of(source)),
    }
}

/// Spells a literal.
pub(super) fn literal<'s>(literal: &Literal, source: &'s str, layout: Layout) -> Cow<'s, str> {
    let written = literal.span.of(source);
    match literal.kind {
        LiteralKind::Guid(guid) => Cow::Owned(spell_guid(guid, layout)),
        LiteralKind::Boolean(true) => Cow::Borrowed("true"),
        LiteralKind::Boolean(false) => Cow::Borrowed("false"),
        LiteralKind::String { quote: Quote::Double | Quote::Curly, escaped: false, .. } => {
            let content = literal.content_span(source).of(source);
            // No escape for an apostrophe is documented, so such a string keeps its quotes; and so
            // does one whose last character would escape the new quote.
            if content.contains('\'') || content.ends_with('\\') {
                Cow::Borrowed(written)
            } else {
                Cow::Owned(["'", content, "'"].concat())
            }
        }
        LiteralKind::String { .. }
        | LiteralKind::Integer(_)
        | LiteralKind::Hole
        | LiteralKind::Bare => Cow::Borrowed(written),
    }
}

fn spell_guid(guid: Uuid, layout: Layout) -> String {
    match layout {
        Layout::Portal | Layout::OneLine => guid.hyphenated().to_string(),
        Layout::Smallest => guid.simple().to_string(),
    }
}
