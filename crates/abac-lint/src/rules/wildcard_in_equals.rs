//! `wildcard-in-equals`

use crate::category::Category;
use crate::facts::{Compared, Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::service::is_log_analytics;
use abac_syntax::{Comparison, Literal, LiteralKind, Relation, ValueType};
use diagnostics::{Diagnostic, Fix, Severity, Span};

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
        // One change of the operator helps every value; a wildcard is taken from each apart.
        let most = if function.relation() == Relation::StartsWith { usize::MAX } else { 1 };
        let literals = facts.tree.operand_literals(compared.other).iter();
        for literal in literals.filter(|literal| has_star(facts, literal)).take(most) {
            report.push(finding(facts, report, compared, function, literal));
        }
    }
}

fn finding(
    facts: &Facts<'_>,
    report: &Report,
    compared: &Compared,
    function: Comparison,
    literal: &Literal,
) -> Diagnostic {
    let (operator, name) = (compared.operator, function.as_str());
    let finding = report
        .at(literal.span, format!("`*` and `?` mean themselves to `{name}`"))
        .label(operator.span, "only Like operators have wildcards");
    if compared.attribute.is_some_and(|id| is_log_analytics(facts, id)) {
        return finding.help("Log Analytics has no wildcards at all");
    }
    match (function.relation(), like(function)) {
        (Relation::StartsWith, _) => {
            let content = literal.content_span(facts.source);
            let finding = finding.help("a StartsWith operator needs no wildcard at the end");
            let kept = facts.text(content).trim_end_matches('*');
            if kept.contains(['*', '?']) || kept.is_empty() {
                return finding;
            }
            let span = Span::new(content.start + kept.len() as u32, content.end);
            finding.fix(Fix::needs_review("take the wildcard away", span, ""))
        }
        (_, Some(like)) => {
            let span = Span::new(operator.span.end - name.len() as u32, operator.span.end);
            finding.help(format!("write `{}`", like.as_str())).fix(Fix::needs_review(
                format!("write `{}`", like.as_str()),
                span,
                like.as_str(),
            ))
        }
        _ => finding,
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
