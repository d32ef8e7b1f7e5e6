//! `missing-quantifier`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_syntax::Operand;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "missing-quantifier",
    severity: Severity::Error,
    summary: "an attribute with several values is compared without a quantifier",
    category: Category::Operator,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let operator = compared.operator;
        let Some(function) = operator.function.filter(|_| operator.quantifier.is_none()) else {
            continue;
        };
        for side in [compared.left, compared.right] {
            let Operand::Attribute(id) = side else { continue };
            let several = facts.meant(id).is_some_and(|one| one.multi_valued == Some(true));
            if !several {
                continue;
            }
            let reference = facts.attribute(id);
            let name = function.as_str();
            let message = format!(
                "`{name}` compares one value, and `{}` has several",
                shown(facts.text(reference.body).trim())
            );
            report.push(report.at(operator.span, message).label(reference.span, "a list").help(
                format!(
                    "write `ForAnyOfAnyValues:{name}` for at least one of its values, \
                     `ForAllOfAnyValues:{name}` for all of them, with the values in braces"
                ),
            ));
        }
    }
}
