//! `preview-attribute`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_catalog::Status;
use diagnostics::Severity;
use std::collections::BTreeSet;

pub(crate) const RULE: Rule = Rule {
    id: "preview-attribute",
    severity: Severity::Advice,
    summary: "an attribute is in preview",
    category: Category::Attribute,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut told = BTreeSet::new();
    for (id, reference) in facts.tree.attributes() {
        let preview = facts.meant(id).filter(|one| one.status == Status::Preview);
        let Some(attribute) = preview else { continue };
        if told.insert(attribute.id.as_ref()) {
            let text = shown(facts.text(reference.body).trim());
            let message = format!("`{text}` is in preview ({})", attribute.source);
            let help = "previews may change, and have no service level agreement";
            report.push(report.at(reference.body, message).help(help));
        }
    }
}
