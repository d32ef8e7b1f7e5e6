//! `unknown-suboperation`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{did_you_mean, list, shown};
use abac_syntax::Function;
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "unknown-suboperation",
    severity: Severity::Error,
    summary: "a suboperation does not exist",
    category: Category::Action,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let catalog = facts.catalog();
    for call in &facts.calls {
        if call.function != Function::SubOperationMatches || literal_has_hole(&call.pattern) {
            continue;
        }
        let name = facts.value(&call.pattern);
        if catalog.suboperations_matching(&name).next().is_some() {
            continue;
        }
        let finding =
            report.at(call.pattern.span, format!("unknown suboperation `{}`", shown(&name)));
        report.push(match catalog.closest_suboperation(&name) {
            Some(meant) => finding.help(did_you_mean(meant.name)).fix(Fix::needs_review(
                format!("write `{}`", meant.name),
                call.pattern.content_span(facts.source),
                meant.name,
            )),
            None => {
                let names = catalog.suboperations().map(|one| one.name);
                finding.help(format!("the suboperations are {}", list(names, "and")))
            }
        });
    }
}
