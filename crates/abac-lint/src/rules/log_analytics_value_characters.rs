//! `log-analytics-value-characters`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::service::catalog_id;
use abac_syntax::{LiteralKind, Relation};
use diagnostics::{Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "log-analytics-value-characters",
    severity: Severity::Warning,
    summary: "a value has characters that Log Analytics does not take",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let record = |id| catalog_id(facts, id) == Some("la.record");
        let Some(function) = compared.operator.function else { continue };
        if !compared.attribute.is_some_and(record) {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.other) {
            let text = matches!(literal.kind, LiteralKind::String { .. });
            if !text || literal_has_hole(literal) {
                continue;
            }
            // `log-analytics-string-like` speaks of wildcards, `apostrophe-escape` of apostrophes.
            let spoken_of = |character| match character {
                '*' | '?' => function.relation() == Relation::Like,
                _ => matches!(character, '\'' | '\\'),
            };
            let content = literal.content_span(facts.source);
            let odd = facts
                .text(content)
                .char_indices()
                .find(|(_, character)| !is_taken(*character) && !spoken_of(*character));
            let Some((at, character)) = odd else { continue };
            let start = content.start + at as u32;
            let span = Span::new(start, start + character.len_utf8() as u32);
            report.push(
                report
                    .at(span, format!("Log Analytics takes no `{character}` in a value"))
                    .label(literal.span, "in this value")
                    .help("documented are letters, digits, `@`, `.` and `-`"),
            );
        }
    }
}

/// The page's own example has a space.
fn is_taken(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '@' | '.' | '-' | ' ')
}
