//! Traces for the terminal: the clauses of a condition as a tree, with what became of each.

use crate::console::{FAINT, STRONG, Style, wrap};
use abac_eval::{Clause, ClauseKind, Part, Trace, Truth};
use anstyle::Style as Paint;
use diagnostics::render::one_line;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// How much of a value is shown, in characters.
const MAX_VALUE: usize = 200;

/// How much of a clause is shown, in characters.
const MAX_CLAUSE: usize = 600;

/// How narrow a column of text may become, however deep it stands.
const MIN_WIDTH: usize = 24;

/// A clause and the clauses within it, parentheses left out.
struct Node<'t> {
    clause: &'t Clause,
    children: Vec<Node<'t>>,
}

/// Says what was decided and why, in one paragraph.
pub(crate) fn reason(trace: &Trace, style: Style) -> String {
    let mark = if trace.decision.is_allow() { style.yes() } else { style.no() };
    let reason = one_line(&trace.reason);
    let text = wrap(&reason, style.width.saturating_sub(2), "", "  ");
    format!("{mark} {}\n", style.code(&text))
}

/// Draws every clause with its outcome, what it saw, and whether the decision rests on it.
///
/// `source` is the condition.
pub(crate) fn tree(trace: &Trace, source: &str, style: Style) -> String {
    let mut clauses = trace.clauses.iter().peekable();
    let mut text = String::new();
    while clauses.peek().is_some() {
        if let Some(node) = read(&mut clauses) {
            Drawing { source, style, text: &mut text }.node(&node, "", "");
        }
    }
    text
}

/// Reads a clause and those within it; they stand behind it, one deeper.
fn read<'t>(clauses: &mut std::iter::Peekable<std::slice::Iter<'t, Clause>>) -> Option<Node<'t>> {
    // Invariant: the open clauses lie within one another, the outermost first.
    let mut open: Vec<Node<'t>> = vec![Node { clause: clauses.next()?, children: Vec::new() }];
    loop {
        let depth = clauses.peek().map(|clause| clause.depth);
        while let Some(last) = open.pop() {
            if depth.is_some_and(|depth| depth > last.clause.depth) {
                open.push(last);
                break;
            }
            match open.last_mut() {
                Some(parent) => adopt(parent, last),
                None => return Some(collapsed(last)),
            }
        }
        let clause = clauses.next()?;
        open.push(Node { clause, children: Vec::new() });
    }
}

fn adopt<'t>(parent: &mut Node<'t>, child: Node<'t>) {
    parent.children.push(collapsed(child));
}

/// Leaves out parentheses, which decide nothing.
fn collapsed(mut node: Node<'_>) -> Node<'_> {
    if node.clause.kind == ClauseKind::Group && node.children.len() == 1 {
        return node.children.pop().unwrap_or(node);
    }
    node
}

/// A tree that is being drawn.
struct Drawing<'d> {
    source: &'d str,
    style: Style,
    text: &'d mut String,
}

