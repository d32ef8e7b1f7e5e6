//! Rules: what they are called and what they check.

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rules::RULES;
use diagnostics::Severity;
use serde::Serialize;
use std::sync::OnceLock;

/// What is known about a rule without running it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleInfo {
    /// Names the fault: kebab-case and stable.
    pub id: &'static str,
    /// How much evidence stands behind its findings, where nothing else is known.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// What it is about.
    pub category: Category,
}

/// One rule of the linter.
pub(crate) struct Rule {
    /// Names the fault; the file and the page are called the same.
    pub(crate) id: &'static str,
    /// The severity of its findings, unless a finding says otherwise.
    pub(crate) severity: Severity,
    /// What it finds, in one line: lower-case start, no final stop.
    pub(crate) summary: &'static str,
    /// What it is about.
    pub(crate) category: Category,
    /// Looks at the facts of a condition and reports what it finds.
    pub(crate) check: fn(&Facts<'_>, &mut Report),
}

/// Returns every rule, those of the parser included, by id.
#[must_use]
pub fn rules() -> &'static [RuleInfo] {
    static ALL: OnceLock<Vec<RuleInfo>> = OnceLock::new();
    ALL.get_or_init(|| {
        let linter = RULES.iter().map(|rule| RuleInfo {
            id: rule.id,
            severity: rule.severity,
            summary: rule.summary,
            category: rule.category,
        });
        let parser = abac_syntax::RULES.iter().map(|rule| RuleInfo {
            id: rule.id,
            severity: rule.severity,
            summary: rule.summary,
            category: Category::Syntax,
        });
        let mut all: Vec<RuleInfo> = linter.chain(parser).collect();
        all.sort_by_key(|rule| rule.id);
        all
    })
}

/// Returns the rule of an id.
pub(crate) fn find(id: &str) -> Option<&'static RuleInfo> {
    let all = rules();
    all.binary_search_by(|rule| rule.id.cmp(id)).ok().and_then(|index| all.get(index))
}
