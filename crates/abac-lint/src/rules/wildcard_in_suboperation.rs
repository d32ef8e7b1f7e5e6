//! `wildcard-in-suboperation`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{list, shown};
use abac_syntax::Function;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "wildcard-in-suboperation",
    severity: Severity::Warning,
    summary: "the name of a suboperation has a wildcard",
    category: Category::Action,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for call in &facts.calls {
        if call.function != Function::SubOperationMatches || literal_has_hole(&call.pattern) {
            continue;
        }
        let name = facts.value(&call.pattern);
        if !name.contains('*') {
            continue;
        }
        let matched: Vec<&str> =
            facts.catalog().suboperations_matching(&name).map(|one| one.name).collect();
        let message = format!("a wildcard in a suboperation is not documented: `{}`", shown(&name));
        let finding = report.at(call.pattern.span, message);
        report.push(if matched.is_empty() {
            finding
        } else {
            finding.help(format!("write the names themselves: {}", list(matched, "and")))
        });
    }
}
