//! `legacy-attribute`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_catalog::LegacyKind;
use abac_syntax::{AttributeId, ExprKind, Literal, LiteralKind, Operand};
use diagnostics::{Applicability, Diagnostic, Edit, Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "legacy-attribute",
    severity: Severity::Warning,
    summary: "an attribute is written as older texts did",
    category: Category::Attribute,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in &facts.uses {
        let attribute = facts.attribute(used.attribute);
        let body = facts.text(attribute.body).trim();
        let legacy = match attribute.hole {
            true => None,
            false => facts.catalog().find_legacy(body),
        };
        let Some((legacy, upgrade)) = legacy.and_then(|one| Some((one, one.upgrade?))) else {
            continue;
        };
        let text = shown(body);
        let message = match legacy.kind {
            LegacyKind::Replaced => {
                format!("`{text}` is what the preview of 2021 had; today it is `{upgrade}`")
            }
            _ => format!("`{text}` is an older spelling, found in no table of attributes"),
        };
        let finding =
            report.at(attribute.body, message).help(format!("write `{}`", shown(upgrade)));
        report.push(match legacy.kind {
            LegacyKind::Replaced => with_function(facts, finding, used.attribute),
            _ => {
                let applicability = if upgrade.eq_ignore_ascii_case(body) {
                    Applicability::Safe
                } else {
                    Applicability::NeedsReview
                };
                let edits = vec![Edit { span: attribute.body, replacement: upgrade.into() }];
                finding.fix(Fix { title: "write today's spelling".into(), edits, applicability })
            }
        });
    }
}

/// Offers `SubOperationMatches{'…'}` in place of `@Request[subOperation] … {'…'}`.
fn with_function(facts: &Facts<'_>, finding: Diagnostic, id: AttributeId) -> Diagnostic {
    let compared = facts.comparisons.iter().find(|compared| compared.attribute == Some(id));
    let Some(compared) = compared else { return finding };
    let function = compared.operator.function;
    let positive = function.is_some_and(|function| !function.is_negated())
        && compared.operator.quantifier.is_none_or(|quantifier| !quantifier.all_right());
    let literals: &[Literal] = match compared.other {
        Operand::Literal(_) | Operand::Set { .. } => facts.tree.operand_literals(compared.other),
        _ => &[],
    };
    let names = |literal: &Literal| {
        matches!(literal.kind, LiteralKind::String { .. })
            && facts.value(literal).bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
    };
    if !positive || literals.is_empty() || !literals.iter().all(names) {
        return finding;
    }
    let calls: Vec<String> = literals
        .iter()
        .map(|literal| format!("SubOperationMatches{{'{}'}}", facts.value(literal)))
        .collect();
    let alone = calls.len() == 1
        || facts
            .parent(compared.id)
            .is_some_and(|id| matches!(facts.tree.kind(id), ExprKind::Group(_)));
    let joined = calls.join(" OR ");
    let text = if alone { joined } else { format!("({joined})") };
    finding.fix(Fix::needs_review("write SubOperationMatches", compared.span, text))
}
