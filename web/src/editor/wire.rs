//! What goes over to JavaScript.

use abac_eval::{Part, Truth};
use diagnostics::Severity;
use serde::Serialize;
use workbench::analysis::{ColouredToken, CompletionKind, Completions, Hover};
use workbench::simulate::{Answer, ClauseState};
use workbench::{Analysis, Changes};

/// A change of the text.
#[derive(Debug, Serialize)]
pub(super) struct Edit<'t> {
    from: u32,
    to: u32,
    insert: &'t str,
}

/// What is known about a text, apart from its tokens.
#[derive(Debug, Serialize)]
pub(super) struct Reading<'t> {
    findings: Vec<Finding<'t>>,
    names: Vec<Name<'t>>,
    folds: Vec<[u32; 2]>,
}

#[derive(Debug, Serialize)]
struct Finding<'t> {
    id: &'t str,
    from: u32,
    to: u32,
    severity: &'static str,
    message: &'t str,
    caret: Option<&'t str>,
    help: Option<&'t str>,
    fix: Option<Fix<'t>>,
}

#[derive(Debug, Serialize)]
struct Fix<'t> {
    title: &'t str,
    changes: Vec<Edit<'t>>,
}

#[derive(Debug, Serialize)]
struct Name<'t> {
    at: u32,
    text: &'t str,
}

impl<'t> Reading<'t> {
    pub(super) fn of(analysis: &'t Analysis) -> Self {
        let findings = analysis.findings.iter().map(|finding| Finding {
            id: &finding.id,
            from: finding.range.from,
            to: finding.range.to,
            severity: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "info",
            },
            message: &finding.message,
            caret: finding.caret.as_deref(),
            help: finding.help.as_deref(),
            fix: finding
                .fix
                .as_ref()
                .map(|fix| Fix { title: &fix.title, changes: changes(&fix.changes) }),
        });
        let names = analysis.inlays.iter().map(|inlay| Name { at: inlay.at, text: &inlay.text });
        Self {
            findings: findings.collect(),
            names: names.collect(),
            folds: analysis.folds.iter().map(|fold| [fold.from, fold.to]).collect(),
        }
    }
}

/// Returns start, end and class of every token, the class as its place in the list of names.
pub(super) fn tokens(coloured: &[ColouredToken]) -> (Vec<u32>, Vec<&'static str>) {
    let mut classes: Vec<&'static str> = Vec::new();
    let mut numbers = Vec::with_capacity(coloured.len() * 3);
    for token in coloured {
        let name = token.class.as_str();
        let class = classes.iter().position(|known| *known == name).unwrap_or_else(|| {
            classes.push(name);
            classes.len() - 1
        });
        numbers.extend([token.range.from, token.range.to, class as u32]);
    }
    (numbers, classes)
}

/// Returns start, end and outcome of every clause that was looked at by itself: 0 for false, 1 for
/// true, 2 for unknown.
pub(super) fn outcomes(answer: &Answer) -> Vec<u32> {
    let decided = answer.clauses.iter().filter(|one| one.is_single && one.part != Part::NotNeeded);
    let triple = |one: &ClauseState| {
        let outcome = match one.outcome {
            Truth::False => 0,
            Truth::True => 1,
            Truth::Unknown => 2,
        };
        [one.range.from, one.range.to, outcome]
    };
    decided.flat_map(triple).collect()
}

pub(super) fn changes(changes: &Changes) -> Vec<Edit<'_>> {
    let list = changes.list.iter();
    list.map(|one| Edit { from: one.range.from, to: one.range.to, insert: &one.insert }).collect()
}

/// What is offered at the cursor.
#[derive(Debug, Serialize)]
pub(super) struct Offered<'t> {
    from: u32,
    to: u32,
    options: Vec<Choice<'t>>,
}

#[derive(Debug, Serialize)]
struct Choice<'t> {
    label: &'t str,
    detail: &'t str,
    insert: &'t str,
    kind: &'static str,
}

impl<'t> Offered<'t> {
    pub(super) fn of(offered: &'t Completions) -> Self {
        let choice = |item: &'t workbench::analysis::Completion| Choice {
            label: &item.label,
            detail: &item.detail,
            insert: &item.insert,
            kind: match item.kind {
                CompletionKind::Action => "action",
                CompletionKind::Source => "source",
                CompletionKind::Attribute => "attribute",
                CompletionKind::Operator => "operator",
                CompletionKind::Value => "value",
                CompletionKind::Keyword => "keyword",
            },
        };
        Self {
            from: offered.range.from,
            to: offered.range.to,
            options: offered.items.iter().map(choice).collect(),
        }
    }
}

/// What is known about the text under the pointer.
#[derive(Debug, Serialize)]
pub(super) struct Card<'t> {
    from: u32,
    to: u32,
    title: &'t str,
    paragraphs: &'t [String],
    columns: [&'static str; 3],
    rows: Vec<[&'t str; 3]>,
    source: Option<&'t str>,
}

impl<'t> Card<'t> {
    pub(super) fn of(hover: &'t Hover) -> Self {
        let rows = hover.table.iter().flat_map(|table| &table.rows);
        Self {
            from: hover.range.from,
            to: hover.range.to,
            title: &hover.title,
            paragraphs: &hover.lines,
            columns: ["Request has", "Condition says", "Then"],
            rows: rows
                .map(|row| [row.left.as_str(), row.right.as_str(), row.truth.as_str()])
                .collect(),
            source: hover.source.as_deref(),
        }
    }
}

/// Writes what JavaScript reads back; the types here always can be written.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
