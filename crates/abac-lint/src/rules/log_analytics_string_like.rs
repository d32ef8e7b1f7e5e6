//! `log-analytics-string-like`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::service::is_log_analytics;
use crate::value::has_wildcard;
use abac_syntax::Relation;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "log-analytics-string-like",
    severity: Severity::Warning,
    summary: "in Log Analytics a Like operator finds whole terms, not patterns",
    category: Category::Operator,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let Some(function) = compared.operator.function else { continue };
        let concerned = function.relation() == Relation::Like
            && compared.attribute.is_some_and(|id| is_log_analytics(facts, id));
        if !concerned {
            continue;
        }
        let query = if function.ignores_case() { "has" } else { "has_cs" };
        let wildcard = facts
            .tree
            .operand_literals(compared.other)
            .iter()
            .filter(|literal| !literal_has_hole(literal))
            .find(|literal| has_wildcard(&facts.value(literal)));
        let name = function.as_str();
        report.push(match wildcard {
            Some(literal) => report
                .at(literal.span, format!("`{name}` has no wildcards in Log Analytics"))
                .label(compared.operator.span, format!("becomes `{query}`, a search for terms"))
                .help("write the term alone, or use a StartsWith operator for a beginning"),
            None => report
                .with(
                    Severity::Advice,
                    compared.operator.span,
                    format!("`{name}` finds a whole term anywhere in the column"),
                )
                .help(format!(
                    "in Log Analytics it becomes `{query}`; for the whole value use an Equals operator"
                )),
        });
    }
}
