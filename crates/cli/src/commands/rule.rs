//! `grantif rule`.

use crate::Status;
use crate::console::{BAD, Console, DOUBT, FAINT, STRONG, Style, wrap};
use crate::failure::Failure;
use crate::page;
use clap::{Args, ValueEnum};
use diagnostics::Severity;
use serde::Serialize;
use serde_json::json;

const AFTER: &str = "\
Examples:
  grantif rule                              every rule, by what it is about
  grantif rule quoted-guid                  the page of one: what it finds, why, and what to write
  grantif rule quoted-guid --format markdown";

/// Read about the rules
///
/// Without an id, lists every rule with its severity: an error is what Azure is documented or
/// observed to refuse, a warning what is accepted and not what it seems or what no page documents,
/// advice a matter of taste.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The id of a rule, as it stands in brackets in a finding
    id: Option<String>,
    /// How to write the rules
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How rules are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// Markdown
    Markdown,
    /// JSON
    Json,
}

/// A rule about conditions, or about requests and policies.
#[derive(Debug, Serialize)]
struct Rule {
    id: &'static str,
    severity: Severity,
    summary: &'static str,
    category: &'static str,
    #[serde(skip)]
    page: &'static str,
}

/// Returns every rule by what it is about: first those about conditions.
fn rules() -> Vec<Rule> {
    let mut conditions: Vec<_> = abac_lint::rules().iter().collect();
    conditions.sort_by_key(|rule| (rule.category, rule.id));
    let of_condition = |rule: &abac_lint::RuleInfo| Rule {
        id: rule.id,
        severity: rule.severity,
        summary: rule.summary,
        category: rule.category.as_str(),
        page: abac_lint::page(rule.id).unwrap_or_default(),
    };
    let of_request = |rule: &pim_model::PimRule| Rule {
        id: rule.id,
        severity: rule.severity,
        summary: rule.summary,
        category: "pim",
        page: pim_model::page(rule.id).unwrap_or_default(),
    };
    let requests = pim_model::RULES.iter().map(of_request);
    conditions.into_iter().map(of_condition).chain(requests).collect()
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let rules = rules();
    let Some(id) = &arguments.id else {
        let text = match arguments.format {
            Format::Text => list(&rules, console.style),
            Format::Markdown => markdown(&rules),
            Format::Json => format!("{:#}\n", json!({ "version": 1, "rules": rules })),
        };
        console.write(&text);
        return Ok(Status::Clean);
    };
    let id = id.trim().to_ascii_lowercase();
    let Some(rule) = rules.iter().find(|rule| rule.id == id) else {
        let help = match diagnostics::closest(&id, rules.iter().map(|rule| rule.id)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "`grantif rule` lists the rules".to_owned(),
        };
        return Err(Failure::new(format!("unknown rule `{id}`")).help(help));
    };
    let text = rule.page;
    console.write(&match arguments.format {
        Format::Text => {
            let style = console.style;
            let about = format!("{}, {}", rule.severity.as_str(), rule.category);
            let about = style.paint(paint(rule.severity), &about);
            let page = page::render(text, style);
            let (title, rest) = page.split_once('\n').unwrap_or((page.as_str(), ""));
            format!("{title}  {about}\n{rest}")
        }
        Format::Markdown => text.to_owned(),
        Format::Json => {
            let mut object = json!(rule);
            if let Some(fields) = object.as_object_mut() {
                fields.insert("page".to_owned(), text.into());
            }
            format!("{object:#}\n")
        }
    });
    Ok(Status::Clean)
}

fn list(rules: &[Rule], style: Style) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rules in rules.chunk_by(|one, other| one.category == other.category) {
        let category = rules.first().map_or("", |rule| rule.category);
        text.push_str(&style.paint(STRONG, category));
        text.push('\n');
        for rule in rules {
            let severity =
                style.paint(paint(rule.severity), &format!("{:7}", rule.severity.as_str()));
            let lead = " ".repeat(width + 13);
            let summary = wrap(rule.summary, style.width, &lead, &lead);
            let summary = style.code(summary.trim_start());
            text.push_str(&format!("  {:width$}  {severity}  {summary}\n", rule.id));
        }
        text.push('\n');
    }
    let count = super::count(rules.len(), "rule", "rules");
    let hint = format!("{count}; `grantif rule ID` shows the page of one");
    text.push_str(&style.paint(FAINT, &hint));
    text.push('\n');
    text
}

fn markdown(rules: &[Rule]) -> String {
    let mut text = "| rule | severity | what it finds |\n|---|---|---|\n".to_owned();
    for rule in rules {
        let summary = rule.summary.replace('|', "\\|");
        let severity = rule.severity.as_str();
        text.push_str(&format!("| `{}` | {severity} | {summary} |\n", rule.id));
    }
    text
}

const fn paint(severity: Severity) -> anstyle::Style {
    match severity {
        Severity::Error => BAD,
        Severity::Warning => DOUBT,
        Severity::Advice => FAINT,
    }
}
