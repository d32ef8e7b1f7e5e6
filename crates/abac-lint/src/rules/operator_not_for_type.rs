//! `operator-not-for-type`

use crate::category::Category;
use crate::facts::{Compared, Facts};
use crate::quoted;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{a_catalog_type, a_value_type, catalog_type, list, shown};
use abac_catalog::{Attribute, ValueType};
use abac_syntax::{Comparison, LiteralKind, Operand, Relation};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "operator-not-for-type",
    severity: Severity::Error,
    summary: "an operator compares another type than the attribute has",
    category: Category::Operator,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let Some(function) = compared.operator.function else { continue };
        let wanted = catalog_type(function.value_type());
        for side in [compared.left, compared.right] {
            let Operand::Attribute(id) = side else { continue };
            let Some(attribute) = facts.meant(id) else { continue };
            if attribute.value_types.is_empty() || attribute.value_types.contains(&wanted) {
                continue;
            }
            let reference = facts.attribute(id);
            let types: Vec<&str> = attribute.value_types.iter().map(a_catalog_type).collect();
            let types = types.join(" or ");
            let message = format!(
                "`{}` compares {}, and `{}` is {types}",
                function.as_str(),
                a_value_type(function.value_type()),
                shown(facts.text(reference.body).trim()),
            );
            let finding =
                report.at(compared.operator.span, message).label(reference.span, "the attribute");
            let Some(right) = counterpart(function, attribute) else {
                let operators = attribute.operators.iter().filter(|name| !name.contains(':'));
                report.push(finding.help(format!("use {}", list(operators, "or"))));
                continue;
            };
            let finding = finding.help(format!("use `{}`", right.as_str()));
            report.push(if values_fit(facts, compared, right) {
                let end = compared.operator.span.end;
                let name = Span::new(end - function.as_str().len() as u32, end);
                finding.fix(Fix::needs_review(
                    format!("write `{}`", right.as_str()),
                    name,
                    right.as_str(),
                ))
            } else {
                finding
            });
        }
    }
}

/// Returns the operator that tests the same relation on values of the attribute's type.
fn counterpart(function: Comparison, attribute: &Attribute) -> Option<Comparison> {
    let [wanted] = attribute.value_types.as_slice() else { return None };
    let same = |candidate: &&Comparison| {
        catalog_type(candidate.value_type()) == *wanted
            && candidate.is_negated() == function.is_negated()
            && candidate.ignores_case() == (function.ignores_case() && *wanted == ValueType::String)
    };
    let relation = match function.relation() {
        Relation::Like | Relation::StartsWith => Relation::Equals,
        other => other,
    };
    Comparison::ALL.iter().filter(same).find(|one| one.relation() == relation).copied()
}

/// Says whether the values would fit the other operator as they stand.
fn values_fit(facts: &Facts<'_>, compared: &Compared, function: Comparison) -> bool {
    // Of two attributes the other one would not fit.
    !matches!(compared.other, Operand::Attribute(_))
        && facts.tree.operand_literals(compared.other).iter().all(|literal| {
            let has = match literal.kind {
                LiteralKind::String { .. } if quoted::guid(&facts.value(literal)).is_some() => {
                    &[ValueType::String, ValueType::Guid][..]
                }
                LiteralKind::String { .. } => &[ValueType::String, ValueType::DateTime],
                LiteralKind::Guid(_) => &[ValueType::Guid],
                LiteralKind::Integer(_) => &[ValueType::Integer],
                LiteralKind::Boolean(_) => &[ValueType::Boolean],
                LiteralKind::Hole => &ValueType::ALL,
                LiteralKind::Bare => &[],
            };
            has.contains(&catalog_type(function.value_type()))
        })
}
