//! `empty-string`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::service::catalog_id;
use abac_syntax::{LiteralKind, Relation, ValueType};
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "empty-string",
    severity: Severity::Warning,
    summary: "an attribute is compared with an empty string",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let string =
            |function: &abac_syntax::Comparison| function.value_type() == ValueType::String;
        let Some(function) = compared.operator.function.filter(string) else { continue };
        // Listing the root of a container sends an empty prefix.
        let prefix = |id| catalog_id(facts, id) == Some("blob.prefix");
        let starts = function.relation() == Relation::StartsWith;
        if compared.attribute.is_some_and(prefix) && !starts {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.other) {
            let string = matches!(literal.kind, LiteralKind::String { .. });
            if !string || !literal.content_span(facts.source).is_empty() {
                continue;
            }
            report.push(if starts {
                report
                    .at(literal.span, "every value begins with the empty string")
                    .help("write the beginning that is meant, or test `Exists`")
            } else {
                report
                    .at(literal.span, "comparing with an empty string is not documented")
                    .help("for a request without the attribute test `NOT Exists`")
            });
        }
    }
}
