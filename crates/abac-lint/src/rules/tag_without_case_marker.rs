//! `tag-without-case-marker`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_catalog::Marker;
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "tag-without-case-marker",
    severity: Severity::Error,
    summary: "a key has no `<$key_case_sensitive$>` behind it",
    category: Category::Attribute,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (id, attribute) in facts.tree.attributes() {
        let Some(known) = facts.known(id) else { continue };
        let (Marker::Missing, Some(key)) = (known.marker, known.key) else { continue };
        let message = format!("the key `{key}` has no `<$key_case_sensitive$>` behind it");
        let end = attribute.body.start + facts.text(attribute.body).trim_end().len() as u32;
        let fix = Fix::needs_review("add the marker", Span::at(end), "<$key_case_sensitive$>");
        report.push(
            report.at(attribute.body, message).help(format!("write `{}`", known.body())).fix(fix),
        );
    }
}
