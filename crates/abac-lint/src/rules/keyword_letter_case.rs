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
            ExprKind::Not { operator, .. } if !runs_on(facts, operator.end) => {
                word(facts, report, operator, "NOT");
            }
            ExprKind::Call { function, name, .. } => word(facts, report, name, function.as_str()),
            ExprKind::Exists { name, .. } if !runs_on(facts, name.start) => {
                word(facts, report, name, "Exists");
            }
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

/// Says whether a place is within `NotExists`, one word, which `not-exists` tells.
fn runs_on(facts: &Facts<'_>, at: u32) -> bool {
    let at = at as usize;
    let beside = [at.checked_sub(1), Some(at)].into_iter().flatten();
    let bytes = facts.source.as_bytes();
    beside.filter_map(|at| bytes.get(at)).filter(|byte| byte.is_ascii_alphanumeric()).count() == 2
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
