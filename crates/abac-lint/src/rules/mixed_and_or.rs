//! `mixed-and-or`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{Children, ExprId, ExprKind};
use diagnostics::{Applicability, Diagnostic, Edit, Fix, Severity, Span};

/// How many terms are named by letters; a longer chain is only told apart by its labels.
const MOST_LETTERS: usize = 8;

pub(crate) const RULE: Rule = Rule {
    id: "mixed-and-or",
    severity: Severity::Warning,
    summary: "tests are joined by AND and OR without parentheses between",
    category: Category::Logic,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (_, expr) in facts.tree.exprs() {
        let ExprKind::Or(children) = expr.kind else { continue };
        let runs: Vec<Span> = facts
            .tree
            .children(children)
            .iter()
            .map(|child| facts.tree.expr(*child))
            .filter(|child| matches!(child.kind, ExprKind::And(_)))
            .map(|child| child.span)
            .collect();
        if !runs.is_empty() {
            report.push(finding(facts, report, expr.span, children, &runs));
        }
    }
}

fn finding(
    facts: &Facts<'_>,
    report: &Report,
    span: Span,
    children: Children,
    runs: &[Span],
) -> Diagnostic {
    let message = "AND and OR are mixed without parentheses: their order is not documented";
    let mut finding = report.at(span, message);
    let groups = groups(facts, children);
    let count: usize = groups.iter().map(Vec::len).sum();
    if count <= MOST_LETTERS {
        for (term, letter) in groups.iter().flatten().zip('A'..='Z') {
            finding = finding.label(facts.tree.expr(*term).span, letter.to_string());
        }
        let (one, other) = readings(&groups);
        finding = finding.help(format!(
            "grantif reads `{one}`; the other reading is `{other}`; add parentheses"
        ));
    } else {
        for run in runs {
            finding = finding.label(*run, "grantif reads this as one group");
        }
        finding = finding.help("add parentheses around what belongs together");
    }
    let edits = runs.iter().flat_map(|run| {
        let edit = |at, parenthesis: &'static str| Edit {
            span: Span::at(at),
            replacement: parenthesis.into(),
        };
        [edit(run.start, "("), edit(run.end, ")")]
    });
    finding.fix(Fix {
        title: "add the parentheses that grantif reads".into(),
        edits: edits.collect(),
        applicability: Applicability::Safe,
    })
}

/// Returns the terms of each run of `AND`.
fn groups(facts: &Facts<'_>, children: Children) -> Vec<Vec<ExprId>> {
    let tree = facts.tree;
    let run = |child: &ExprId| match tree.kind(*child) {
        ExprKind::And(children) => tree.children(children).to_vec(),
        _ => vec![*child],
    };
    tree.children(children).iter().map(run).collect()
}

/// Writes the reading in which AND binds tighter and the one in which OR does.
fn readings(groups: &[Vec<ExprId>]) -> (String, String) {
    let mut letters = 'A'..='Z';
    // Each group's letters, and the same letters parted where AND stands.
    let mut and_first = Vec::new();
    let mut or_first: Vec<Vec<String>> = vec![Vec::new()];
    for group in groups {
        let named: Vec<String> =
            letters.by_ref().take(group.len()).map(|letter| letter.to_string()).collect();
        for (place, letter) in named.iter().enumerate() {
            if place > 0 {
                or_first.push(Vec::new());
            }
            if let Some(last) = or_first.last_mut() {
                last.push(letter.clone());
            }
        }
        and_first.push(named);
    }
    (join(&and_first, " AND ", " OR "), join(&or_first, " OR ", " AND "))
}

fn join(groups: &[Vec<String>], within: &str, between: &str) -> String {
    let written = groups.iter().map(|group| match group.as_slice() {
        [only] => only.clone(),
        _ => format!("({})", group.join(within)),
    });
    written.collect::<Vec<_>>().join(between)
}
