//! `quoted-number`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::quoted;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{LiteralKind, ValueType};
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "quoted-number",
    severity: Severity::Warning,
    summary: "a numeric operator is given a number in quotes",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let function = compared.operator.function;
        if function.is_none_or(|function| function.value_type() != ValueType::Numeric) {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.other) {
            let LiteralKind::String { .. } = literal.kind else { continue };
            let value = facts.value(literal);
            let Some(number) = quoted::integer(&value) else { continue };
            if literal_has_hole(literal) {
                continue;
            }
            let message = format!("quotes around the number `{value}` are not documented");
            let fix = Fix::safe("take the quotes away", literal.span, number.to_string());
            report.push(report.at(literal.span, message).help("write it without quotes").fix(fix));
        }
    }
}
