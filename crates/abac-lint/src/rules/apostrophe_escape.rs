//! `apostrophe-escape`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::LiteralKind;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "apostrophe-escape",
    severity: Severity::Warning,
    summary: "a string has an apostrophe in it",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (_, literal) in facts.tree.literals() {
        let LiteralKind::String { escaped: true, .. } = literal.kind else { continue };
        let content = literal.content_span(facts.source);
        let text = facts.text(content);
        let (at, escape) = match (text.find("''"), text.find("\\'")) {
            (Some(doubled), Some(backslash)) if doubled < backslash => (doubled, "''"),
            (_, Some(backslash)) => (backslash, "\\'"),
            (Some(doubled), None) => (doubled, "''"),
            (None, None) => continue,
        };
        let start = content.start + at as u32;
        let span = diagnostics::Span::new(start, start + 2);
        report.push(
            report
                .at(span, format!("`{escape}` for an apostrophe in a string is not documented"))
                .label(literal.span, "grantif goes on to the end of this")
                .help("with a Like operator, `?` stands for any one character"),
        );
    }
}
