//! `single-value-with-quantifier`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{LiteralKind, Operand};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "single-value-with-quantifier",
    severity: Severity::Warning,
    summary: "a single value without braces stands behind a quantifier",
    category: Category::Operator,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let operator = compared.operator;
        let (Some(quantifier), Operand::Literal(id)) = (operator.quantifier, compared.other) else {
            continue;
        };
        let literal = facts.tree.literal(id);
        if matches!(literal.kind, LiteralKind::Hole | LiteralKind::Bare) {
            continue;
        }
        let message =
            format!("a value without braces behind `{}` is not documented", quantifier.as_str());
        report.push(
            report
                .at(literal.span, message)
                .label(operator.span, "this takes a set")
                .help("put the value in braces")
                .fix(
                    Fix::safe("add braces", Span::at(literal.span.start), "{")
                        .and(Span::at(literal.span.end), "}"),
                ),
        );
    }
}
