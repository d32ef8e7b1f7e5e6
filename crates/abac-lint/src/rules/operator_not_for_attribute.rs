//! `operator-not-for-attribute`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{catalog_type, list, shown};
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "operator-not-for-attribute",
    severity: Severity::Warning,
    summary: "an operator is not among those that are documented for the attribute",
    category: Category::Operator,
    check,
};

/// Attributes of which the documentation says that no other operator is supported: the current
/// time (storage-auth-abac-attributes, 2023-08-10) and Log Analytics table names
/// (granular-rbac-log-analytics, 2025-11-02).
const EXCLUSIVE: [&str; 2] = ["env.utcNow", "la.tableName"];

/// Pairs outside the lists that Azure itself or another of its pages uses: built-in roles of
/// 2026-08-22, granular-rbac-use-case, and the templates of delegate-role-assignments-examples,
/// 2024-04-15.
const OBSERVED: [(&str, &str); 3] = [
    ("authz.principalType", "ForAnyOfAnyValues:StringEquals"),
    ("authz.principalId", "ForAnyOfAllValues:GuidNotEquals"),
    ("la.tableName", "ForAnyOfAllValues:StringNotEquals"),
];

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let operator = compared.operator;
        let Some((id, function)) = compared.attribute.zip(operator.function) else { continue };
        let Some(attribute) = facts.meant(id) else { continue };
        let fits = attribute.value_types.contains(&catalog_type(function.value_type()));
        // `operator-not-for-type` tells what does not fit at all, `quantifier-not-documented` what
        // no attribute takes.
        let quantifiable = operator.quantifier.is_none() || function.is_quantifiable();
        if !fits || !quantifiable || !attribute.operators_are_listed() {
            continue;
        }
        let name = match operator.quantifier {
            Some(quantifier) => format!("{}:{}", quantifier.as_str(), function.as_str()),
            None => function.as_str().to_owned(),
        };
        let observed = OBSERVED.iter().any(|(id, known)| *id == attribute.id && name == *known);
        if observed || attribute.takes_operator(&name) {
            continue;
        }
        let body = shown(facts.text(facts.attribute(id).body).trim());
        let (severity, message) = if EXCLUSIVE.contains(&attribute.id.as_ref()) {
            (Severity::Error, format!("`{body}` does not support `{name}`"))
        } else {
            (Severity::Warning, format!("`{name}` is not documented for `{body}`"))
        };
        let finding = report.with(severity, operator.span, message);
        report.push(finding.help(format!(
            "the operators are {} ({})",
            list(attribute.operators, "and"),
            attribute.source
        )));
    }
}
