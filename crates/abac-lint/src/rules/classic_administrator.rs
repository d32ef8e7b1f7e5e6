//! `classic-administrator`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use diagnostics::{Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "classic-administrator",
    severity: Severity::Error,
    summary: "a classic administrator is given a condition",
    category: Category::Context,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    if facts.options.context.classic_administrator {
        report.push(
            report
                .at(Span::at(0), "classic administrators cannot have a condition")
                .help("assign an Azure role to the same person and put the condition there"),
        );
    }
}
