//! Who makes the reports.

use diagnostics::{Report, RuleInfo, Tool};

/// Where the project lives.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// Returns what reports say about their maker.
pub(crate) fn tool() -> Tool {
    Tool {
        name: "grantif".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        home: HOME.into(),
        docs: format!("{HOME}/blob/main/docs/rules/").into(),
    }
}

/// Makes an empty report about conditions.
pub(crate) fn report() -> Report {
    Report { noun: ("condition", "conditions"), ..Report::new(tool()) }
}

/// Returns what is known about the rules, for formats that carry a list of them.
pub(crate) fn rules() -> Vec<RuleInfo> {
    let rule = |rule: &abac_lint::RuleInfo| RuleInfo {
        id: rule.id.into(),
        summary: rule.summary.into(),
        markdown: abac_lint::page(rule.id).map(Into::into),
        severity: rule.severity,
    };
    let pim_rule = |rule: &pim_model::PimRule| RuleInfo {
        id: rule.id.into(),
        summary: rule.summary.into(),
        markdown: pim_model::page(rule.id).map(Into::into),
        severity: rule.severity,
    };
    let conditions = abac_lint::rules().iter().map(rule);
    conditions.chain(pim_model::RULES.iter().map(pim_rule)).collect()
}
