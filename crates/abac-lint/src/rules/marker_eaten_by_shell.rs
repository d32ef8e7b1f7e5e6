//! `marker-eaten-by-shell`

use crate::category::Category;
use crate::facts::Facts;
use crate::options::Shell;
use crate::report::Report;
use crate::rule::Rule;
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
        let path = known.attribute().map_or(0, |one| one.path.len());
        let left = match known.key {
            Some(key) => text.rsplit_once(key).map_or(text, |(_, left)| left),
            None => text.get(path..).unwrap_or(text),
        };
        let escaped = left.contains(['\\', '`']);
        let message = if escaped {
            format!("`{left}` is not valid: an escape is left from a command line")
        } else {
            format!("`{left}` is not valid: a shell has replaced what follows a `$`")
        };
        let help = match facts.options.context.shell {
            _ if escaped => "nothing replaces a `$` here, so take the escapes away",
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
