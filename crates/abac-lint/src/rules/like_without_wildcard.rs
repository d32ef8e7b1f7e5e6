//! `like-without-wildcard`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::service::is_log_analytics;
use abac_syntax::{Comparison, Relation, ValueType};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "like-without-wildcard",
    severity: Severity::Advice,
    summary: "a Like operator has a pattern without a wildcard",
    category: Category::Operator,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let operator = compared.operator;
        let Some(function) = operator.function else { continue };
        if function.relation() != Relation::Like {
            continue;
        }
        let literals = facts.tree.operand_literals(compared.right);
        let plain = literals.iter().all(|literal| {
            !literal_has_hole(literal) && !facts.text(literal.span).contains(['*', '?', '\\'])
        });
        let elsewhere = compared.attribute.is_some_and(|id| is_log_analytics(facts, id));
        if literals.is_empty() || !plain || elsewhere {
            continue;
        }
        let Some(equals) = equals(function) else { continue };
        let name = function.as_str();
        let start = operator.span.end.saturating_sub(name.len() as u32);
        let fix = Fix::safe(
            format!("write `{}`", equals.as_str()),
            Span::new(start, operator.span.end),
            equals.as_str(),
        );
        report.push(
            report
                .at(operator.span, format!("`{name}` without a wildcard"))
                .help(format!("write `{}`, or add `*` or `?`", equals.as_str()))
                .fix(fix),
        );
    }
}

fn equals(function: Comparison) -> Option<Comparison> {
    Comparison::ALL.iter().copied().find(|other| {
        other.value_type() == ValueType::String
            && other.relation() == Relation::Equals
            && other.is_negated() == function.is_negated()
            && other.ignores_case() == function.ignores_case()
    })
}
