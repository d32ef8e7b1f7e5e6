//! `set-with-single-value-operator`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{LiteralKind, Operand, Quantifier};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "set-with-single-value-operator",
    severity: Severity::Error,
    summary: "a set of values stands behind an operator without a quantifier",
    category: Category::Operator,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let operator = compared.operator;
        let Operand::Set { span, .. } = compared.other else { continue };
        let Some(function) = operator.function.filter(|_| operator.quantifier.is_none()) else {
            continue;
        };
        let name = function.as_str();
        let message = format!("`{name}` compares one value, found a set");
        let finding = report.at(span, message).label(operator.span, "no quantifier here");
        let values = facts.tree.operand_literals(compared.other);
        report.push(match values {
            // Braces around one value take nothing away when they go.
            [only] if !matches!(only.kind, LiteralKind::Hole) => {
                finding.help("write the value without braces").fix(Fix::needs_review(
                    "take the braces away",
                    span,
                    facts.text(only.span).to_owned(),
                ))
            }
            _ if function.is_quantifiable() => {
                let quantifier = if function.is_negated() {
                    Quantifier::ForAnyOfAllValues
                } else {
                    Quantifier::ForAnyOfAnyValues
                };
                let (word, what) = (
                    quantifier.as_str(),
                    if function.is_negated() { "none of the values" } else { "any of the values" },
                );
                finding.help(format!("for {what} write `{word}:{name}`")).fix(Fix::needs_review(
                    format!("write `{word}:{name}`"),
                    Span::at(operator.span.start),
                    format!("{word}:"),
                ))
            }
            _ => finding.help(format!("write one `{name}` for each value, joined by OR")),
        });
    }
}
