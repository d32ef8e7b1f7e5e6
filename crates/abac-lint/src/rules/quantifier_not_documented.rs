//! `quantifier-not-documented`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "quantifier-not-documented",
    severity: Severity::Warning,
    summary: "an operator has a quantifier that no page lists for it",
    category: Category::Operator,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let operator = compared.operator;
        let (Some(quantifier), Some(function)) = (operator.quantifier, operator.function) else {
            continue;
        };
        if function.is_quantifiable() {
            continue;
        }
        let message = format!(
            "`{}` is not documented with the quantifier `{}`",
            function.as_str(),
            quantifier.as_str()
        );
        let help = format!(
            "write one `{}` for each value, in parentheses, joined by OR or AND",
            function.as_str()
        );
        report.push(report.at(operator.span, message).help(help));
    }
}
