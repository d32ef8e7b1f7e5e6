//! `principal-attribute-with-pim`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::AttributeSource;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "principal-attribute-with-pim",
    severity: Severity::Warning,
    summary: "a principal attribute is used in an assignment that PIM makes",
    category: Category::Context,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    if !facts.options.context.pim {
        return;
    }
    for (_, attribute) in facts.tree.attributes() {
        if attribute.source == Some(AttributeSource::Principal) {
            let message =
                "principal attributes are not supported with Privileged Identity Management";
            report.push(
                report
                    .at(attribute.span, message)
                    .help("test the resource or the request, or assign the role without PIM"),
            );
        }
    }
}
