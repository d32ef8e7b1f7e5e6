//! What an operator answers, shown by values.

use abac_eval::{AccessRequest, AttributeValue, Program, Truth, Value};
use abac_syntax::{Comparison, Quantifier, Relation, ValueType};

/// An operator's answers to sample values, which the evaluator gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthTable {
    /// The operator, with its quantifier.
    pub operator: String,
    /// The rows.
    pub rows: Vec<TruthRow>,
}

/// One line of a [`TruthTable`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthRow {
    /// What the request has, as a condition writes it; `missing` where it has nothing.
    pub left: String,
    /// What the condition says.
    pub right: String,
    /// What comes out.
    pub truth: Truth,
}

/// Shows an operator by values that set it apart from its neighbours.
#[must_use]
pub fn truth_table(quantifier: Option<Quantifier>, comparison: Comparison) -> TruthTable {
    let operator = match quantifier {
        Some(quantifier) => format!("{}:{}", quantifier.as_str(), comparison.as_str()),
        None => comparison.as_str().to_owned(),
    };
    let samples = samples(comparison);
    let [a, b, c, d] = samples;
    // Where letter case sets the third apart from the second, the fourth is neither.
    let neither = if comparison.value_type() == ValueType::String { d } else { c };
    let mut rows = Vec::new();
    let mut row = |left: Option<AttributeValue>, right: String| {
        let source = format!("@Request[value] {operator} {right}");
        let parsed = abac_syntax::parse(&source);
        let mut request = AccessRequest::new("sample");
        if let Some(value) = &left
            && let Ok(with) = request.clone().attribute("@Request[value]", value.clone())
        {
            request = with;
        }
        let program = Program::compile(&source, &parsed.tree);
        let truth = program.truth(&request.prepare());
        let left = left.map_or_else(|| "missing".to_owned(), |value| value.to_string());
        rows.push(TruthRow { left, right, truth });
    };
    let one = |text: &str| Some(AttributeValue::One(value(comparison, text)));
    let right = |texts: &[&str]| {
        let texts: Vec<String> = texts.iter().map(|text| written(comparison, text)).collect();
        if quantifier.is_some() { format!("{{{}}}", texts.join(", ")) } else { texts.concat() }
    };
    match quantifier {
        None => {
            let limit =
                if comparison.relation() == Relation::Like { pattern(comparison) } else { b };
            for (place, sample) in samples.iter().enumerate() {
                if !samples.iter().take(place).any(|earlier| earlier == sample) {
                    row(one(sample), right(&[limit]));
                }
            }
            row(None, right(&[limit]));
        }
        Some(_) => {
            let list = |texts: &[&str]| {
                let values = texts.iter().map(|text| value(comparison, text)).collect();
                Some(AttributeValue::Many(values))
            };
            row(one(a), right(&[a, b]));
            row(one(neither), right(&[a, b]));
            row(list(&[a, neither]), right(&[a, b]));
            if comparison.value_type() == ValueType::String {
                row(one(c), right(&[a, b]));
            }
            row(list(&[a]), right(&[a]));
            row(list(&[a, b]), right(&[a]));
            row(list(&[]), right(&[a, b]));
            row(None, right(&[a, b]));
        }
    }
    TruthTable { operator, rows }
}

/// Values, of which the second is what the others are compared with; one may stand twice.
fn samples(comparison: Comparison) -> [&'static str; 4] {
    match comparison.value_type() {
        ValueType::String if comparison.relation() == Relation::Equals => {
            ["Alpine", "Cascade", "cascade", "Cascade Two"]
        }
        ValueType::String => ["logs/2026", "logs/", "Logs/2026", "backup/logs/2026"],
        ValueType::Numeric => ["5", "10", "15", "15"],
        ValueType::DateTime => [
            "2026-01-01T00:00:00.0Z",
            "2026-06-01T00:00:00.0Z",
            "2026-12-01T00:00:00.0Z",
            "2026-06-01T02:00:00.0+02:00",
        ],
        ValueType::Guid => [
            "7f951dda-4ed3-4680-a7ca-43fe172d538d",
            "8311e382-0749-4cb8-b61a-304f252e45ec",
            "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
            "8311E382-0749-4CB8-B61A-304F252E45EC",
        ],
        ValueType::Bool => ["false", "true", "false", "true"],
    }
}

const fn pattern(comparison: Comparison) -> &'static str {
    match comparison.value_type() {
        ValueType::String => "logs/*",
        _ => "",
    }
}

fn value(comparison: Comparison, text: &str) -> Value {
    match comparison.value_type() {
        ValueType::Numeric => text.parse().map_or_else(|_| Value::from(text), Value::Integer),
        ValueType::Bool => Value::Boolean(text == "true"),
        _ => Value::from(text),
    }
}

fn written(comparison: Comparison, text: &str) -> String {
    match comparison.value_type() {
        ValueType::String | ValueType::DateTime => format!("'{text}'"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::truth_table;
    use abac_eval::Truth::{False, True, Unknown};
    use abac_syntax::{Comparison, Quantifier};

    fn answers(quantifier: Option<Quantifier>, comparison: Comparison) -> Vec<abac_eval::Truth> {
        truth_table(quantifier, comparison).rows.iter().map(|row| row.truth).collect()
    }

    #[test]
    fn tables_show_letter_case_patterns_and_missing_values() {
        assert_eq!(answers(None, Comparison::StringEquals), [False, True, False, False, Unknown]);
        assert_eq!(
            answers(None, Comparison::StringEqualsIgnoreCase),
            [False, True, True, False, Unknown]
        );
        assert_eq!(answers(None, Comparison::StringLike), [True, True, False, False, Unknown]);
        assert_eq!(answers(None, Comparison::NumericLessThan), [True, False, False, Unknown]);
        let any = Some(Quantifier::ForAnyOfAnyValues);
        assert_eq!(
            answers(any, Comparison::GuidEquals),
            [True, False, True, True, True, False, Unknown]
        );
        let all = Some(Quantifier::ForAnyOfAllValues);
        assert_eq!(answers(all, Comparison::GuidNotEquals)[..2], [False, True]);
    }

    /// No operator that the documentation lists is shown as undecided.
    #[test]
    fn every_operator_has_a_table() {
        for comparison in Comparison::ALL {
            let rows = truth_table(None, *comparison).rows;
            assert!(rows.iter().any(|row| row.truth == True), "{comparison:?}");
            assert!(rows.iter().any(|row| row.truth == False), "{comparison:?}");
        }
    }
}
