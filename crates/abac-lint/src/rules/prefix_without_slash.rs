//! `prefix-without-slash`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::service::catalog_id;
use crate::wording::shown;
use abac_syntax::{Literal, LiteralKind, Relation};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "prefix-without-slash",
    severity: Severity::Advice,
    summary: "the beginning of a path ends within a name and covers its siblings",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let Some(function) = compared.operator.function.filter(|one| !one.is_negated()) else {
            continue;
        };
        let severity = match compared.attribute.and_then(|id| catalog_id(facts, id)) {
            Some("blob.path" | "blob.prefix") => Severity::Advice,
            // The page says that the slash belongs there.
            Some("acr.repositoryName") => Severity::Warning,
            _ => continue,
        };
        for literal in facts.tree.operand_literals(compared.other) {
            let Some(end) = prefix_end(facts, function.relation(), literal) else { continue };
            let content = literal.content_span(facts.source);
            let prefix = shown(facts.text(Span::new(content.start, end)));
            let message = format!("`{prefix}` is the beginning of other names, too");
            report.push(
                report
                    .with(severity, literal.span, message)
                    .help(format!(
                        "it covers `{prefix}-other` as well; for what is below it write `{prefix}/`"
                    ))
                    .fix(Fix::needs_review("add a slash", Span::at(end), "/")),
            );
        }
    }
}

/// Returns where the fixed beginning of a value ends, if it ends within a name.
fn prefix_end(facts: &Facts<'_>, relation: Relation, literal: &Literal) -> Option<u32> {
    let string = matches!(literal.kind, LiteralKind::String { .. });
    if !string || literal_has_hole(literal) {
        return None;
    }
    let content = literal.content_span(facts.source);
    let text = facts.text(content);
    let prefix = match relation {
        Relation::StartsWith => text,
        Relation::Like => text.strip_suffix('*')?,
        _ => return None,
    };
    // `report-` and `2024.` are meant as beginnings of names, and a pattern with more wildcards
    // is not the beginning of a path.
    let within = prefix.ends_with(char::is_alphanumeric) && !prefix.contains(['*', '?', '\\']);
    within.then_some(content.start + prefix.len() as u32)
}
