//! `too-long`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::size::{MOST_BYTES, bytes};
use abac_syntax::{Layout, MAX_SOURCE_BYTES, format, smallest_len};
use diagnostics::{Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "too-long",
    severity: Severity::Error,
    summary: "the condition is longer than 8 KB",
    category: Category::Size,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    // Beyond what is read, `too-large` says so.
    let too_long = |length: &usize| *length > MOST_BYTES && facts.source.len() <= MAX_SOURCE_BYTES;
    let Some(length) = bytes(facts).filter(too_long) else { return };
    let message = format!("the condition has {length} bytes, Azure takes {MOST_BYTES} at most");
    // Where the limit lies in the text.
    let limit = facts.source.char_indices().find(|(at, _)| *at >= MOST_BYTES);
    let start = limit.map_or(0, |(at, _)| at) as u32;
    let finding = report.at(Span::new(start, facts.source.len() as u32), message);
    let Some(smallest) = smallest_len(facts.source, facts.tree) else {
        report.push(finding);
        return;
    };
    let finding = finding.caret("beyond the limit");
    if smallest > MOST_BYTES {
        report.push(finding.help(format!(
            "the smallest layout has {smallest} bytes, still too many; \
             split the condition over several role assignments, or use a group for many principals"
        )));
        return;
    }
    let finding = finding.help(format!("the smallest layout has {smallest} bytes"));
    report.push(match format(facts.source, facts.tree, Layout::Smallest) {
        Ok(text) => {
            let all = Span::new(0, facts.source.len() as u32);
            finding.fix(Fix::safe("write the smallest layout", all, text))
        }
        Err(_) => finding,
    });
}
