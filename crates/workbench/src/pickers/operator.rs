//! Operators that fit an attribute.

use crate::wording;
use abac_catalog::Attribute;
use abac_syntax::{Comparison, Quantifier};

/// An operator that a line can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorChoice {
    /// Azure's spelling, with the quantifier.
    pub name: String,
    /// In words, read between the attribute and its values.
    pub words: &'static str,
    /// The operator; `None` for `Exists`.
    pub operator: Option<LineOperator>,
    /// Whether it takes several values.
    pub takes_several: bool,
    /// Whether letter case is ignored.
    pub ignores_case: bool,
    /// What its quantifier does, in a sentence.
    pub meaning: Option<&'static str>,
}

/// What people use most, in that order; the rest follows in the order of the catalog.
///
/// *Observed*: how often each stands in 288 conditions of Azure's documentation and of public
/// repositories, read 2026-11; a form that heeds letter case stands before the one that does not.
const COMMON: [&str; 13] = [
    "ForAnyOfAnyValues:GuidEquals",
    "StringEquals",
    "StringEqualsIgnoreCase",
    "ForAnyOfAllValues:GuidNotEquals",
    "ForAnyOfAnyValues:StringEquals",
    "ForAnyOfAnyValues:StringEqualsIgnoreCase",
    "StringStartsWith",
    "StringLike",
    "BoolEquals",
    "StringNotEquals",
    "DateTimeGreaterThan",
    "DateTimeLessThan",
    "NumericEquals",
];

/// Returns the operators that an attribute takes, the most common first, and last `Exists`.
#[must_use]
pub fn operators(attribute: &Attribute) -> Vec<OperatorChoice> {
    let mut found: Vec<_> = attribute.operators.iter().filter_map(choice).collect();
    let path = is_pattern(attribute);
    let several = attribute.multi_valued == Some(true);
    let roles = attribute.id.starts_with("authz.");
    found.sort_by_key(|choice| {
        let common = COMMON.iter().position(|name| *name == choice.name).unwrap_or(COMMON.len());
        // An attribute with several values needs a quantifier, the portal writes one for those of
        // role assignments, a path is mostly a pattern, and other names are compared one by one.
        let fits = choice.takes_several == (several || roles);
        let first = path && choice.name == "StringLike";
        (!first, !fits, common)
    });
    found.push(OperatorChoice {
        name: "Exists".to_owned(),
        words: "exists",
        operator: None,
        takes_several: false,
        ignores_case: false,
        meaning: None,
    });
    found
}

/// An operator with its quantifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LineOperator {
    /// The quantifier.
    pub quantifier: Option<Quantifier>,
    /// The function.
    pub comparison: Comparison,
}

impl LineOperator {
    /// Reads an operator in any letter case, with or without a quantifier.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (quantifier, name) = match name.split_once(':') {
            Some((quantifier, name)) => (Some(Quantifier::parse(quantifier)?), name),
            None => (None, name),
        };
        Some(Self { quantifier, comparison: Comparison::parse(name)? })
    }

    /// Returns Azure's spelling.
    #[must_use]
    pub fn name(self) -> String {
        match self.quantifier {
            Some(quantifier) => format!("{}:{}", quantifier.as_str(), self.comparison.as_str()),
            None => self.comparison.as_str().to_owned(),
        }
    }

    /// Returns the operator in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        wording::operator(self.quantifier, self.comparison)
    }

    /// Returns the operator that says the same of several values: one value "is", two are "one
    /// of", and "is not" becomes "is none of". `None` where the language has none.
    #[must_use]
    pub const fn for_several(self) -> Option<Self> {
        match self.quantifier {
            Some(_) => Some(self),
            None if !self.comparison.is_quantifiable() => None,
            None if self.comparison.is_negated() => {
                Some(Self { quantifier: Some(Quantifier::ForAnyOfAllValues), ..self })
            }
            None => Some(Self { quantifier: Some(Quantifier::ForAnyOfAnyValues), ..self }),
        }
    }
}

fn choice(name: &&str) -> Option<OperatorChoice> {
    let operator = LineOperator::parse(name)?;
    Some(OperatorChoice {
        name: (*name).to_owned(),
        words: operator.words(),
        operator: Some(operator),
        takes_several: operator.quantifier.is_some(),
        ignores_case: operator.comparison.ignores_case(),
        meaning: operator
            .quantifier
            .map(|quantifier| wording::quantifier(quantifier, operator.comparison.is_negated())),
    })
}

/// Says whether an attribute is a path, for which patterns are the rule.
fn is_pattern(attribute: &Attribute) -> bool {
    matches!(&*attribute.id, "blob.path" | "blob.prefix" | "acr.repositoryName")
}

#[cfg(test)]
mod tests {
    use super::operators;
    use abac_catalog::Catalog;

    fn first(id: &str) -> (String, &'static str) {
        let found = operators(Catalog::builtin().attribute(id).unwrap());
        assert_eq!(found.last().unwrap().name, "Exists");
        (found[0].name.clone(), found[0].words)
    }

    #[test]
    fn the_most_common_operator_stands_first() {
        for (id, name, words) in [
            ("authz.roleDefinitionId", "ForAnyOfAnyValues:GuidEquals", "is one of"),
            ("authz.principalType", "ForAnyOfAnyValues:StringEqualsIgnoreCase", "is one of"),
            ("blob.containerName", "StringEquals", "is"),
            ("blob.path", "StringLike", "matches"),
            ("blob.tagValues", "StringEquals", "is"),
            ("blob.tagKeys", "ForAnyOfAnyValues:StringEquals", "is one of"),
            ("env.isPrivateLink", "BoolEquals", "is"),
            ("env.utcNow", "DateTimeGreaterThan", "is after"),
        ] {
            assert_eq!(first(id), (name.to_owned(), words), "{id}");
        }
    }
}
