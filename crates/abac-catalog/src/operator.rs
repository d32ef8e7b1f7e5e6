//! Operators, quantifiers and functions, and the lists of them that attributes take.

use crate::attribute::ValueType;
use crate::source::{Source, by_tag};
use crate::table::rows;
use serde::Serialize;
use std::sync::OnceLock;

/// A comparison operator.
///
/// *Documented*: conditions-format, 2023-11-15.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Operator {
    /// Azure's spelling, `StringEqualsIgnoreCase`.
    pub name: &'static str,
    /// What kind of value it compares.
    pub value_type: ValueType,
    /// The operator it is the negation of.
    pub negation_of: Option<&'static str>,
    /// Whether letter case does not matter to it.
    pub ignores_case: bool,
    /// Whether the documentation lists it with quantifiers.
    pub quantifiable: bool,
    /// The page that lists it.
    pub source: &'static Source,
}

/// A function of the language, such as `ActionMatches`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Function {
    /// Azure's spelling.
    pub name: &'static str,
    /// How its argument is written.
    pub argument: &'static str,
    /// The page that describes it.
    pub source: &'static Source,
}

/// A quantifier that combines two lists of values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Quantifier {
    /// Azure's spelling, `ForAnyOfAnyValues`.
    pub name: &'static str,
    /// The page that describes it.
    pub source: &'static Source,
}

struct Table {
    operators: Vec<Operator>,
    quantifiers: Vec<Quantifier>,
    functions: Vec<Function>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table =
            Table { operators: Vec::new(), quantifiers: Vec::new(), functions: Vec::new() };
        for mut row in rows(include_str!("../data/operators.tsv")) {
            let (kind, name) = (row.text(), row.text());
            let (value, negation, case) = (row.text(), row.text(), row.text());
            let (quantifiers, argument) = (row.text(), row.text());
            let source = by_tag(row.text());
            match kind {
                "quantifier" => table.quantifiers.push(Quantifier { name, source }),
                "function" => table.functions.push(Function { name, argument, source }),
                _ => table.operators.push(Operator {
                    name,
                    value_type: ValueType::parse(value).unwrap_or(ValueType::String),
                    negation_of: Some(negation).filter(|name| !name.is_empty()),
                    ignores_case: case == "ignore-case",
                    quantifiable: quantifiers == "quantifiable",
                    source,
                }),
            }
        }
        table
    })
}

/// Returns every operator, by name.
pub(crate) fn operators() -> &'static [Operator] {
    &table().operators
}

/// Returns every quantifier, in the order of the documentation.
pub(crate) fn quantifiers() -> &'static [Quantifier] {
    &table().quantifiers
}

/// Returns every function, by name.
pub(crate) fn functions() -> &'static [Function] {
    &table().functions
}

/// Returns an operator, without its quantifier, in any letter case.
pub(crate) fn find(name: &str) -> Option<&'static Operator> {
    let name = name.rsplit(':').next().unwrap_or(name);
    operators().iter().find(|operator| operator.name.eq_ignore_ascii_case(name))
}

/// Returns the operators of a list that several attributes share.
pub(crate) fn list(name: &str) -> &'static [&'static str] {
    static TABLE: OnceLock<Vec<(&'static str, Vec<&'static str>)>> = OnceLock::new();
    let lists = TABLE.get_or_init(|| {
        rows(include_str!("../data/operator-lists.tsv"))
            .map(|mut row| (row.text(), row.list()))
            .collect()
    });
    lists.iter().find(|(known, _)| *known == name).map_or(&[], |(_, operators)| operators)
}

/// Returns the operators that fit an attribute by its type, each without and with quantifiers.
pub(crate) fn by_type(value_type: ValueType) -> &'static [&'static str] {
    static QUANTIFIED: OnceLock<Vec<(ValueType, String)>> = OnceLock::new();
    static TABLE: OnceLock<Vec<(ValueType, Vec<&'static str>)>> = OnceLock::new();
    let quantified = QUANTIFIED.get_or_init(|| {
        let spell = |quantifier: &Quantifier| {
            let quantifier = quantifier.name;
            operators()
                .iter()
                .filter(|operator| operator.quantifiable)
                .map(move |one| (one.value_type, format!("{quantifier}:{}", one.name)))
        };
        quantifiers().iter().flat_map(spell).collect()
    });
    let lists = TABLE.get_or_init(|| {
        ValueType::ALL
            .into_iter()
            .map(|wanted| {
                let plain = operators().iter().map(|one| (one.value_type, one.name));
                let quantified = quantified.iter().map(|(value, name)| (*value, name.as_str()));
                let fitting = plain.chain(quantified).filter(|(value, _)| *value == wanted);
                (wanted, fitting.map(|(_, name)| name).collect())
            })
            .collect()
    });
    lists.iter().find(|(known, _)| *known == value_type).map_or(&[], |(_, names)| names)
}
