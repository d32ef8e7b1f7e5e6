//! `double-quoted-string`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{LiteralKind, Quote};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "double-quoted-string",
    severity: Severity::Warning,
    summary: "a string is in double quotes",
    category: Category::Spelling,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (_, literal) in facts.tree.literals() {
        let LiteralKind::String { quote: Quote::Double, .. } = literal.kind else { continue };
        let content = literal.content_span(facts.source);
        let finding = report
            .at(literal.span, "double quotes around a string are not documented")
            .help("write it in single quotes");
        let open = Span::new(literal.span.start, content.start);
        let close = Span::new(content.end, literal.span.end);
        let closed = !close.is_empty() && !facts.text(content).contains('\'');
        report.push(if closed {
            finding.fix(Fix::safe("write single quotes", open, "'").and(close, "'"))
        } else {
            finding
        });
    }
}
