//! `suboperation-of-other-action`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{list, shown};
use abac_catalog::matches_action;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "suboperation-of-other-action",
    severity: Severity::Warning,
    summary: "a suboperation is matched together with an action that does not have it",
    category: Category::Action,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for target in facts.scopes().iter().flat_map(|scope| &scope.targets) {
        let Some(pattern) = &target.pattern else { continue };
        for named in &target.suboperations {
            let mut owners = facts.catalog().suboperations_matching(&named.name).peekable();
            if owners.peek().is_none() {
                continue;
            }
            let owners: Vec<&str> = owners.flat_map(|one| one.actions.iter().copied()).collect();
            if owners.iter().any(|action| matches_action(pattern, action)) {
                continue;
            }
            let message = format!(
                "the action `{}` has no suboperation `{}`",
                shown(pattern),
                shown(&named.name)
            );
            let what = if named.negated { "excludes nothing" } else { "never happens" };
            report.push(
                report
                    .at(named.span, message)
                    .label(target.span, format!("with this action the suboperation {what}"))
                    .help(format!("`{}` belongs to {}", named.name, list(owners, "and"))),
            );
        }
    }
}
