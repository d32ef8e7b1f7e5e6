//! `old-read-guard`

use crate::availability::Why;
use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_syntax::ExprKind;
use diagnostics::{Fix, Severity, Span};
use std::collections::BTreeSet;

pub(crate) const RULE: Rule = Rule {
    id: "old-read-guard",
    severity: Severity::Warning,
    summary: "a guard for reading blobs catches listing too, which lacks the attribute",
    category: Category::Action,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for missing in &facts.missing {
        let Why::Suboperation(right) = missing.why else { continue };
        let Some((limit, target)) = right.suboperation.zip(facts.target(missing)) else { continue };
        let fits = limit.negated
            && target.suboperations.is_empty()
            && missing.action.suboperation.is_none()
            && !target.has_wildcard();
        if !fits || !seen.insert(target.span) {
            continue;
        }
        let Some(call) = facts.call_at(target.span) else { continue };
        let attribute = facts.attribute(missing.attribute);
        let message = format!(
            "the guard also catches the suboperation `{}`, for which `{}` is not available",
            limit.name,
            shown(facts.text(attribute.body).trim())
        );
        let added = format!(" AND NOT SubOperationMatches{{'{}'}}", limit.name);
        let grouped = facts
            .parent(call.id)
            .is_some_and(|id| matches!(facts.tree.kind(id), ExprKind::Group(_)));
        let title = format!("leave `{}` out of the guard", limit.name);
        let fix = if grouped {
            Fix::needs_review(title, Span::at(call.span.end), added)
        } else {
            Fix::needs_review(title, Span::at(call.span.start), "(")
                .and(Span::at(call.span.end), format!("{added})"))
        };
        report.push(
            report
                .at(call.span, message)
                .label(attribute.span, "not there when blobs are listed, so listing is refused")
                .help(format!(
                    "write `{}`, and say what listing needs in a condition of its own",
                    right.guard()
                ))
                .fix(fix),
        );
    }
}
