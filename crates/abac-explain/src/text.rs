//! Explanations as plain text.

use crate::explanation::{DecisionTable, Explanation, Statement};
use std::fmt::Write;

impl Explanation {
    /// Returns the explanation as plain text, without the table.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = format!("{}\n", self.summary);
        for warning in &self.warnings {
            push(&mut out, format_args!("\nWarning: {warning}\n"));
        }
        for block in &self.blocks {
            push(&mut out, format_args!("\n{}\n", block.heading));
            if block.actions.len() > 1 {
                for action in &block.actions {
                    push(&mut out, format_args!("  - {}\n", crate::block::named(action)));
                }
            }
            match &block.requirement {
                None => out.push_str("Never allowed.\n"),
                Some(statement) => {
                    push(&mut out, format_args!("Allowed only if {}", statement.text));
                    out.push_str(if statement.parts.is_empty() { "." } else { "" });
                    parts(&mut out, &statement.parts, 1);
                }
            }
            for note in &block.notes {
                push(&mut out, format_args!("Note: {note}\n"));
            }
        }
        if !self.blocks.is_empty() {
            push(&mut out, format_args!("\n{}\n", self.remainder));
        }
        for note in &self.notes {
            push(&mut out, format_args!("\nNote: {note}\n"));
        }
        out
    }
}

impl DecisionTable {
    /// Returns the table as plain text, one paragraph a row.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (position, row) in self.rows.iter().enumerate() {
            if position > 0 {
                out.push('\n');
            }
            for (number, action) in row.actions.iter().enumerate() {
                let word = if number == 0 { "if  " } else { "  or" };
                push(&mut out, format_args!("{word} {action}\n"));
            }
            if row.otherwise {
                out.push_str("and  none of the above holds\n");
            }
            for term in &row.terms {
                push(&mut out, format_args!("and  {}", term.text));
                parts(&mut out, &term.parts, 3);
            }
            push(&mut out, format_args!("then {}\n", row.decision.as_str()));
        }
        for note in &self.notes {
            push(&mut out, format_args!("\n{note}\n"));
        }
        out
    }
}

/// Ends a line and lists what belongs to it below.
fn parts(out: &mut String, parts: &[Statement], indent: usize) {
    out.push_str(if parts.is_empty() { "\n" } else { ":\n" });
    for part in parts {
        out.extend(std::iter::repeat_n("  ", indent));
        push(out, format_args!("- {}", part.text));
        self::parts(out, &part.parts, indent + 1);
    }
}

/// Writes to a string, which cannot fail.
pub(crate) fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
