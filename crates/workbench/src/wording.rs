//! Words for operators and lists.

use abac_syntax::{Comparison, Quantifier, Relation, ValueType};

/// Returns an operator in words, read between an attribute and its values: `is one of`.
///
/// A negated operator with a quantifier is told by what it means, which its name hides:
/// `ForAnyOfAnyValues:StringNotEquals` holds as soon as one pair differs.
#[must_use]
pub const fn operator(quantifier: Option<Quantifier>, comparison: Comparison) -> &'static str {
    use Quantifier::{ForAllOfAllValues, ForAllOfAnyValues, ForAnyOfAllValues, ForAnyOfAnyValues};
    let negated = comparison.is_negated();
    match (comparison.relation(), quantifier, negated) {
        (Relation::Equals, None, false) => match comparison.value_type() {
            ValueType::Numeric => "equals",
            ValueType::DateTime => "is at",
            _ => "is",
        },
        (Relation::Equals, None, true) => "is not",
        (Relation::Equals, Some(ForAnyOfAnyValues), false) => "is one of",
        (Relation::Equals, Some(ForAnyOfAnyValues), true) => "differs from at least one of",
        (Relation::Equals, Some(ForAllOfAnyValues), false) => "is only any of",
        (Relation::Equals, Some(ForAllOfAnyValues), true) => "each differs from at least one of",
        (Relation::Equals, Some(ForAnyOfAllValues), false) => "has one that equals all of",
        (Relation::Equals, Some(ForAnyOfAllValues), true) => "is none of",
        (Relation::Equals, Some(ForAllOfAllValues), false) => "each equals all of",
        (Relation::Equals, Some(ForAllOfAllValues), true) => "has none of",
        (Relation::StartsWith, _, false) => "starts with",
        (Relation::StartsWith, _, true) => "does not start with",
        (Relation::Like, None, false) => "matches",
        (Relation::Like, None, true) => "does not match",
        (Relation::Like, Some(ForAnyOfAnyValues), false) => "matches one of",
        (Relation::Like, Some(ForAnyOfAnyValues), true) => "does not match at least one of",
        (Relation::Like, Some(ForAllOfAnyValues), false) => "each matches one of",
        (Relation::Like, Some(ForAllOfAnyValues), true) => "each does not match at least one of",
        (Relation::Like, Some(ForAnyOfAllValues), false) => "has one that matches all of",
        (Relation::Like, Some(ForAnyOfAllValues), true) => "matches none of",
        (Relation::Like, Some(ForAllOfAllValues), false) => "each matches all of",
        (Relation::Like, Some(ForAllOfAllValues), true) => "none matches any of",
        (relation, None, _) => bound(relation, comparison.value_type()),
        (relation, Some(quantifier), _) => bounds(relation, quantifier),
    }
}

const fn bound(relation: Relation, value_type: ValueType) -> &'static str {
    match (relation, value_type) {
        (Relation::GreaterThan, ValueType::DateTime) => "is after",
        (Relation::GreaterThanEquals, ValueType::DateTime) => "is at or after",
        (Relation::LessThan, ValueType::DateTime) => "is before",
        (Relation::LessThanEquals, ValueType::DateTime) => "is at or before",
        (Relation::GreaterThan, _) => "is more than",
        (Relation::GreaterThanEquals, _) => "is at least",
        (Relation::LessThan, _) => "is less than",
        _ => "is at most",
    }
}

const fn bounds(relation: Relation, quantifier: Quantifier) -> &'static str {
    let all = quantifier.all_right();
    match (relation, all) {
        (Relation::GreaterThan, false) => "is more than at least one of",
        (Relation::GreaterThan, true) => "is more than all of",
        (Relation::GreaterThanEquals, false) => "is at least the least of",
        (Relation::GreaterThanEquals, true) => "is at least all of",
        (Relation::LessThan, false) => "is less than at least one of",
        (Relation::LessThan, true) => "is less than all of",
        (_, false) => "is at most the greatest of",
        (_, true) => "is at most all of",
    }
}

/// Returns what a quantifier does, in a sentence.
pub(crate) const fn quantifier(quantifier: Quantifier, negated: bool) -> &'static str {
    match (quantifier, negated) {
        (Quantifier::ForAnyOfAnyValues, false) => {
            "Holds if at least one value of the attribute meets at least one value of the list."
        }
        (Quantifier::ForAnyOfAnyValues, true) => {
            "Holds if at least one value of the attribute differs from at least one of the list; with two different values in the list that is always so. For \"none of\", use ForAnyOfAllValues."
        }
        (Quantifier::ForAllOfAnyValues, false) => {
            "Holds if every value of the attribute meets at least one value of the list."
        }
        (Quantifier::ForAllOfAnyValues, true) => {
            "Holds if every value of the attribute differs from at least one of the list; with two different values in the list that is always so. For \"none of\", use ForAllOfAllValues."
        }
        (Quantifier::ForAnyOfAllValues, false) => {
            "Holds if at least one value of the attribute meets every value of the list."
        }
        (Quantifier::ForAnyOfAllValues, true) => {
            "Holds if at least one value of the attribute is none of the list."
        }
        (Quantifier::ForAllOfAllValues, false) => {
            "Holds if every value of the attribute meets every value of the list."
        }
        (Quantifier::ForAllOfAllValues, true) => {
            "Holds if no value of the attribute is in the list."
        }
    }
}

/// Lists the first of some names: `a, b and 3 more`.
pub(crate) fn some(names: &[&str], most: usize) -> String {
    let shown: Vec<_> = names.iter().take(most).copied().collect();
    let text = shown.join(", ");
    match names.len().saturating_sub(most) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}
