//! `never-true`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::value::{Excluding, excluding};
use crate::wording::requantified;
use abac_syntax::{Comparison, Quantifier};
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "never-true",
    severity: Severity::Warning,
    summary: "a value would have to equal several values at once",
    category: Category::Logic,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let wanted = |quantifier: Quantifier, function: Comparison| {
        quantifier.all_right() && !function.is_negated()
    };
    for found in excluding(facts, wanted) {
        let Excluding { compared, quantifier, function, set } = found;
        let meant = match quantifier {
            Quantifier::ForAllOfAllValues => Quantifier::ForAllOfAnyValues,
            _ => Quantifier::ForAnyOfAnyValues,
        };
        let name = facts.text(compared.operator.span);
        let message = format!("`{name}` with different values is never true");
        let help = format!(
            "it asks for a value that matches every one in the braces; \
             for one of them write `{}:{}`",
            meant.as_str(),
            function.as_str()
        );
        let fix = Fix::needs_review(
            format!("write `{}`", meant.as_str()),
            requantified(facts.source, compared.operator),
            meant.as_str(),
        );
        let finding = report.at(compared.span, message).caret("no value satisfies this");
        report.push(finding.label(set, "no value matches all of these").help(help).fix(fix));
    }
}
