//! `near-limit`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::size::{MOST_BYTES, NEAR_BYTES, bytes};
use abac_syntax::smallest_len;
use diagnostics::{Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "near-limit",
    severity: Severity::Advice,
    summary: "the condition comes close to 8 KB",
    category: Category::Size,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let near = |length: &usize| (NEAR_BYTES..=MOST_BYTES).contains(length);
    let Some(length) = bytes(facts).filter(near) else { return };
    let left = MOST_BYTES - length;
    let message = format!("the condition has {length} bytes, {left} are left of {MOST_BYTES}");
    let finding = report.at(Span::at(0), message);
    report.push(match smallest_len(facts.source, facts.tree).filter(|least| *least < length) {
        Some(smallest) => finding.help(format!("the smallest layout has {smallest} bytes")),
        None => finding,
    });
}
