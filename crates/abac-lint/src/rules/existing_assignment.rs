//! `existing-assignment`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use diagnostics::{Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "existing-assignment",
    severity: Severity::Error,
    summary: "the principal has the role at the scope already, without a condition",
    category: Category::Context,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    if facts.options.context.existing_assignment_without_condition {
        let message =
            "the same role assignment cannot exist with a condition and without one at once";
        report.push(
            report
                .at(Span::at(0), message)
                .help("delete the assignment without a condition, or add the condition to it"),
        );
    }
}
