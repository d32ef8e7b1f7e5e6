//! `action-without-condition-support`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{closest_path, shown};
use abac_syntax::Function;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "action-without-condition-support",
    severity: Severity::Warning,
    summary: "an action is guarded for which no page lists attributes",
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
        let provider = pattern.split('/').next().unwrap_or_default();
        let service =
            catalog.services().iter().find(|one| one.provider.eq_ignore_ascii_case(provider));
        let finding = if pattern.contains('*') {
            if provider.contains('*') || service.is_some() {
                continue;
            }
            report.at(
                call.pattern.span,
                format!("no page says that actions of `{}` take conditions", shown(provider)),
            )
        } else {
            let catalogued = catalog.action_exists(&pattern);
            let misspelt =
                || closest_path(&pattern, catalog.actions().map(|one| one.action)).is_some();
            if catalogued || misspelt() || !facts.operation_known(&pattern) {
                continue;
            }
            report.at(
                call.pattern.span,
                format!("no page says that the action `{}` takes conditions", shown(&pattern)),
            )
        };
        report.push(match service {
            Some(service) => finding.help(format!(
                "not documented; of {} only the actions in `grantif catalog actions {}` take them",
                service.provider, service.id
            )),
            None => finding.help(
                "not documented; Azure has refused attributes of such providers with HTTP 400",
            ),
        });
    }
}
