//! `malformed-date-time`

use crate::category::Category;
use crate::date_time::{DateTimeForm, date_time_form};
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_syntax::{LiteralKind, ValueType};
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "malformed-date-time",
    severity: Severity::Error,
    summary: "a date-time value does not have the documented form",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let function = compared.operator.function;
        if function.is_none_or(|function| function.value_type() != ValueType::DateTime) {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.other) {
            let LiteralKind::String { .. } = literal.kind else { continue };
            let value = facts.value(literal);
            if literal_has_hole(literal) || date_time_form(&value) != DateTimeForm::Malformed {
                continue;
            }
            let message = format!("`{}` is no date and time in the documented form", shown(&value));
            let finding = report
                .at(literal.span, message)
                .help("expected yyyy-mm-ddThh:mm:ss.mmmmmmmZ, such as '2026-01-31T13:00:00.0Z'");
            // A day without a time: midnight is a guess.
            let whole = format!("{value}T00:00:00.0Z");
            report.push(if date_time_form(&whole) == DateTimeForm::Documented {
                let content = literal.content_span(facts.source);
                finding.fix(Fix::needs_review("add midnight", content, whole))
            } else {
                finding
            });
        }
    }
}
