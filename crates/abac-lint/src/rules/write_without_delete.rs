//! `write-without-delete`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use abac_catalog::{Plane, matches_action};
use abac_syntax::{Block, ExprKind, Literal};
use diagnostics::{Applicability, Edit, Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "write-without-delete",
    severity: Severity::Warning,
    summary: "creating role assignments is constrained, deleting them is not, or the reverse",
    category: Category::Delegation,
    check,
};

const WRITE: &str = "Microsoft.Authorization/roleAssignments/write";
const DELETE: &str = "Microsoft.Authorization/roleAssignments/delete";

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut guards: Vec<(&Block, &Literal)> = Vec::new();
    for block in &facts.blocks {
        if block.guards.is_empty() {
            return;
        }
        for guard in &block.guards {
            let Some(action) = guard.action else { return };
            let pattern = facts.tree.literal(action);
            if literal_has_hole(pattern) {
                return;
            }
            guards.push((block, pattern));
        }
    }
    let guarding = |action: &str| {
        let covers = |pattern: &Literal| matches_action(&facts.value(pattern), action);
        guards.iter().find(|(_, pattern)| covers(pattern)).copied()
    };
    let (guarded, open, message) = match (guarding(WRITE), guarding(DELETE)) {
        (Some(write), None) => {
            (write, DELETE, "any role assignment may be deleted: only `write` is guarded")
        }
        (None, Some(delete)) => {
            (delete, WRITE, "any role may be assigned: only `delete` is guarded")
        }
        _ => return,
    };
    let severity = match facts.options.role {
        Some(role) if role.grants(open, Plane::Control) => Severity::Warning,
        Some(_) => return,
        None => Severity::Advice,
    };
    let (block, pattern) = guarded;
    let finding =
        report.with(severity, pattern.span, message).help(format!("add a block for `{open}`"));
    report.push(match mirrored(facts, block, open) {
        Some(fix) => finding.fix(fix),
        None => finding,
    });
}

/// Adds the same block for the other action, with the attributes from where it has them:
/// a new assignment is in the request, one that is deleted is the resource.
fn mirrored(facts: &Facts<'_>, block: &Block, open: &str) -> Option<Fix> {
    let tree = facts.tree;
    let [guard] = block.guards.as_slice() else { return None };
    let expr = tree.expr(block.id);
    let (ExprKind::Group(_), true) = (expr.kind, guard.suboperations.is_empty()) else {
        return None;
    };
    let (from, to) = if open == DELETE { ("Request", "Resource") } else { ("Resource", "Request") };
    let action = tree.literal(guard.action?).content_span(facts.source);
    let sources = tree
        .attributes()
        .map(|(_, attribute)| attribute.source_span)
        .filter(|span| expr.span.contains(*span))
        .filter(|span| facts.text(*span).eq_ignore_ascii_case(from));
    let mut changes: Vec<(Span, &str)> = sources.map(|span| (span, to)).collect();
    changes.push((action, open));
    changes.sort_unstable();
    let mut copy = String::from(" AND ");
    let mut at = expr.span.start;
    for (span, text) in changes {
        copy.push_str(facts.text(Span::new(at, span.start)));
        copy.push_str(text);
        at = span.end;
    }
    copy.push_str(facts.text(Span::new(at, expr.span.end)));
    let edits = vec![Edit { span: Span::at(expr.span.end), replacement: copy.into() }];
    let title = format!("constrain `{open}` in the same way");
    Some(Fix { title: title.into(), edits, applicability: Applicability::NeedsReview })
}
