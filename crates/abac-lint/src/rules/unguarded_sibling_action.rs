//! `unguarded-sibling-action`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use abac_catalog::{Plane, Role, matches_action};
use abac_syntax::{ExprKind, Guard, Literal};
use diagnostics::{Diagnostic, Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "unguarded-sibling-action",
    severity: Severity::Warning,
    summary: "the role grants another action on the same object, and it is not guarded",
    category: Category::Action,
    check,
};

const BLOBS: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";
const MESSAGES: &str = "Microsoft.Storage/storageAccounts/queueServices/queues/messages/";

/// Actions that reach the same object: the path, the end of the guarded action, that of the other,
/// and whether the other exists only with a hierarchical namespace.
///
/// *Documented*: storage-auth-abac-attributes, 2023-08-10; queues-auth-abac-attributes, 2023-04-05.
const SIBLINGS: &[(&str, &str, &str, bool)] = &[
    (BLOBS, "write", "add/action", false),
    (BLOBS, "add/action", "write", false),
    (BLOBS, "read", "runAsSuperUser/action", true),
    (BLOBS, "write", "move/action", true),
    (BLOBS, "write", "runAsSuperUser/action", true),
    (BLOBS, "add/action", "move/action", true),
    (BLOBS, "add/action", "runAsSuperUser/action", true),
    (BLOBS, "delete", "move/action", true),
    (BLOBS, "delete", "runAsSuperUser/action", true),
    (BLOBS, "delete", "deleteBlobVersion/action", false),
    (MESSAGES, "read", "process/action", false),
    (MESSAGES, "delete", "process/action", false),
    (MESSAGES, "write", "add/action", false),
    (MESSAGES, "add/action", "write", false),
];

fn check(facts: &Facts<'_>, report: &mut Report) {
    let Some(role) = facts.options.role else { return };
    // A block without a guard holds for every action.
    if facts.blocks.iter().any(|block| block.guards.is_empty()) {
        return;
    }
    let guards: Vec<(&Guard, &Literal)> = facts
        .blocks
        .iter()
        .flat_map(|block| &block.guards)
        .filter_map(|guard| Some((guard, facts.tree.literal(guard.action?))))
        .collect();
    if guards.iter().any(|(_, pattern)| literal_has_hole(pattern)) {
        return;
    }
    let mut told: Vec<String> = Vec::new();
    for (path, guarded, other, hierarchical) in SIBLINGS {
        if *hierarchical && facts.options.context.hierarchical_namespace == Some(false) {
            continue;
        }
        let exact = |(_, pattern): &&(&Guard, &Literal)| {
            let pattern = facts.value(pattern);
            pattern.len() == path.len() + guarded.len()
                && pattern.is_char_boundary(path.len())
                && pattern.split_at(path.len()).0.eq_ignore_ascii_case(path)
                && pattern.split_at(path.len()).1.eq_ignore_ascii_case(guarded)
        };
        let Some((guard, pattern)) = guards.iter().find(exact) else { continue };
        let sibling = format!("{path}{other}");
        let covered =
            guards.iter().any(|(_, pattern)| matches_action(&facts.value(pattern), &sibling));
        if covered || told.contains(&sibling) || !role.grants(&sibling, Plane::Data) {
            continue;
        }
        report.push(finding(facts, report, role, (guard, pattern), &sibling, *hierarchical));
        told.push(sibling);
    }
}

fn finding(
    facts: &Facts<'_>,
    report: &Report,
    role: &Role,
    (guard, pattern): (&Guard, &Literal),
    sibling: &str,
    hierarchical: bool,
) -> Diagnostic {
    let known = facts.options.context.hierarchical_namespace == Some(true);
    let severity = if hierarchical && !known { Severity::Advice } else { Severity::Warning };
    let where_ = if hierarchical && !known { "with a hierarchical namespace " } else { "" };
    let message = format!(
        "{where_}the role `{}` reaches the same object through `{sibling}`, which is not guarded",
        role.name()
    );
    let finding = report
        .with(severity, pattern.span, message)
        .help(format!("add `AND !(ActionMatches{{'{sibling}'}})` behind the guard"));
    match guarded_too(facts, guard, sibling) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

fn guarded_too(facts: &Facts<'_>, guard: &Guard, sibling: &str) -> Option<Fix> {
    let tree = facts.tree;
    let negation = tree.ungrouped(guard.id);
    let span = tree.expr(negation).span;
    let more = format!(" AND !(ActionMatches{{'{sibling}'}})");
    let title = format!("guard `{sibling}` too");
    match tree.kind(facts.parent(negation)?) {
        ExprKind::Group(_) | ExprKind::And(_) => {
            Some(Fix::needs_review(title, Span::at(span.end), more))
        }
        _ => Some(
            Fix::needs_review(title, Span::at(span.start), "(")
                .and(Span::at(span.end), format!("{more})")),
        ),
    }
}
