//! `unknown-action`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{closest_path, did_you_mean, shown};
use abac_syntax::Function;
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "unknown-action",
    severity: Severity::Warning,
    summary: "an action pattern matches no action that is known",
    category: Category::Action,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let catalog = facts.catalog();
    for call in &facts.calls {
        if call.function != Function::ActionMatches || literal_has_hole(&call.pattern) {
            continue;
        }
        let pattern = facts.value(&call.pattern);
        if pattern.contains('*') {
            let provider = pattern.split('/').next().unwrap_or_default();
            // Of other providers no complete list of actions is at hand.
            let conditionable = provider.contains('*')
                || catalog.services().iter().any(|one| one.provider.eq_ignore_ascii_case(provider));
            if !conditionable || catalog.actions_matching(&pattern).next().is_some() {
                continue;
            }
            let message = format!("`{}` matches no action that takes conditions", shown(&pattern));
            let help = "what it guards never happens; see `grantif catalog actions`";
            report.push(report.at(call.pattern.span, message).help(help));
            continue;
        }
        if catalog.action_exists(&pattern) {
            continue;
        }
        let meant = closest_path(&pattern, catalog.actions().map(|action| action.action));
        if meant.is_none() && facts.operation_known(&pattern) {
            continue;
        }
        let message = format!("unknown action `{}`", shown(&pattern));
        let finding = report.at(call.pattern.span, message);
        report.push(match meant {
            Some(meant) => {
                let content = call.pattern.content_span(facts.source);
                finding.help(did_you_mean(meant)).fix(Fix::needs_review(
                    format!("write `{meant}`"),
                    content,
                    meant,
                ))
            }
            None => finding.help(
                "neither a page nor a built-in role has it, and a guard for an action that never \
                 happens guards nothing; see `grantif catalog actions`",
            ),
        });
    }
}
