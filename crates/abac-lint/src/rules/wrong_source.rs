//! `wrong-source`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{list, shown};
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "wrong-source",
    severity: Severity::Error,
    summary: "an attribute is never available through its source",
    category: Category::Attribute,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (id, attribute) in facts.tree.attributes() {
        let source = facts.source_of(id);
        let Some(known) = facts.known(id) else { continue };
        if source.is_empty() || known.through(source).is_some() {
            continue;
        }
        let message = format!(
            "`{}` is never available through `@{source}`",
            shown(facts.text(attribute.body).trim())
        );
        let finding = report.at(attribute.source_span, message);
        let sources = known.sources();
        report.push(match sources.as_slice() {
            [right] => finding
                .caret(format!("expected `{right}`"))
                .help(format!("write `@{right}`"))
                .fix(Fix::needs_review(format!("write `@{right}`"), attribute.source_span, *right)),
            _ => {
                let sources = sources.iter().map(|source| format!("@{source}"));
                finding.help(format!("it is available through {}", list(sources, "and")))
            }
        });
    }
}
