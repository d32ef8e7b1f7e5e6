//! `retired-suboperation`

use crate::category::Category;
use crate::facts::{Called, Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use abac_catalog::{Action, Status};
use abac_syntax::{ExprKind, Function};
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "retired-suboperation",
    severity: Severity::Warning,
    summary: "a suboperation is documented as no longer to be used",
    category: Category::Action,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for call in &facts.calls {
        if call.function != Function::SubOperationMatches || literal_has_hole(&call.pattern) {
            continue;
        }
        let name = facts.value(&call.pattern);
        let Some(suboperation) = facts.catalog().suboperation(&name) else { continue };
        if suboperation.status != Status::Deprecated {
            continue;
        }
        let message = format!("the suboperation `{name}` is retired ({})", suboperation.source);
        let finding = report.at(call.pattern.span, message);
        let action = suboperation.replaced_by.and_then(|id| facts.catalog().action(id));
        report.push(match action {
            Some(action) => {
                let finding =
                    finding.help(format!("guard `{}`: `{}`", action.display_name, action.guard()));
                match replacement(facts, call, action) {
                    Some(fix) => finding.fix(fix),
                    None => finding,
                }
            }
            None => finding.help("see `grantif catalog actions`"),
        });
    }
}

/// Replaces the call where it stands as a plain term of a chain of AND.
fn replacement(facts: &Facts<'_>, call: &Called, action: &Action) -> Option<Fix> {
    let parent = facts.parent(call.id)?;
    if !matches!(facts.tree.kind(parent), ExprKind::And(_)) {
        return None;
    }
    let limit = action.suboperation?;
    let not = if limit.negated { "NOT " } else { "" };
    let text = format!("{not}SubOperationMatches{{'{}'}}", limit.name);
    Some(Fix::needs_review(format!("write `{text}`"), call.span, text))
}
