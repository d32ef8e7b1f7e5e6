//! The part of OData that clients put in `$filter`: read into a tree, then asked of each item.
//!
//! Names of functions and operators are matched without regard to letter case, and texts are
//! compared so too: identifiers of Azure differ in case from one answer to the next (*documented*,
//! learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, 2026-11).

mod parser;
mod value;

pub(crate) use value::{Literal, Value};

use std::fmt;

/// The longest filter that is read, in bytes.
pub(crate) const MAX_FILTER_BYTES: usize = 8 * 1024;

/// How deep parentheses and `not` may nest.
pub(crate) const MAX_FILTER_DEPTH: usize = 32;

/// A condition on the items of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    /// Every one of these.
    And(Vec<Filter>),
    /// One of these at least.
    Or(Vec<Filter>),
    /// The opposite.
    Not(Box<Filter>),
    /// A property held against a literal: `principalId eq '…'`.
    Compare {
        /// The path of the property, its steps joined with `/`.
        property: String,
        /// How the two are compared.
        comparison: Comparison,
        /// What stands on the right.
        literal: Literal,
    },
    /// A property that is one of several: `id in ('…','…')`.
    In {
        /// The path of the property.
        property: String,
        /// The literals in the parentheses.
        literals: Vec<Literal>,
    },
    /// A function of a text: `startsWith(displayName,'…')`.
    Text {
        /// The path of the property.
        property: String,
        /// What is asked of the text.
        test: TextTest,
        /// What it must start with, end with, or contain.
        literal: String,
    },
    /// A function of the list: `atScope()`.
    Call(Function),
}

/// The operators between a property and a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// `eq`
    Equal,
    /// `ne`
    NotEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
}

/// The functions that hold a text against a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextTest {
    /// `startsWith(property,'…')`
    StartsWith,
    /// `endsWith(property,'…')`
    EndsWith,
    /// `contains(property,'…')`
    Contains,
}

/// The functions of a list, whose meaning depends on the scope and on who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Function {
    /// `atScope()`: at the scope or above it, nothing below.
    AtScope,
    /// `asTarget()`: for the caller.
    AsTarget,
    /// `asRequestor()`: asked for by the caller.
    AsRequestor,
    /// `asCreatedBy()`: the same, as approvals call it.
    AsCreatedBy,
    /// `asApprover()`: waiting for the caller's decision.
    AsApprover,
    /// `assignedTo('…')`: for a principal, directly or through a group.
    AssignedTo(String),
}

/// Why a filter cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) struct FilterError {
    /// How many characters stand before the fault.
    pub(crate) position: usize,
    /// What is wrong there.
    pub(crate) fault: String,
}

impl fmt::Display for FilterError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Invalid filter: {} at position {}.", self.fault, self.position)
    }
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// When it is longer than [`MAX_FILTER_BYTES`], nested deeper than [`MAX_FILTER_DEPTH`], or not
    /// of the grammar.
    pub(crate) fn parse(text: &str) -> Result<Self, FilterError> {
        parser::parse(text)
    }

    /// Whether an item fulfils the filter. `property` looks a path up in the item, and `function`
    /// answers the functions of the list for it.
    pub(crate) fn matches<'item>(
        &self,
        property: &dyn Fn(&str) -> Option<Value<'item>>,
        function: &dyn Fn(&Function) -> bool,
    ) -> bool {
        match self {
            Filter::And(all) => all.iter().all(|one| one.matches(property, function)),
            Filter::Or(any) => any.iter().any(|one| one.matches(property, function)),
            Filter::Not(inner) => !inner.matches(property, function),
            Filter::Compare { property: path, comparison, literal } => {
                literal.compare(property(path), *comparison)
            }
            Filter::In { property: path, literals } => {
                let value = property(path);
                literals.iter().any(|one| one.compare(value, Comparison::Equal))
            }
            Filter::Text { property: path, test, literal } => {
                matches!(property(path), Some(Value::Text(text)) if test.holds(text, literal))
            }
            Filter::Call(call) => function(call),
        }
    }

    /// The text that a property must equal for any item to match, so that a list can be looked up
    /// instead of being searched.
    #[must_use]
    pub(crate) fn required_text(&self, name: &str) -> Option<&str> {
        match self {
            Filter::And(all) => all.iter().find_map(|one| one.required_text(name)),
            Filter::Compare {
                property,
                comparison: Comparison::Equal,
                literal: Literal::Text(text),
            } if property.eq_ignore_ascii_case(name) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing matches that `wanted` does not hold for: `asTarget() and …` narrows to the
    /// caller, `asTarget() or …` does not.
    #[must_use]
    pub(crate) fn requires(&self, wanted: &Function) -> bool {
        match self {
            Filter::And(all) => all.iter().any(|one| one.requires(wanted)),
            Filter::Or(any) => !any.is_empty() && any.iter().all(|one| one.requires(wanted)),
            Filter::Call(call) => call == wanted,
            _ => false,
        }
    }

    /// The principal that nothing matches without being assigned to it.
    #[must_use]
    pub(crate) fn assigned_to(&self) -> Option<&str> {
        match self {
            Filter::And(all) => all.iter().find_map(Self::assigned_to),
            Filter::Call(Function::AssignedTo(id)) => Some(id),
            _ => None,
        }
    }

    /// The first property that is none of those which the list knows.
    #[must_use]
    pub(crate) fn unknown_property(&self, known: &[&str]) -> Option<&str> {
        match self {
            Filter::And(inner) | Filter::Or(inner) => {
                inner.iter().find_map(|one| one.unknown_property(known))
            }
            Filter::Not(inner) => inner.unknown_property(known),
            Filter::Compare { property, .. }
            | Filter::In { property, .. }
            | Filter::Text { property, .. } => {
                let there = known.iter().any(|one| one.eq_ignore_ascii_case(property));
                (!there).then_some(property.as_str())
            }
            Filter::Call(_) => None,
        }
    }
}

impl TextTest {
    fn holds(self, text: &str, literal: &str) -> bool {
        let (text, literal) = (text.to_lowercase(), literal.to_lowercase());
        match self {
            TextTest::StartsWith => text.starts_with(&literal),
            TextTest::EndsWith => text.ends_with(&literal),
            TextTest::Contains => text.contains(&literal),
        }
    }
}

#[cfg(test)]
mod tests;
