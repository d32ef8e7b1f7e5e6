//! Runs the rules.

use crate::facts::Facts;
use crate::options::Options;
use crate::report::Report;
use crate::rules::RULES;
use abac_syntax::{Holes, Parsed, Tree, parse_with};
use diagnostics::{Diagnostic, Fix, Severity};

/// Reads and checks a condition: what the parser and the rules find, sorted by place, with the
/// caller's severities.
#[must_use]
pub fn check(source: &str, holes: Holes, options: &Options<'_>) -> Vec<Diagnostic> {
    let Parsed { tree, diagnostics } = parse_with(source, holes);
    let mut findings = lint(source, &tree, options);
    if diagnostics.iter().any(|finding| finding.severity == Severity::Error) {
        drop_building_fixes(&mut findings);
    }
    findings.extend(diagnostics.into_iter().filter_map(|mut finding| {
        if let Some(level) = options.levels.get(&finding.id) {
            finding.severity = level.severity()?;
        }
        Some(finding)
    }));
    sort(&mut findings);
    findings
}

/// Checks a condition that was read: what the rules find, sorted by place, with the caller's
/// severities.
///
/// The tree must come from the text. Parts that could not be read are passed over, as are
/// template holes.
#[must_use]
pub fn lint(source: &str, tree: &Tree, options: &Options<'_>) -> Vec<Diagnostic> {
    let facts = Facts::new(source, tree, options);
    let mut report = Report::new();
    for rule in RULES {
        if report.begin(rule, options.levels.get(rule.id)) {
            (rule.check)(&facts, &mut report);
        }
    }
    let mut findings = report.into_findings();
    sort(&mut findings);
    findings
}

/// Takes fixes away that add or remove something, and leaves those that write one word for another.
///
/// Where a text cannot be read, how its parts hang together is a guess: a parenthesis or a clause
/// put there may end up elsewhere, and be put there again in the next pass.
fn drop_building_fixes(findings: &mut [Diagnostic]) {
    let builds = |fix: &Fix| {
        fix.edits.iter().any(|edit| edit.span.is_empty() || edit.replacement.is_empty())
    };
    for finding in findings {
        if finding.fix.as_ref().is_some_and(builds) {
            finding.fix = None;
        }
    }
}

fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|one, other| {
        let worst_first = other.severity.cmp(&one.severity);
        one.span.cmp(&other.span).then(worst_first).then_with(|| one.id.cmp(&other.id))
    });
}
