//! `keyword-letter-case`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{Children, ExprKind, LiteralKind};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "keyword-letter-case",
    severity: Severity::Warning,
    summary: "a word of the language is not in the documented letter case",
    category: Category::Spelling,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (_, expr) in facts.tree.exprs() {
        match expr.kind {
            ExprKind::And(children) => between(facts, report, children, "AND"),
            ExprKind::Or(children) => between(facts, report, children, "OR"),
            // `not-exists` tells `NotExists`, one word.
            ExprKind::Not { operator, .. } if !runs_on(facts, operator) => {
                word(facts, report, operator, "NOT");
            }
            ExprKind::Call { function, name, .. } => word(facts, report, name, function.as_str()),
            ExprKind::Exists { name, .. } => word(facts, report, name, "Exists"),
            _ => {}
        }
    }
    for (_, attribute) in facts.tree.attributes() {
        if let Some(source) = attribute.source {
            word(facts, report, attribute.source_span, source.as_str());
        }
    }
    for (_, literal) in facts.tree.literals() {
        if let LiteralKind::Boolean(value) = literal.kind {
            word(facts, report, literal.span, if value { "true" } else { "false" });
        }
    }
}

fn runs_on(facts: &Facts<'_>, span: Span) -> bool {
    let behind = facts.source.as_bytes().get(span.end as usize);
    behind.is_some_and(u8::is_ascii_alphanumeric)
}

/// Looks at what stands between the terms of a chain.
fn between(facts: &Facts<'_>, report: &mut Report, children: Children, meant: &'static str) {
    let children = facts.tree.children(children);
    for (one, other) in children.iter().zip(children.iter().skip(1)) {
        let gap = Span::new(facts.tree.expr(*one).span.end, facts.tree.expr(*other).span.start);
        let text = facts.text(gap);
        let start = gap.start + (text.len() - text.trim_start().len()) as u32;
        let span = Span::new(start, start + text.trim().len() as u32);
        word(facts, report, span, meant);
    }
}

fn word(facts: &Facts<'_>, report: &mut Report, span: Span, meant: &'static str) {
    let text = facts.text(span);
    if text == meant || !text.eq_ignore_ascii_case(meant) {
        return;
    }
    let message = format!("`{text}` in this letter case is not documented");
    let fix = Fix::safe(format!("write `{meant}`"), span, meant);
    report.push(report.at(span, message).help(format!("write `{meant}`")).fix(fix));
}
