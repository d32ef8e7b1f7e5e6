//! Checking a condition against the catalog.

use crate::answer::Failure;
use crate::finding::{Finding, findings};
use crate::known::{KnownFacts, find_role};
use crate::parse::holes;
use abac_catalog::Catalog;
use abac_lint::{Context, Level, Levels, Options, Shell};
use diagnostics::{Applicability, apply_fixes_repeatedly};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tsify::Tsify;

/// What is known about a condition besides its text.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "an object")]
pub struct CheckOptions {
    /// Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of the condition.
    pub template: bool,
    /// The role that the assignment grants, by name or GUID.
    pub role: Option<String>,
    /// What findings of a rule are reported as, by the id of the rule.
    pub rules: BTreeMap<String, Level>,
    /// The `conditionVersion` that is sent with the condition.
    pub condition_version: Option<String>,
    /// Whether the storage account has a hierarchical namespace.
    pub hierarchical_namespace: Option<bool>,
    /// Whether Privileged Identity Management makes the assignment.
    pub pim: bool,
    /// The shell whose command line carries the condition.
    pub shell: Option<Shell>,
    /// What a tenant adds to the facts.
    pub known: KnownFacts,
}

/// What was found in a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct Checked {
    /// The findings, sorted by place.
    pub findings: Vec<Finding>,
}

/// How a condition is repaired.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "an object")]
pub struct FixOptions {
    /// Whether to apply the fixes, too, that may change what the condition permits.
    pub needs_review: bool,
    /// What is known about the condition.
    pub check: CheckOptions,
}

/// A repaired condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct Fixed {
    /// The condition with its fixes applied.
    pub text: String,
    /// How many were applied.
    pub applied: u32,
    /// What is left, with places in the new text.
    pub findings: Vec<Finding>,
}

/// Finds what is wrong with a condition.
///
/// # Errors
///
/// An option that names no role or no rule.
pub fn check(source: &str, options: &CheckOptions) -> Result<Checked, Failure> {
    let catalog = options.known.catalog()?;
    let linter = options.linter(&catalog)?;
    let found = abac_lint::check(source, holes(options.template), &linter);
    Ok(Checked { findings: findings(source, &found) })
}

/// Applies the fixes of a condition until nothing more can be repaired.
///
/// # Errors
///
/// As of [`check`].
pub fn fix(source: &str, options: &FixOptions) -> Result<Fixed, Failure> {
    let catalog = options.check.known.catalog()?;
    let linter = options.check.linter(&catalog)?;
    let look = |text: &str| abac_lint::check(text, holes(options.check.template), &linter);
    let allowed =
        if options.needs_review { Applicability::NeedsReview } else { Applicability::Safe };
    let fixed = apply_fixes_repeatedly(source, allowed, look);
    Ok(Fixed {
        findings: findings(&fixed.text, &look(&fixed.text)),
        applied: u32::try_from(fixed.applied).unwrap_or(u32::MAX),
        text: fixed.text,
    })
}

impl CheckOptions {
    fn linter<'c>(&self, catalog: &'c Catalog) -> Result<Options<'c>, Failure> {
        let mut levels = Levels::default();
        for (rule, level) in &self.rules {
            levels.set(rule, *level).map_err(|error| {
                let failure = Failure::new("options", format!("unknown rule `{}`", error.id));
                match error.suggestion {
                    Some(known) => failure.help(format!("did you mean `{known}`?")),
                    None => failure,
                }
            })?;
        }
        let context = Context {
            condition_version: self.condition_version.clone(),
            hierarchical_namespace: self.hierarchical_namespace,
            pim: self.pim,
            shell: self.shell,
            ..Context::default()
        };
        let options = Options::new(catalog).levels(levels).context(context);
        Ok(match &self.role {
            Some(role) => options.role(find_role(catalog, role)?),
            None => options,
        })
    }
}
