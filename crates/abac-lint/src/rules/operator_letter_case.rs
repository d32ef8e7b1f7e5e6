//! `operator-letter-case`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "operator-letter-case",
    severity: Severity::Advice,
    summary: "an operator is not in the documented letter case",
    category: Category::Spelling,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let operator = compared.operator;
        let Some(function) = operator.function else { continue };
        let text = facts.text(operator.span);
        let (quantifier, name) = match text.split_once(':') {
            Some((quantifier, name)) => (Some(quantifier), name),
            None => (None, text),
        };
        let canonical = operator.quantifier.map(|quantifier| quantifier.as_str());
        // The parser tells a quantifier that stands apart.
        let elsewhere = text.contains(char::is_whitespace);
        if elsewhere || (name == function.as_str() && quantifier == canonical) {
            continue;
        }
        let meant = match canonical {
            Some(quantifier) => format!("{quantifier}:{}", function.as_str()),
            None => function.as_str().to_owned(),
        };
        report.push(
            report
                .at(operator.span, format!("`{text}` is not in the documented letter case"))
                .help(format!("write `{meant}`"))
                .fix(Fix::safe(format!("write `{meant}`"), operator.span, meant)),
        );
    }
}
