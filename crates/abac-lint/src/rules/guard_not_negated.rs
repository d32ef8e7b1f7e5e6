//! `guard-not-negated`

use crate::category::Category;
use crate::clause::called_actions;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_syntax::{ExprId, ExprKind};
use diagnostics::{Diagnostic, Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "guard-not-negated",
    severity: Severity::Warning,
    summary: "a guard has no NOT, so that its action is always allowed",
    category: Category::Logic,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for block in facts.blocks.iter().filter(|block| block.guards.is_empty()) {
        let terms = facts.tree.disjuncts(block.id);
        if terms.len() < 2 {
            continue;
        }
        let bare = |term: &&ExprId| called_actions(facts, **term).is_some();
        let expression = |term: &ExprId| {
            !has_call(facts, *term) && !matches!(facts.tree.kind(*term), ExprKind::Error)
        };
        let mut guards = terms.iter().filter(bare);
        let Some(guard) = guards.next() else { continue };
        if !terms.iter().any(expression) {
            continue;
        }
        let alone = guards.next().is_none();
        report.push(finding(facts, report, *guard, alone));
    }
}

fn has_call(facts: &Facts<'_>, id: ExprId) -> bool {
    let span = facts.tree.expr(id).span;
    let behind = facts.calls.partition_point(|call| call.span.start < span.start);
    facts.calls.get(behind).is_some_and(|call| call.span.start < span.end)
}

fn finding(facts: &Facts<'_>, report: &Report, guard: ExprId, alone: bool) -> Diagnostic {
    let patterns = called_actions(facts, guard).unwrap_or_default();
    let action = match patterns.as_slice() {
        [pattern] if !literal_has_hole(pattern) => {
            format!("`{}` is", shown(&facts.value(pattern)))
        }
        _ => "these actions are".to_owned(),
    };
    let span = facts.tree.expr(guard).span;
    let finding = report
        .at(span, format!("{action} always allowed, and every other action is constrained"))
        .caret("no NOT in front")
        .help("a guard is negated: `!(ActionMatches{'…'}) OR (…)`");
    if !alone {
        return finding;
    }
    let (open, close) = match facts.tree.kind(guard) {
        ExprKind::Group(_) => ("!", ""),
        _ => ("!(", ")"),
    };
    let mut fix = Fix::needs_review("negate the guard", Span::at(span.start), open);
    if !close.is_empty() {
        fix = fix.and(Span::at(span.end), close);
    }
    finding.fix(fix)
}