impl Drawing<'_> {
    /// Draws a clause and those within it. Its first line begins with `first`, every other with
    /// `rest`.
    fn node(&mut self, node: &Node<'_>, first: &str, rest: &str) {
        let clause = node.clause;
        // The negation of a single clause is told as one.
        let (single, children) = match node.children.as_slice() {
            [only] if clause.kind == ClauseKind::Not && only.clause.is_single() => {
                (Some(only.clause), &[][..])
            }
            children => (clause.is_single().then_some(clause), children),
        };
        let bar = if self.style.unicode { "│ " } else { "| " };
        let below = format!("{rest}{}", if children.is_empty() { "  " } else { bar });
        self.clause(clause, single, first, &below);
        if let Some(single) = single
            && clause.part != Part::NotNeeded
        {
            for detail in details(single) {
                self.detail(&detail, &below);
            }
        }
        let last = children.len().saturating_sub(1);
        for (number, child) in children.iter().enumerate() {
            let (branch, bar) = match (self.style.unicode, number == last) {
                (true, false) => ("├ ", "│ "),
                (true, true) => ("└ ", "  "),
                (false, false) => ("|-", "| "),
                (false, true) => ("`-", "  "),
            };
            self.node(child, &format!("{rest}{branch}"), &format!("{rest}{bar}"));
        }
    }

    /// Writes the line of a clause: its mark, what it is, and what it contributed.
    fn clause(&mut self, clause: &Clause, single: Option<&Clause>, first: &str, below: &str) {
        let style = self.style;
        let words = match clause.kind {
            ClauseKind::And => "AND: all of these".to_owned(),
            ClauseKind::Or => "OR: any of these".to_owned(),
            ClauseKind::Not if single.is_none() => "NOT: the opposite of this".to_owned(),
            _ => self.words(clause),
        };
        let mark = match clause.part {
            Part::NotNeeded => {
                let plain = self.mark(clause.outcome, Style { color: false, ..style });
                style.paint(FAINT, &plain)
            }
            _ => self.mark(clause.outcome, style),
        };
        let (paint, tail) = match (clause.part, single.is_some()) {
            (Part::NotNeeded, true) => (FAINT, " (not needed)"),
            (Part::NotNeeded, false) => (FAINT, ""),
            (Part::Decided, true) => {
                let tail = if style.unicode { "  ◀ decided" } else { "  <- decided" };
                (STRONG, tail)
            }
            _ => (Paint::new(), ""),
        };
        let room = style.width.saturating_sub(below.width() + 2).max(MIN_WIDTH);
        let mut lines: Vec<String> =
            wrap(&words, room, "", "").lines().map(str::to_owned).collect();
        match lines.last_mut() {
            Some(last) if last.width() + tail.width() <= room => last.push_str(tail),
            _ => lines.extend(Some(tail.trim_start().to_owned()).filter(|tail| !tail.is_empty())),
        }
        for (number, line) in lines.iter().enumerate() {
            let line = style.paint(paint, line);
            _ = match number {
                0 => writeln!(self.text, "{first}{mark} {line}"),
                _ => writeln!(self.text, "{below}  {line}"),
            };
        }
    }

    fn detail(&mut self, detail: &str, below: &str) {
        let room = self.style.width.saturating_sub(below.width() + 2).max(MIN_WIDTH);
        for line in wrap(detail, room, "", "  ").lines() {
            _ = writeln!(self.text, "{below}{}", self.style.paint(FAINT, line));
        }
    }

    /// Returns the text of a clause on one line.
    fn words(&self, clause: &Clause) -> String {
        let words = joined(clause.span.of(self.source));
        if words.is_empty() {
            return one_line(&clause.text).into_owned();
        }
        shortened(&one_line(&words), MAX_CLAUSE)
    }

    fn mark(&self, outcome: Truth, style: Style) -> String {
        match outcome {
            Truth::True => style.yes(),
            Truth::False => style.no(),
            Truth::Unknown => style.unknown(),
        }
    }
}

/// Joins the lines of a text; spaces within a line may belong to a value and stay.
pub(crate) fn joined(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// Says what a single clause saw in the request, and why that was not enough.
fn details(clause: &Clause) -> Vec<String> {
    let mut details = Vec::new();
    for seen in &clause.seen {
        let value = seen.value.as_ref();
        let value = value.map(|value| shortened(&one_line(&value.to_string()), MAX_VALUE));
        let name = one_line(&seen.name);
        details.push(match (value, clause.seen.len()) {
            (Some(value), 1) if name.starts_with('@') => format!("the request has {value}"),
            (None, 1) => format!("the request has no {name}"),
            (Some(value), _) => format!("{name} is {value}"),
            (None, _) => format!("{name} is missing"),
        });
    }
    // That an attribute or a suboperation is missing is told above.
    let told = clause.seen.iter().any(|seen| seen.value.is_none());
    if !told {
        details.extend(clause.note.as_deref().map(|note| one_line(note).into_owned()));
    }
    details
}

/// Returns a text, or the beginning of one that is too long.
fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
