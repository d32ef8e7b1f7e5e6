//! `missing-suboperation`

use crate::availability::Why;
use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "missing-suboperation",
    severity: Severity::Warning,
    summary: "only a suboperation of the guarded action has the attribute",
    category: Category::Action,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for missing in &facts.missing {
        let Why::Suboperation(right) = missing.why else { continue };
        let Some((limit, target)) = right.suboperation.zip(facts.target(missing)) else { continue };
        let whole = missing.action.suboperation.is_none();
        // `old-read-guard` tells the rest.
        let told = limit.negated && target.suboperations.is_empty() && !target.has_wildcard();
        if !whole || told {
            continue;
        }
        let attribute = facts.attribute(missing.attribute);
        let message = format!(
            "`{}` is available for `{}` only with {}",
            shown(facts.text(attribute.body).trim()),
            missing.action.action,
            if limit.negated {
                format!("the suboperation `{}` left out", limit.name)
            } else {
                format!("the suboperation `{}`", limit.name)
            }
        );
        report.push(
            report
                .at(attribute.span, message)
                .label(target.span, "any other operation of this action is refused")
                .help(format!("guard `{}`: {}", right.display_name, right.guard())),
        );
    }
}
