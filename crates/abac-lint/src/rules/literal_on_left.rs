//! `literal-on-left`

use crate::category::Category;
use crate::facts::{Compared, Facts};
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{Comparison, Operand, Quantifier, Relation};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "literal-on-left",
    severity: Severity::Warning,
    summary: "a value stands on the left and the attribute on the right",
    category: Category::Operator,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let literal = matches!(compared.left, Operand::Literal(_) | Operand::Set { .. });
        let Operand::Attribute(right) = compared.right else { continue };
        let left = facts.tree.operand_span(compared.left);
        // An attribute without its `@` is told by the parser.
        if !literal || !readable(facts, compared.left) {
            continue;
        }
        let finding = report
            .at(left, "a value on the left side is not documented")
            .help("write the attribute on the left");
        report.push(match turned(compared) {
            Some(function) => {
                let operator = compared.operator.span;
                let right = facts.attribute(right).span;
                let name = compared.operator.function.map_or("", Comparison::as_str);
                let start = operator.end.saturating_sub(name.len() as u32);
                let fix = Fix::safe("turn it round", left, facts.text(right).to_owned())
                    .and(Span::new(start, operator.end), function.as_str())
                    .and(right, facts.text(left).to_owned());
                finding.fix(fix)
            }
            None => finding,
        });
    }
}

fn readable(facts: &Facts<'_>, operand: Operand) -> bool {
    let bare = |literal: &abac_syntax::Literal| literal.kind == abac_syntax::LiteralKind::Bare;
    !facts.tree.operand_literals(operand).iter().any(bare)
}

/// Returns the function that says the same with its sides exchanged.
fn turned(compared: &Compared) -> Option<Comparison> {
    let function = compared.operator.function?;
    // The other two look at their sides in different ways.
    let symmetric = compared.operator.quantifier.is_none_or(|quantifier| {
        matches!(quantifier, Quantifier::ForAnyOfAnyValues | Quantifier::ForAllOfAllValues)
    });
    let relation = match function.relation() {
        Relation::Equals => Relation::Equals,
        Relation::GreaterThan => Relation::LessThan,
        Relation::GreaterThanEquals => Relation::LessThanEquals,
        Relation::LessThan => Relation::GreaterThan,
        Relation::LessThanEquals => Relation::GreaterThanEquals,
        Relation::StartsWith | Relation::Like => return None,
    };
    let same = |other: &Comparison| {
        other.relation() == relation
            && other.value_type() == function.value_type()
            && other.is_negated() == function.is_negated()
            && other.ignores_case() == function.ignores_case()
    };
    Comparison::ALL.iter().copied().find(same).filter(|_| symmetric)
}
