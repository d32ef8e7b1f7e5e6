//! `escaped-backslash`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{Literal, LiteralKind, Relation};
use diagnostics::{Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "escaped-backslash",
    severity: Severity::Warning,
    summary: "a Like pattern has a backslash that escapes no wildcard",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let Some(function) = compared.operator.function else { continue };
        if function.relation() != Relation::Like {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.right) {
            let Some(span) = odd_backslash(facts, literal) else { continue };
            let text = facts.text(span);
            report.push(
                report
                    .at(span, format!("`{text}` in a pattern is not documented"))
                    .label(literal.span, r"only `\*` and `\?` are")
                    .help("`?` stands for any one character"),
            );
        }
    }
}

/// Returns a backslash, with what stands behind it, that is neither `\*` nor `\?`.
fn odd_backslash(facts: &Facts<'_>, literal: &Literal) -> Option<Span> {
    let string = matches!(literal.kind, LiteralKind::String { .. });
    if !string || literal_has_hole(literal) {
        return None;
    }
    let content = literal.content_span(facts.source);
    let mut characters = facts.text(content).char_indices();
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            continue;
        }
        let start = content.start + at as u32;
        match characters.next() {
            // `apostrophe-escape` tells `\'`.
            Some((_, '*' | '?' | '\'')) => {}
            Some((_, next)) => {
                return Some(Span::new(start, start + 1 + next.len_utf8() as u32));
            }
            None => return Some(Span::new(start, start + 1)),
        }
    }
    None
}
