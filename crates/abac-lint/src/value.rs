//! Values as comparisons see them.

use crate::facts::{Compared, Facts, literal_has_hole};
use crate::quoted;
use abac_syntax::{Comparison, Literal, LiteralKind, Operand, Quantifier, Relation, ValueType};
use diagnostics::Span;
use std::borrow::Cow;
use uuid::Uuid;

/// A value on the right of an operator, in the spelling that the operator compares.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Value<'a> {
    /// A GUID, with or without dashes or quotes.
    Guid(Uuid),
    /// An integer.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// Text; in lower case where the operator ignores letter case.
    Text(Cow<'a, str>),
}

/// Returns what a literal means to a function; `None` where a template hole stands in it or
/// nothing could be read.
pub(crate) fn value<'a>(
    facts: &Facts<'a>,
    function: Comparison,
    literal: &Literal,
) -> Option<Value<'a>> {
    if literal_has_hole(literal) {
        return None;
    }
    match literal.kind {
        LiteralKind::Guid(guid) => Some(Value::Guid(guid)),
        LiteralKind::Integer(integer) => Some(Value::Integer(integer)),
        LiteralKind::Boolean(boolean) => Some(Value::Boolean(boolean)),
        LiteralKind::String { .. } => {
            let text = facts.value(literal);
            let meant = match function.value_type() {
                ValueType::Guid => quoted::guid(&text).map(Value::Guid),
                ValueType::Numeric => quoted::integer(&text).map(Value::Integer),
                ValueType::Bool => quoted::boolean(&text).map(Value::Boolean),
                ValueType::String | ValueType::DateTime => None,
            };
            if meant.is_some() {
                return meant;
            }
            let fold =
                function.ignores_case() && text.contains(|letter: char| !letter.is_lowercase());
            Some(Value::Text(if fold { text.to_lowercase().into() } else { text }))
        }
        LiteralKind::Hole | LiteralKind::Bare => None,
    }
}

/// Says whether no single value can satisfy a function, its negation left aside, with both of two
/// values; `false` where that is not certain.
pub(crate) fn exclude_each_other(function: Comparison, one: &Value<'_>, other: &Value<'_>) -> bool {
    let (Value::Text(one), Value::Text(other)) = (one, other) else {
        return function.relation() == Relation::Equals && one != other;
    };
    match function.relation() {
        Relation::Equals if function.value_type() == ValueType::DateTime => {
            // One instant has several spellings; those that differ up to the second are two.
            let second = |text: &str| text.get(..19).map(str::to_owned);
            one.ends_with('Z') && other.ends_with('Z') && second(one) != second(other)
        }
        Relation::Equals => one != other,
        Relation::StartsWith => neither_begins_with_the_other(one, other),
        Relation::Like => {
            neither_begins_with_the_other(before_wildcard(one), before_wildcard(other))
        }
        _ => false,
    }
}

fn neither_begins_with_the_other(one: &str, other: &str) -> bool {
    !one.starts_with(other) && !other.starts_with(one)
}

fn before_wildcard(pattern: &str) -> &str {
    pattern.split(['*', '?', '\\']).next().unwrap_or_default()
}

/// A quantified comparison of an attribute with values that no value can all match.
pub(crate) struct Excluding<'f> {
    pub(crate) compared: &'f Compared,
    pub(crate) quantifier: Quantifier,
    pub(crate) function: Comparison,
    /// The values with their braces.
    pub(crate) set: Span,
}

/// Returns the comparisons with values that exclude each other, among those whose operator is
/// asked for.
pub(crate) fn excluding<'f>(
    facts: &'f Facts<'_>,
    wanted: fn(Quantifier, Comparison) -> bool,
) -> impl Iterator<Item = Excluding<'f>> {
    facts.comparisons.iter().filter_map(move |compared| {
        let (quantifier, function) =
            compared.operator.quantifier.zip(compared.operator.function)?;
        let (Operand::Attribute(_), Operand::Set { span: set, .. }) =
            (compared.left, compared.right)
        else {
            return None;
        };
        let literals = facts.tree.operand_literals(compared.right);
        let found =
            wanted(quantifier, function) && some_exclude_each_other(facts, function, literals);
        found.then_some(Excluding { compared, quantifier, function, set })
    })
}

/// Says whether two of several values exclude each other.
pub(crate) fn some_exclude_each_other<'a>(
    facts: &Facts<'a>,
    function: Comparison,
    literals: &[Literal],
) -> bool {
    let mut values = literals.iter().filter_map(|literal| value(facts, function, literal));
    let Some(first) = values.next() else { return false };
    values.any(|other| exclude_each_other(function, &first, &other))
}

/// Returns whether a pattern of a Like operator has a wildcard that no backslash takes away.
pub(crate) fn has_wildcard(pattern: &str) -> bool {
    let mut escaped = false;
    pattern.chars().any(|character| {
        let wildcard = matches!(character, '*' | '?') && !escaped;
        escaped = character == '\\' && !escaped;
        wildcard
    })
}

#[cfg(test)]
mod tests {
    use super::{Value, exclude_each_other, has_wildcard};
    use abac_syntax::Comparison;

    #[track_caller]
    fn check(function: Comparison, one: &str, other: &str, expect: bool) {
        let (one, other) = (Value::Text(one.into()), Value::Text(other.into()));
        assert_eq!(exclude_each_other(function, &one, &other), expect);
        assert_eq!(exclude_each_other(function, &other, &one), expect);
    }

    #[test]
    fn only_certain_exclusions_count() {
        check(Comparison::StringEquals, "a", "b", true);
        check(Comparison::StringEquals, "a", "a", false);
        check(Comparison::StringStartsWith, "a", "ab", false);
        check(Comparison::StringStartsWith, "ac", "ab", true);
        check(Comparison::StringLike, "a*", "b*", true);
        check(Comparison::StringLike, "a*", "*b", false);
        check(Comparison::StringLike, "a*", "ab*", false);
        check(Comparison::StringLike, r"\*a", "b", false);
        let (one, same) = ("2022-06-01T00:00:00Z", "2022-06-01T00:00:00.0Z");
        check(Comparison::DateTimeEquals, one, same, false);
        check(Comparison::DateTimeEquals, one, "2022-06-01T00:00:01Z", true);
        check(Comparison::DateTimeEquals, one, "2022-06-01T01:00:01+01:00", false);
        check(Comparison::StringNotStartsWith, "x", "y", true);
    }

    #[test]
    fn a_backslash_takes_a_wildcard_away() {
        for (pattern, expect) in
            [("a*", true), (r"a\*", false), (r"\\*", true), ("?", true), ("", false)]
        {
            assert_eq!(has_wildcard(pattern), expect, "{pattern}");
        }
    }
}
