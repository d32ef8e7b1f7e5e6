//! `wildcard-in-equals`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::service::is_log_analytics;
use abac_syntax::{Comparison, Literal, LiteralKind, Relation, ValueType};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "wildcard-in-equals",
    severity: Severity::Warning,
    summary: "an operator without wildcards is given one",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let operator = compared.operator;
        let Some(function) = operator.function else { continue };
        if function.value_type() != ValueType::String || function.relation() == Relation::Like {
            continue;
        }
        let literals = facts.tree.operand_literals(compared.other);
        let Some(literal) = literals.iter().find(|literal| has_star(facts, literal)) else {
            continue;
        };
        let name = function.as_str();
        let finding = report
            .at(literal.span, format!("`*` and `?` mean themselves to `{name}`"))
            .label(operator.span, "only Like operators have wildcards");
        if compared.attribute.is_some_and(|id| is_log_analytics(facts, id)) {
            report.push(finding.help("Log Analytics has no wildcards at all"));
            continue;
        }
        report.push(match (function.relation(), like(function)) {
            (Relation::StartsWith, _) => {
                let content = literal.content_span(facts.source);
                let finding = finding.help("a StartsWith operator needs no wildcard at the end");
                let text = facts.text(content);
                let kept = text.trim_end_matches('*');
                if kept.contains(['*', '?']) || kept.is_empty() {
                    finding
                } else {
                    let end = content.start + kept.len() as u32;
                    let span = Span::new(end, content.end);
                    finding.fix(Fix::needs_review("take the wildcard away", span, ""))
                }
            }
            (_, Some(like)) => {
                let start = operator.span.end - name.len() as u32;
                let span = Span::new(start, operator.span.end);
                finding.help(format!("write `{}`", like.as_str())).fix(Fix::needs_review(
                    format!("write `{}`", like.as_str()),
                    span,
                    like.as_str(),
                ))
            }
            _ => finding,
        });
    }
}

fn has_star(facts: &Facts<'_>, literal: &Literal) -> bool {
    let string = matches!(literal.kind, LiteralKind::String { .. });
    string && !literal_has_hole(literal) && facts.text(literal.span).contains(['*', '?'])
}

/// Returns the Like function with the same negation and letter case.
pub(super) fn like(function: Comparison) -> Option<Comparison> {
    Comparison::ALL.iter().copied().find(|other| {
        other.relation() == Relation::Like
            && other.is_negated() == function.is_negated()
            && other.ignores_case() == function.ignores_case()
    })
}
