//! Values of attributes: what they are, whether they are well formed, how they are written.

use abac_catalog::Attribute;
use abac_eval::{AccessRequest, AttributeValue, Program, Truth, Value};
use abac_syntax::{Comparison, Relation, ValueType};
use uuid::Uuid;

/// What kind of value is to be picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// A role by its name, written as its GUID.
    Role,
    /// One of the principal types.
    PrincipalType,
    /// The object id of a principal.
    Principal,
    /// Another GUID.
    Guid,
    /// An instant.
    DateTime,
    /// A whole number.
    Number,
    /// True or false.
    Boolean,
    /// A path with wildcards.
    Pattern,
    /// The value of a tag, whose key the attribute names.
    Tag,
    /// Any other text.
    Text,
}

/// Returns what kind of value an attribute and an operator take. Without an attribute the operator
/// alone tells.
#[must_use]
pub fn value_kind(attribute: Option<&Attribute>, comparison: Comparison) -> ValueKind {
    let like = comparison.relation() == Relation::Like;
    match comparison.value_type() {
        ValueType::Numeric => ValueKind::Number,
        ValueType::DateTime => ValueKind::DateTime,
        ValueType::Bool => ValueKind::Boolean,
        ValueType::Guid => match attribute.map(|one| &*one.id) {
            Some("authz.roleDefinitionId") => ValueKind::Role,
            Some("authz.principalId") => ValueKind::Principal,
            _ => ValueKind::Guid,
        },
        ValueType::String => match attribute {
            Some(one) if one.id == "authz.principalType" => ValueKind::PrincipalType,
            _ if like => ValueKind::Pattern,
            Some(one) if one.id == "blob.tagValues" => ValueKind::Tag,
            _ => ValueKind::Text,
        },
    }
}

/// Why a value cannot stand in a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueProblem {
    /// It is no GUID.
    #[error("this is no GUID, such as 7f951dda-4ed3-4680-a7ca-43fe172d538d")]
    Guid,
    /// It is no instant.
    #[error("this is no instant, such as 2026-12-31T23:59:59.0Z")]
    DateTime,
    /// It is no whole number.
    #[error("this is no whole number of 64 bits")]
    Number,
    /// It is neither true nor false.
    #[error("this is neither true nor false")]
    Boolean,
    /// It holds a line break or another control character.
    #[error("a value stands on one line, without control characters")]
    Control,
}

/// Checks a value as it was typed.
///
/// # Errors
///
/// What is wrong with it.
pub fn check_value(value_type: ValueType, text: &str) -> Result<(), ValueProblem> {
    literal(value_type, text).map(|_| ())
}

/// Returns a value as a condition writes it: text and instants in quotes, GUIDs in small letters
/// with dashes.
///
/// # Errors
///
/// A text that is no value of the type.
pub fn literal(value_type: ValueType, text: &str) -> Result<String, ValueProblem> {
    match value_type {
        ValueType::String if text.contains(char::is_control) => Err(ValueProblem::Control),
        ValueType::String => Ok(quoted(text)),
        ValueType::Numeric => {
            text.trim().parse::<i64>().map(|one| one.to_string()).map_err(|_| ValueProblem::Number)
        }
        ValueType::Guid => {
            Uuid::try_parse(text.trim()).map(|one| one.to_string()).map_err(|_| ValueProblem::Guid)
        }
        ValueType::Bool => match text.trim() {
            word if word.eq_ignore_ascii_case("true") => Ok("true".to_owned()),
            word if word.eq_ignore_ascii_case("false") => Ok("false".to_owned()),
            _ => Err(ValueProblem::Boolean),
        },
        ValueType::DateTime if is_instant(text.trim()) => Ok(quoted(text.trim())),
        ValueType::DateTime => Err(ValueProblem::DateTime),
    }
}

/// Writes a text in the quotes of the language; an apostrophe is doubled, which the parser reads
/// back.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Asks the evaluator whether a text is an instant: only then is comparing it with itself true.
fn is_instant(text: &str) -> bool {
    !text.contains('\'')
        && answers(Comparison::DateTimeEquals, &quoted(text), &[text]) == [Some(true)]
}

/// Says which samples a pattern or another operator's value takes; `None` where it cannot be
/// decided.
#[must_use]
pub fn matches_samples(comparison: Comparison, value: &str, samples: &[&str]) -> Vec<Option<bool>> {
    match literal(comparison.value_type(), value) {
        Ok(literal) => answers(comparison, &literal, samples),
        Err(_) => vec![None; samples.len()],
    }
}

fn answers(comparison: Comparison, literal: &str, samples: &[&str]) -> Vec<Option<bool>> {
    const KEY: &str = "@Resource[sample]";
    let source = format!("{KEY} {} {literal}", comparison.as_str());
    let parsed = abac_syntax::parse(&source);
    let program = Program::compile(&source, &parsed.tree);
    let one = |sample: &&str| {
        let value = match comparison.value_type() {
            ValueType::Numeric => Value::Integer(sample.trim().parse().ok()?),
            ValueType::Bool => Value::Boolean(sample.trim().parse().ok()?),
            _ => Value::from(*sample),
        };
        let request =
            AccessRequest::new("sample").attribute(KEY, AttributeValue::One(value)).ok()?;
        match program.truth(&request.prepare()) {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        }
    };
    samples.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::{ValueProblem, literal, matches_samples};
    use abac_syntax::{Comparison, ValueType};

    #[test]
    fn values_are_written_as_a_condition_has_them() {
        for (value_type, text, expect) in [
            (ValueType::String, "it's", Ok("'it''s'")),
            (ValueType::String, "a\nb", Err(ValueProblem::Control)),
            (
                ValueType::Guid,
                "7F951DDA4ED34680A7CA43FE172D538D",
                Ok("7f951dda-4ed3-4680-a7ca-43fe172d538d"),
            ),
            (ValueType::Guid, "AcrPull", Err(ValueProblem::Guid)),
            (ValueType::Numeric, " 12 ", Ok("12")),
            (ValueType::Numeric, "1.5", Err(ValueProblem::Number)),
            (ValueType::Bool, "True", Ok("true")),
            (ValueType::Bool, "yes", Err(ValueProblem::Boolean)),
            (ValueType::DateTime, "2026-12-31T23:59:59.0Z", Ok("'2026-12-31T23:59:59.0Z'")),
            (ValueType::DateTime, "31.12.2026", Err(ValueProblem::DateTime)),
            (ValueType::DateTime, "' OR true", Err(ValueProblem::DateTime)),
        ] {
            assert_eq!(
                literal(value_type, text).as_deref(),
                expect.as_ref().map(|one| *one),
                "{text}"
            );
        }
    }

    #[test]
    fn a_pattern_is_tried_on_samples() {
        let found =
            matches_samples(Comparison::StringLike, "logs/*", &["logs/a.txt", "Logs/a", "logs"]);
        assert_eq!(found, [Some(true), Some(false), Some(false)]);
        let found = matches_samples(Comparison::NumericLessThan, "10", &["5", "x"]);
        assert_eq!(found, [Some(true), None]);
    }
}
