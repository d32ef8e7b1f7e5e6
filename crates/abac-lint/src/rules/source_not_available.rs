//! `source-not-available`

use crate::availability::{Missing, Why};
use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use diagnostics::{Fix, Severity, Span};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    id: "source-not-available",
    severity: Severity::Error,
    summary: "the guarded action offers the attribute through another source",
    category: Category::Attribute,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut wrong: BTreeMap<Span, &Missing<'_>> = BTreeMap::new();
    let mut targets: BTreeMap<Span, usize> = BTreeMap::new();
    for missing in &facts.missing {
        if matches!(missing.why, Why::OtherSource(_)) {
            let span = facts.attribute(missing.attribute).span;
            *targets.entry(span).or_default() += 1;
            wrong.entry(span).or_insert(missing);
        }
    }
    for (span, missing) in wrong {
        let (Why::OtherSource(right), Some(target)) = (missing.why, facts.target(missing)) else {
            continue;
        };
        let attribute = facts.attribute(missing.attribute);
        let source = facts.source_of(missing.attribute);
        let message = format!(
            "`{}` is available for `{}` through `@{right}`, not through `@{source}`",
            shown(facts.text(attribute.body).trim()),
            missing.action.action,
        );
        let finding = report
            .at(attribute.source_span, message)
            .label(target.span, "guarded here")
            .caret(format!("expected `{right}`"));
        // Where only some of the guarded actions need the other source, a guard of its own helps.
        let guarded = facts.scope(missing.used_in).map_or(0, |scope| scope.targets.len());
        report.push(if targets.get(&span).is_some_and(|count| *count == guarded) {
            finding.help(format!("write `@{right}`")).fix(Fix::needs_review(
                format!("write `@{right}`"),
                attribute.source_span,
                right,
            ))
        } else {
            finding.help(format!(
                "give `{}` a condition of its own that uses `@{right}`, and join the two with AND",
                missing.action.action
            ))
        });
    }
}
