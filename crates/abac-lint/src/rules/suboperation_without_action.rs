//! `suboperation-without-action`

use crate::category::Category;
use crate::facts::{Called, Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_syntax::{ExprId, ExprKind, Function};
use diagnostics::{Diagnostic, Fix, Severity, Span};
use std::collections::HashSet;

pub(crate) const RULE: Rule = Rule {
    id: "suboperation-without-action",
    severity: Severity::Warning,
    summary: "a suboperation is matched without its action",
    category: Category::Action,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let by_function = |function| facts.calls.iter().filter(move |call| call.function == function);
    if by_function(Function::SubOperationMatches).next().is_none() {
        return;
    }
    // Every AND that an action is matched in, alone or as one of several, and those around it that
    // only parentheses keep apart.
    let with_action: HashSet<ExprId> = by_function(Function::ActionMatches)
        .flat_map(|call| {
            above(facts, call.id)
                .take_while(|id| !matches!(facts.tree.kind(*id), ExprKind::Not { .. }))
                .skip_while(|id| !matches!(facts.tree.kind(*id), ExprKind::And(_)))
                .take_while(|id| !matches!(facts.tree.kind(*id), ExprKind::Or(_)))
                .filter(|id| matches!(facts.tree.kind(*id), ExprKind::And(_)))
        })
        .collect();
    for call in by_function(Function::SubOperationMatches) {
        let beside = above(facts, call.id).any(|id| with_action.contains(&id));
        // A guard may be of a suboperation alone, and then names no action for what it guards.
        let scoped = facts.scope(call.id).is_some_and(|scope| {
            scope.targets.iter().all(|target| target.pattern.is_some() || target.hole)
        });
        if beside || scoped || literal_has_hole(&call.pattern) {
            continue;
        }
        report.push(finding(facts, report, call));
    }
}

fn finding(facts: &Facts<'_>, report: &Report, call: &Called) -> Diagnostic {
    let name = facts.value(&call.pattern);
    let message = format!("the suboperation `{}` stands without its action", shown(&name));
    let finding = report.at(call.span, message);
    let action = match facts.catalog().suboperation(&name).map(|one| one.actions.as_slice()) {
        Some([action]) => *action,
        _ => return finding.help("join it with `ActionMatches{'…'}` by AND"),
    };
    let added = format!("ActionMatches{{'{action}'}}");
    let negated =
        facts.parent(call.id).filter(|id| matches!(facts.tree.kind(*id), ExprKind::Not { .. }));
    let help = format!("write `{added} AND …` in front of it");
    if negated.is_some() {
        return finding.help(help);
    }
    let grouped =
        facts.parent(call.id).is_some_and(|id| matches!(facts.tree.kind(id), ExprKind::Group(_)));
    let (open, close) = if grouped { ("", "") } else { ("(", ")") };
    let fix = Fix::needs_review(
        "match the action too",
        Span::at(call.span.start),
        format!("{open}{added} AND "),
    );
    let fix = if grouped { fix } else { fix.and(Span::at(call.span.end), close) };
    finding.help(help).fix(fix)
}

/// Returns the expressions that an expression is part of, the smallest first.
fn above(facts: &Facts<'_>, id: ExprId) -> impl Iterator<Item = ExprId> {
    std::iter::successors(facts.parent(id), |id| facts.parent(*id))
}
