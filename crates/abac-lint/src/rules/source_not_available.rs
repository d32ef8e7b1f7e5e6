//! `source-not-available`

use crate::availability::{Missing, Why, everywhere_through};
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
    for missing in &facts.missing {
        if matches!(missing.why, Why::OtherSource(_)) {
            wrong.entry(facts.attribute(missing.attribute).span).or_insert(missing);
        }
    }
    for missing in wrong.into_values() {
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
        report.push(if everywhere_through(facts, missing, right) {
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
