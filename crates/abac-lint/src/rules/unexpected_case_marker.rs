//! `unexpected-case-marker`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_catalog::Marker;
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "unexpected-case-marker",
    severity: Severity::Warning,
    summary: "a key has `<$key_case_sensitive$>` behind it that no page shows there",
    category: Category::Attribute,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (id, attribute) in facts.tree.attributes() {
        let Some(known) = facts.known(id) else { continue };
        let (Marker::Unexpected, Some(key)) = (known.marker, known.key) else { continue };
        let body = known.body();
        let message =
            format!("`<$key_case_sensitive$>` behind the key `{}` is not documented", shown(key));
        report.push(
            report
                .at(attribute.body, message)
                .help(format!("write `{body}`"))
                .fix(Fix::needs_review("take the marker away", attribute.body, body)),
        );
    }
}
