//! `always-true-negation`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::value::{Excluding, excluding};
use crate::wording::requantified;
use abac_syntax::{Comparison, Quantifier};
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "always-true-negation",
    severity: Severity::Warning,
    summary: "a Not operator with several values and `…OfAnyValues` is always true",
    category: Category::Logic,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let wanted = |quantifier: Quantifier, function: Comparison| {
        !quantifier.all_right() && function.is_negated()
    };
    for found in excluding(facts, wanted) {
        let Excluding { compared, quantifier, function, set } = found;
        let meant = match quantifier {
            Quantifier::ForAllOfAnyValues => Quantifier::ForAllOfAllValues,
            _ => Quantifier::ForAnyOfAllValues,
        };
        let name = facts.text(compared.operator.span);
        let message = format!("`{name}` with different values is always true");
        let help = format!(
            "no value matches all of them, and one that differs is enough; \
             for none of them write `{}:{}`",
            meant.as_str(),
            function.as_str()
        );
        let fix = Fix::needs_review(
            format!("write `{}`", meant.as_str()),
            requantified(facts.source, compared.operator),
            meant.as_str(),
        );
        let finding = report.at(compared.span, message).caret("true whatever the value is");
        report.push(finding.label(set, "each value differs from one of these").help(help).fix(fix));
    }
}
