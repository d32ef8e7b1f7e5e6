//! `writable-tag`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::service::catalog_id;
use abac_catalog::{Plane, matches_action};
use abac_syntax::AttributeSource;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "writable-tag",
    severity: Severity::Warning,
    summary: "the role lets everybody rewrite the tag that the condition relies on",
    category: Category::Action,
    check,
};

const TAGS_WRITE: &str =
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/write";

fn check(facts: &Facts<'_>, report: &mut Report) {
    let Some(role) = facts.options.role else { return };
    let relied_on = |(id, attribute): &(_, &abac_syntax::Attribute)| {
        let tag = matches!(catalog_id(facts, *id), Some("blob.tagValues" | "blob.tagKeys"));
        tag && attribute.source == Some(AttributeSource::Resource)
    };
    let Some((_, attribute)) = facts.tree.attributes().find(relied_on) else { return };
    // A block without a guard holds for every action, and a hole may be any pattern.
    let guarded = facts.blocks.iter().any(|block| {
        block.guards.is_empty()
            || block.guards.iter().filter_map(|guard| guard.action).any(|action| {
                let pattern = facts.tree.literal(action);
                literal_has_hole(pattern) || matches_action(&facts.value(pattern), TAGS_WRITE)
            })
    });
    if guarded || !role.grants(TAGS_WRITE, Plane::Data) {
        return;
    }
    let message = format!(
        "the role `{}` may set this tag on any blob: `{TAGS_WRITE}` is not guarded",
        role.name()
    );
    report.push(
        report
            .at(attribute.span, message)
            .help(format!("guard it too: `AND !(ActionMatches{{'{TAGS_WRITE}'}})`")),
    );
}
