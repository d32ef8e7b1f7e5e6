//! Explanations as Markdown.

use crate::explanation::{DecisionTable, Explanation, Statement};
use crate::text::push;

impl Explanation {
    /// Returns the explanation as Markdown, without the table.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = format!("{}\n", self.summary.to_markdown());
        for warning in &self.warnings {
            push(&mut out, format_args!("\n> **Warning:** {}\n", warning.to_markdown()));
        }
        for block in &self.blocks {
            push(&mut out, format_args!("\n### {}\n\n", block.heading.to_markdown()));
            if block.actions.len() > 1 {
                for action in &block.actions {
                    let action = crate::block::named(action);
                    push(&mut out, format_args!("- {}\n", action.to_markdown()));
                }
                out.push('\n');
            }
            match &block.requirement {
                None => out.push_str("**Never allowed.**\n"),
                Some(statement) => {
                    let text = statement.text.to_markdown();
                    push(&mut out, format_args!("**Allowed only if** {text}"));
                    out.push_str(if statement.parts.is_empty() { ".\n" } else { ":\n\n" });
                    parts(&mut out, &statement.parts, 0);
                }
            }
            for note in &block.notes {
                push(&mut out, format_args!("\n> {}\n", note.to_markdown()));
            }
        }
        if !self.blocks.is_empty() {
            push(&mut out, format_args!("\n{}\n", self.remainder.to_markdown()));
        }
        for note in &self.notes {
            push(&mut out, format_args!("\n> {}\n", note.to_markdown()));
        }
        out
    }
}

impl DecisionTable {
    /// Returns the table as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = "| If the request is for | and | then it is |\n|---|---|---|\n".to_owned();
        for row in &self.rows {
            let actions: Vec<_> = row.actions.iter().map(|one| one.to_markdown()).collect();
            let terms: Vec<_> = if row.otherwise {
                vec!["none of the above holds".to_owned()]
            } else {
                row.terms.iter().map(in_a_cell).collect()
            };
            let actions = cell(&actions.join("<br>or "));
            let terms = cell(&terms.join("<br>and "));
            push(&mut out, format_args!("| {actions} | {terms} | {} |\n", row.decision.as_str()));
        }
        for note in &self.notes {
            push(&mut out, format_args!("\n{}\n", note.to_markdown()));
        }
        out
    }
}

fn parts(out: &mut String, parts: &[Statement], indent: usize) {
    for part in parts {
        out.extend(std::iter::repeat_n("  ", indent));
        push(out, format_args!("- {}", part.text.to_markdown()));
        out.push_str(if part.parts.is_empty() { "\n" } else { ":\n" });
        self::parts(out, &part.parts, indent + 1);
    }
}

/// Writes a statement with its parts in one line.
fn in_a_cell(statement: &Statement) -> String {
    let mut out = statement.text.to_markdown();
    if !statement.parts.is_empty() {
        let parts: Vec<_> = statement.parts.iter().map(in_a_cell).collect();
        push(&mut out, format_args!(" ({})", parts.join("; ")));
    }
    out
}

/// Keeps bars from ending the cell, in code too.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
