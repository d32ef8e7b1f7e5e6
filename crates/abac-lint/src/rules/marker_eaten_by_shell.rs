//! `marker-eaten-by-shell`

use crate::category::Category;
use crate::facts::Facts;
use crate::options::Shell;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_catalog::Marker;
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "marker-eaten-by-shell",
    severity: Severity::Error,
    summary: "a shell has replaced the `$` words of a marker",
    category: Category::Context,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (id, attribute) in facts.tree.attributes() {
        let Some(known) = facts.known(id).filter(|known| known.marker == Marker::Damaged) else {
            continue;
        };
        let body = known.body();
        let text = facts.text(attribute.body).trim();
        let left: String = match known.key {
            Some(key) => text.rsplit_once(key).map_or(text, |(_, left)| left).to_owned(),
            None => text.rsplit_once("keys").map_or(text, |(_, left)| left).to_owned(),
        };
        let message =
            format!("`{}` is not valid: `{}` is what a shell left", shown(text), shown(&left));
        let help = match facts.options.context.shell {
            Some(Shell::Bash) => "write `\\$` for each `$`, or single quotes around the condition",
            Some(Shell::PowerShell) => "write `` `$ `` for each `$`",
            None => "write `\\$` in bash and `` `$ `` in PowerShell for each `$`",
        };
        report.push(report.at(attribute.body, message).help(help).fix(Fix::needs_review(
            format!("write `{body}`"),
            attribute.body,
            body,
        )));
    }
}
