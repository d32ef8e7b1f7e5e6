//! `quoted-boolean`

use crate::category::Category;
use crate::facts::Facts;
use crate::quoted;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{LiteralKind, ValueType};
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "quoted-boolean",
    severity: Severity::Warning,
    summary: "a Boolean operator is given true or false in quotes",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let function = compared.operator.function;
        if function.is_none_or(|function| function.value_type() != ValueType::Bool) {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.other) {
            let LiteralKind::String { .. } = literal.kind else { continue };
            let Some(value) = quoted::boolean(&facts.value(literal)) else { continue };
            let message = format!("quotes around `{value}` are not documented");
            let fix = Fix::safe("take the quotes away", literal.span, value.to_string());
            report.push(report.at(literal.span, message).help("write it without quotes").fix(fix));
        }
    }
}
