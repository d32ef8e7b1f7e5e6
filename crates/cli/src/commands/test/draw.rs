//! Results for the terminal.

use super::{Arguments, Outcome, TestFile, Total};
use crate::commands::count;
use crate::console::{DOUBT, FAINT, STRONG, Style, wrap};
use crate::trace;
use abac_eval::{ClauseCoverage, ClauseRole, ConditionCoverage};
use diagnostics::render::one_line;
use std::fmt::Write as _;

/// How many characters of a condition stand above its coverage.
const MAX_TITLE: usize = 90;

pub(super) fn draw(
    files: &[TestFile],
    total: Total,
    arguments: &Arguments,
    style: Style,
) -> String {
    let mut text = String::new();
    for file in files {
        let failed = file.outcomes.iter().any(|outcome| !outcome.passed);
        if !arguments.quiet || failed {
            _ = writeln!(text, "{}", style.paint(STRONG, &one_line(&file.name)));
            for outcome in &file.outcomes {
                if !arguments.quiet || !outcome.passed {
                    self::outcome(&mut text, outcome, style);
                }
            }
            text.push('\n');
        }
        if arguments.coverage {
            for one in &file.coverage {
                coverage(&mut text, one, file.coverage.len() > 1, style);
            }
        }
    }
    let passed = total.tests - total.failed;
    let mark = if total.failed == 0 { style.yes() } else { style.no() };
    _ = write!(text, "{mark} {passed} passed");
    if total.failed > 0 {
        _ = write!(text, ", {} failed", total.failed);
    }
    _ = write!(text, " in {}", count(files.len(), "file", "files"));
    let (reached, outcomes) = (total.reached, total.outcomes);
    _ = writeln!(text, "; coverage {}% ({reached} of {outcomes} outcomes)", total.percent());
    text
}

fn outcome(text: &mut String, outcome: &Outcome, style: Style) {
    let name = one_line(&outcome.name);
    if outcome.passed {
        _ = writeln!(text, "  {} {name}", style.yes());
        return;
    }
    _ = writeln!(text, "  {} {}", style.no(), style.paint(STRONG, &name));
    let indented = |text: &mut String, line: &str| {
        let lines = wrap(&one_line(line), style.width, "      ", "      ");
        _ = writeln!(text, "{}", style.code(&lines));
    };
    match (outcome.actual, &outcome.error) {
        (_, Some(error)) => indented(text, error),
        (Some(actual), None) => {
            indented(text, &format!("expected {}, got {actual}", outcome.expected))
        }
        (None, None) => {}
    }
    if let Some(because) = &outcome.because {
        indented(text, &format!("the test says why: {because}"));
    }
    if let Some(found) = &outcome.trace {
        indented(text, &found.reason);
        let inner = Style { width: style.width.saturating_sub(8), ..style };
        for line in trace::tree(found, &outcome.condition, inner).lines() {
            _ = writeln!(text, "        {line}");
        }
    }
}

fn coverage(text: &mut String, one: &ConditionCoverage, with_title: bool, style: Style) {
    let ConditionCoverage { condition, coverage } = one;
    if with_title {
        let title = one_line(&trace::joined(condition)).into_owned();
        let title = match title.char_indices().nth(MAX_TITLE) {
            Some((end, _)) => format!("{}…", title.get(..end).unwrap_or_default()),
            None => title,
        };
        _ = writeln!(text, "{}", style.paint(STRONG, &title));
    }
    let (reached, outcomes) = (coverage.reached, coverage.outcomes);
    _ = writeln!(text, "coverage {}% ({reached} of {outcomes} outcomes)", coverage.percent);
    _ = writeln!(text, "{}", style.paint(FAINT, "   true  false  unknown"));
    for clause in &coverage.clauses {
        self::clause(text, clause, style);
    }
    text.push('\n');
}

fn clause(text: &mut String, clause: &ClauseCoverage, style: Style) {
    let number = |times: usize, width: usize, matters: bool| {
        let number = format!("{times:width$}");
        match times {
            0 if matters => style.paint(DOUBT, &number),
            0 => style.paint(FAINT, &number),
            _ => number,
        }
    };
    let numbers = format!(
        "{}{}{}",
        number(clause.times_true, 7, true),
        number(clause.times_false, 7, true),
        number(clause.times_unknown, 9, false)
    );
    let never = match (clause.times_true, clause.times_false) {
        (0, 0) => "  never true, never false",
        (0, _) => "  never true",
        (_, 0) => "  never false",
        _ => "",
    };
    let lead = " ".repeat(25);
    let mut words = one_line(&trace::joined(&clause.text)).into_owned();
    // The parentheses around a guard say nothing.
    while clause.role == ClauseRole::Guard
        && let Some(inner) = words.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
    {
        words = inner.trim().to_owned();
    }
    let words = wrap(&words, style.width, &lead, &lead);
    let words = words.trim_start();
    _ = writeln!(text, "{numbers}  {words}{}", style.paint(DOUBT, never));
}
