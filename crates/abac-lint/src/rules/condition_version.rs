//! `condition-version`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use diagnostics::{Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "condition-version",
    severity: Severity::Error,
    summary: "the condition is sent with another version than 2.0",
    category: Category::Context,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let Some(version) = &facts.options.context.condition_version else { return };
    if version == "2.0" {
        return;
    }
    let message = format!("conditionVersion `{}`: Azure takes `2.0` only", shown(version));
    report.push(report.at(Span::at(0), message).help("set conditionVersion to `2.0`"));
}
