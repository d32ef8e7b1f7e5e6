//! `missing-attribute-sensitivity`

use crate::category::Category;
use crate::facts::{Compared, Facts};
use crate::report::Report;
use crate::rule::Rule;
use crate::service::catalog_id;
use crate::wording::shown;
use abac_syntax::{AttributeId, ExprKind};
use diagnostics::Severity;
use std::collections::HashSet;

pub(crate) const RULE: Rule = Rule {
    id: "missing-attribute-sensitivity",
    severity: Severity::Warning,
    summary: "the answer for a request without the attribute is not documented",
    category: Category::Logic,
    check,
};

/// Attributes that a request may lack although its action offers them.
///
/// *Documented* for tags, versions, snapshots and encryption scopes
/// (storage-auth-abac-attributes, 2023-08-10), *assumed* for the others.
const OPTIONAL: &[&str] = &[
    "blob.containerMetadata",
    "blob.encryptionScope",
    "blob.listInclude",
    "blob.snapshot",
    "blob.tagKeys",
    "blob.tagValues",
    "blob.versionId",
    "env.privateEndpoint",
    "env.subnet",
    "principal.customSecurityAttribute",
];

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut negated = facts
        .comparisons
        .iter()
        .filter(|compared| is_negated(facts, compared))
        .filter_map(|compared| Some((compared, optional(facts, compared)?)))
        .peekable();
    if negated.peek().is_none() {
        return;
    }
    // Whoever tests that an attribute exists has thought of it.
    let tested: HashSet<u32> = facts
        .uses
        .iter()
        .filter(|one| matches!(facts.tree.kind(one.id), ExprKind::Exists { .. }))
        .filter_map(|one| facts.clauses().attribute(one.attribute))
        .collect();
    for (compared, attribute) in negated {
        let number = facts.clauses().attribute(attribute);
        if number.is_none_or(|number| tested.contains(&number)) {
            continue;
        }
        let name = shown(facts.text(facts.attribute(attribute).span));
        report.push(
            report
                .at(compared.span, "what this means without the attribute is not documented")
                .label(facts.attribute(attribute).span, "a request may come without it")
                .help(format!(
                    "write `Exists {name} AND …` to refuse such requests, \
                     `NOT Exists {name} OR …` to allow them"
                )),
        );
    }
}

/// Says whether a comparison is true for what it does not name.
fn is_negated(facts: &Facts<'_>, compared: &Compared) -> bool {
    let negated = compared.operator.function.is_some_and(|function| function.is_negated());
    negated != facts.is_negated(compared.id)
}

fn optional(facts: &Facts<'_>, compared: &Compared) -> Option<AttributeId> {
    let optional = |id: &AttributeId| {
        catalog_id(facts, *id).is_some_and(|id| OPTIONAL.contains(&id) || is_custom(id))
    };
    compared.attribute.filter(optional)
}

/// Custom security attributes that the caller has described have an id each.
fn is_custom(id: &str) -> bool {
    id.starts_with("principal.")
}
