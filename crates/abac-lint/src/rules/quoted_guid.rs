//! `quoted-guid`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::quoted;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{LiteralKind, ValueType};
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "quoted-guid",
    severity: Severity::Warning,
    summary: "a GUID operator is given a GUID in quotes",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let function = compared.operator.function;
        if function.is_none_or(|function| function.value_type() != ValueType::Guid) {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.other) {
            let LiteralKind::String { .. } = literal.kind else { continue };
            let value = facts.value(literal);
            if literal_has_hole(literal) || quoted::guid(&value).is_none() {
                continue;
            }
            let message = format!("quotes around the GUID `{value}` are not documented");
            let fix = Fix::safe("take the quotes away", literal.span, value.into_owned());
            report.push(report.at(literal.span, message).help("write it without quotes").fix(fix));
        }
    }
}
