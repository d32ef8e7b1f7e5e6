//! What the caller knows about a condition besides its text.

use crate::rule;
use abac_catalog::{Catalog, Role};
use diagnostics::Severity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// What a condition is checked against.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options<'a> {
    /// The facts.
    pub catalog: &'a Catalog,
    /// The role that the assignment grants, where the caller knows it.
    pub role: Option<&'a Role>,
    /// Where the condition is used.
    pub context: Context,
    /// Severities that the caller set.
    pub levels: Levels,
}

impl<'a> Options<'a> {
    /// Makes options that know nothing but the facts.
    #[must_use]
    pub fn new(catalog: &'a Catalog) -> Self {
        Self { catalog, role: None, context: Context::default(), levels: Levels::default() }
    }

    /// Sets the role that the assignment grants.
    #[must_use]
    pub fn role(mut self, role: &'a Role) -> Self {
        self.role = Some(role);
        self
    }

    /// Sets where the condition is used.
    #[must_use]
    pub fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// Sets the severities.
    #[must_use]
    pub fn levels(mut self, levels: Levels) -> Self {
        self.levels = levels;
        self
    }
}

/// Where a condition is used, as far as the caller knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Context {
    /// The `conditionVersion` that is sent with it.
    pub condition_version: Option<String>,
    /// Whether the storage account has a hierarchical namespace.
    pub hierarchical_namespace: Option<bool>,
    /// Whether Privileged Identity Management makes the assignment.
    pub pim: bool,
    /// Whether the assignment is a classic administrator's.
    pub classic_administrator: bool,
    /// Whether the same principal has the same role at the same scope already, without a
    /// condition.
    pub existing_assignment_without_condition: bool,
    /// The shell whose command line carries the condition.
    pub shell: Option<Shell>,
}

/// A shell that reads a command line before Azure does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Shell {
    /// bash, zsh and their like.
    Bash,
    /// PowerShell.
    PowerShell,
}

/// What a rule's findings are reported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Level {
    /// Not at all.
    Off,
    /// As advice.
    Advice,
    /// As warnings.
    Warning,
    /// As errors.
    Error,
}

impl Level {
    /// Returns the severity, or `None` where the rule is off.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Advice => Some(Severity::Advice),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A rule id that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown rule `{id}`{}", suggestion.map(|id| format!(", did you mean `{id}`?")).unwrap_or_default())]
pub struct UnknownRule {
    /// The id.
    pub id: String,
    /// The rule that was probably meant.
    pub suggestion: Option<&'static str>,
}

/// Severities by rule, in place of the rules' own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    // Invariant: every key is the id of a rule.
    levels: BTreeMap<&'static str, Level>,
}

impl Levels {
    /// Sets what a rule's findings are reported as.
    ///
    /// # Errors
    ///
    /// Returns [`UnknownRule`] where no rule has the id.
    pub fn set(&mut self, id: &str, level: Level) -> Result<(), UnknownRule> {
        let Some(rule) = rule::find(id) else {
            let suggestion = diagnostics::closest(id, rule::rules().iter().map(|rule| rule.id));
            return Err(UnknownRule { id: id.to_owned(), suggestion });
        };
        self.levels.insert(rule.id, level);
        Ok(())
    }

    /// Returns what was set for a rule.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Level> {
        self.levels.get(id).copied()
    }
}
