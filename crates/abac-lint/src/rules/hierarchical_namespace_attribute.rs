//! `hierarchical-namespace-attribute`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_catalog::HierarchicalNamespace;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "hierarchical-namespace-attribute",
    severity: Severity::Warning,
    summary: "an attribute is not available on accounts with a hierarchical namespace",
    category: Category::Context,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    if facts.options.context.hierarchical_namespace != Some(true) {
        return;
    }
    for (id, reference) in facts.tree.attributes() {
        let Some(attribute) = facts.known(id).and_then(|known| known.attribute()) else { continue };
        let name = shown(&attribute.display_name);
        report.push(match attribute.hierarchical_namespace {
            Some(HierarchicalNamespace::Unsupported) => report
                .at(
                    reference.span,
                    format!("`{name}` is not supported with a hierarchical namespace"),
                )
                .help("use the container name or the blob path"),
            Some(HierarchicalNamespace::Preview) => report.with(
                Severity::Advice,
                reference.span,
                format!("`{name}` is a preview with a hierarchical namespace"),
            ),
            None => continue,
        });
    }
}
