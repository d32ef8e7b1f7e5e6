//! `grantif explain`.

use crate::Status;
use crate::configuration::Source;
use crate::console::{Console, DOUBT, FAINT, STRONG, Style, wrap};
use crate::failure::Failure;
use crate::input::{ConditionArguments, Input};
use crate::settings::{ContextArguments, Settings};
use abac_explain::{Explanation, explain};
use abac_syntax::parse_with;
use clap::{Args, ValueEnum};
use diagnostics::Severity;
use serde::Serialize;
use serde_json::json;
use std::collections::HashSet;

/// The version of the JSON; it grows when a reader of the last one could be misled.
const VERSION: u32 = 1;

const AFTER: &str = "\
Examples:
  grantif explain condition.abac
  grantif explain condition.abac --table
  grantif explain conditions --format markdown > conditions.md
  az role assignment list --all | jq -c '.[] | select(.condition)' > all.jsonl
  grantif explain all.jsonl

Names of principals and of custom roles come from grantif.toml and from --roles.

Exit codes:
  0  explained
  1  a condition has errors and is explained as far as it could be read
  2  wrong usage, or something cannot be read";

/// Say in plain English what conditions allow
///
/// The explanation follows docs/semantics.md and is no proof of what Azure does.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    conditions: ConditionArguments,
    /// How to write the explanation
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Add the whole condition as a table of decisions; JSON has it always
    #[arg(long)]
    table: bool,
    /// Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of a condition
    #[arg(long)]
    template: bool,
    #[command(flatten)]
    source: Source,
}

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Paragraphs for the terminal
    Text,
    /// Markdown
    Markdown,
    /// JSON
    Json,
}

/// One condition and its explanation, as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Explained {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    errors: usize,
    explanation: Explanation,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let context = ContextArguments::default();
    let mut settings = Settings::new(&arguments.source, &context, arguments.template)?;
    let mut told = 0_usize;
    let mut all = Vec::new();
    let mut broken = Vec::new();
    let many = arguments.conditions.may_be_many();
    let failures = arguments.conditions.each(|input| {
        let setting = settings.of(&input)?;
        let parsed = parse_with(&input.text, setting.holes());
        let is_error = |severity: Severity| severity == Severity::Error;
        let errors = parsed.diagnostics.iter().filter(|finding| is_error(finding.severity)).count();
        if errors > 0 {
            broken.push(input.title());
        }
        let explanation = explain(&input.text, &parsed.tree, setting.configuration.catalog());
        let title = many.then(|| input.title());
        match arguments.format {
            Format::Text => {
                let text = text(&explanation, title.as_deref(), arguments.table, console.style);
                console.write(if told > 0 { "\n" } else { "" });
                console.write(&text);
            }
            Format::Markdown => {
                console.write(if told > 0 { "\n" } else { "" });
                if let Some(title) = title {
                    console.write(&format!("## {title}\n\n"));
                }
                console.write(&explanation.to_markdown());
                if arguments.table {
                    console.write(&format!("\n{}", explanation.table.to_markdown()));
                }
            }
            Format::Json => all.push(explained(&input, errors, explanation)),
        }
        told += 1;
        Ok(())
    })?;
    if arguments.format == Format::Json {
        console.write(&format!("{:#}\n", json!({ "version": VERSION, "conditions": all })));
    }
    for name in &broken {
        console.note(&format!(
            "note: `{name}` has errors and is explained as far as it could be read; see `grantif check`"
        ));
    }
    for failure in &failures {
        console.report(failure);
    }
    Ok(if !failures.is_empty() {
        Status::Misuse
    } else if !broken.is_empty() {
        Status::Findings
    } else {
        Status::Clean
    })
}

fn explained(input: &Input, errors: usize, explanation: Explanation) -> Explained {
    let record = input.record.as_ref();
    Explained {
        name: input.name.clone(),
        line: record.map(|record| record.line),
        id: record.and_then(|record| record.id.clone()),
        errors,
        explanation,
    }
}

/// Lays an explanation out for the terminal.
fn text(explanation: &Explanation, title: Option<&str>, table: bool, style: Style) -> String {
    let mut text = String::new();
    if let Some(title) = title {
        let rule = if style.unicode { "─" } else { "-" };
        let rest = style.width.saturating_sub(title.chars().count() + 4);
        let line = format!("{} {title} {}", rule.repeat(2), rule.repeat(rest));
        text.push_str(&style.paint(FAINT, &line));
        text.push_str("\n\n");
    }
    let headings: HashSet<String> =
        explanation.blocks.iter().map(|block| block.heading.to_string()).collect();
    lay_out(&explanation.to_text(), &headings, style, &mut text);
    if table {
        text.push('\n');
        lay_out(&explanation.table.to_text(), &headings, style, &mut text);
    }
    text
}

/// Breaks lines at the width of the terminal, under what they begin with, and colours them.
fn lay_out(plain: &str, headings: &HashSet<String>, style: Style, text: &mut String) {
    for line in plain.lines() {
        let indent = line.len() - line.trim_start().len();
        let content = line.trim_start();
        let hang = if content.starts_with("- ") {
            2
        } else if ["if  ", "and  ", "then "].iter().any(|word| line.starts_with(word))
            || line.starts_with("  or ")
        {
            5 - indent.min(5)
        } else {
            0
        };
        let (first, content) = content.split_at_checked(hang).unwrap_or(("", content));
        let spaces = " ".repeat(indent);
        let rest = " ".repeat(indent + hang);
        let wrapped = wrap(content, style.width, &format!("{spaces}{first}"), &rest);
        let paint = if headings.contains(content) {
            Some(STRONG)
        } else if content.starts_with("Warning: ") {
            Some(DOUBT)
        } else if content.starts_with("Note: ") {
            Some(FAINT)
        } else {
            None
        };
        let painted = match paint {
            Some(paint) => style.paint(paint, &wrapped),
            None => style.code(&wrapped),
        };
        text.push_str(&painted);
        text.push('\n');
    }
}
