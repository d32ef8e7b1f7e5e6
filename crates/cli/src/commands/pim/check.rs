//! `grantif pim check`.

mod nearest;

use crate::Status;
use crate::commands::check::{fix::Fixes, report_failures};
use crate::commands::count;
use crate::configuration::FailOn;
use crate::console::Console;
use crate::failure::Failure;
use crate::input::{Input, Place, find};
use crate::pim::{DOCUMENTS, Document, Known, open, policies};
use crate::report::Format;
use crate::tool;
use clap::Args;
use diagnostics::{Applicability, Diagnostic, Report};
use nearest::Judged;
use pim_model::{Model, Policy, judge, scope_finding};
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  grantif pim check request.json
  grantif pim check deploy --format github        every *.json and *.policy.toml of a directory
  grantif pim check request.json --policy policy.json
  grantif pim check request.json --policy policy.json --nearest | jq '.requests[0].request'
  grantif pim check request.json --fix

Exit codes:
  0  no finding is as severe as --fail-on
  1  a finding is
  2  wrong usage, or something cannot be read; the rest is reported all the same";

/// Find what is wrong with requests and policies, before Azure does
///
/// Reads schedule requests, role assignments, requests of PIM for Groups and role management
/// policies: the JSON of a call or an answer, an ARM template, or a policy in the portal's words
/// (`*.toml`). With --policy, holds every request against the policy and shows the nearest request
/// that the policy allows.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// Files, directories (searched for `*.json` and `*.policy.toml`), or `-` for the standard input
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    /// The policy to hold requests against, as `GET` answers it or in the portal's words; of a list,
    /// each request meets that of its role
    #[arg(long, value_name = "POLICY")]
    policy: Option<PathBuf>,
    /// Write the verdicts and the nearest legal requests as JSON, the findings to the standard error
    #[arg(long, requires = "policy", conflicts_with_all = ["format", "fix", "quiet"])]
    nearest: bool,
    /// Apply the fixes that can only be meant
    #[arg(long)]
    fix: bool,
    /// Also apply the fixes that a person should look at
    #[arg(long = "unsafe", requires = "fix")]
    not_only_safe: bool,
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// The least severity that makes the exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Write no findings, only set the exit code
    #[arg(short, long)]
    quiet: bool,
    /// The tool that will send it, whose own pitfalls are reported too
    #[arg(long, value_name = "TOOL", help_heading = "Context", value_parser = tools())]
    tool: Option<String>,
    #[command(flatten)]
    known: Known,
}

fn tools() -> clap::builder::PossibleValuesParser {
    pim_model::Tool::ALL.map(pim_model::Tool::as_str).into()
}

/// What a run knows.
struct Look {
    options: pim_model::Options,
    /// The policies to hold requests against, where there are any.
    policies: Vec<Policy>,
    now: pim_model::Timestamp,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let now = arguments.known.now();
    let tool = arguments.tool.as_deref().and_then(pim_model::Tool::from_name);
    let options = pim_model::Options { tool, now: Some(now), ..arguments.known.options() };
    let policies = match &arguments.policy {
        Some(path) => policies(path, &options)?,
        None => Vec::new(),
    };
    check(arguments, &Look { options, policies, now }, console)
}

/// Checks policies, as `grantif policy lint` does.
pub(crate) fn lint(
    paths: &[PathBuf],
    format: Format,
    fail_on: Option<FailOn>,
    console: &mut Console,
) -> Result<Status, Failure> {
    let arguments = Arguments {
        paths: paths.to_vec(),
        policy: None,
        nearest: false,
        fix: false,
        not_only_safe: false,
        format,
        fail_on,
        quiet: false,
        tool: None,
        known: Known::default(),
    };
    run(&arguments, console)
}

fn check(arguments: &Arguments, look: &Look, console: &mut Console) -> Result<Status, Failure> {
    let (places, mut failures) = find(&arguments.paths, DOCUMENTS);
    let mut report = Report { noun: ("file", "files"), ..Report::new(tool::tool()) };
    let mut fixes = Fixes::default();
    let mut judged = Vec::new();
    for place in places {
        let path = match &place {
            Place::Stdin => Path::new("-"),
            Place::File(path) => path,
        };
        let mut input = match open(path) {
            Ok(input) => input,
            Err(failure) => {
                failures.push(failure);
                continue;
            }
        };
        if arguments.fix {
            let allow = match arguments.not_only_safe {
                false => Applicability::Safe,
                true => Applicability::NeedsReview,
            };
            let findings = look.at(input.clone()).1;
            let again = |text: &str| look.at(Input { text: text.to_owned(), ..input.clone() }).1;
            if let Some(text) = fixes.apply(&input, &findings, allow, again) {
                input.text = text;
            }
        }
        let (document, findings) = look.at(input);
        if document.is_empty() {
            let name = &document.input.name;
            console.note(&format!("note: `{name}` has no request, assignment or policy"));
        }
        let of_file = Judged::of(&document, &look.policies, look.now);
        let is_request = |item: &&pim_model::Item| matches!(item.model, Model::Request(_));
        let left = document.items.iter().filter(is_request).count() - of_file.len();
        if left > 0 && !look.policies.is_empty() {
            let left = count(left, "request meets", "requests meet");
            let name = &document.input.name;
            console.note(&format!("note: `{name}`: {left} no policy that was given"));
        }
        judged.extend(of_file);
        report.sources.push(document.input.report(findings));
    }
    failures.append(&mut fixes.failures);
    show(arguments, &mut report, &judged, &fixes, console);
    let limit = arguments.fail_on.unwrap_or(FailOn::Warning).severity();
    let status = if report.worst() >= Some(limit) { Status::Findings } else { Status::Clean };
    Ok(report_failures(&failures, console).unwrap_or(status))
}

impl Look {
    /// Reads a text; returns what stands in it and what is wrong with it, by itself and by the
    /// policy.
    fn at(&self, input: Input) -> (Document, Vec<Diagnostic>) {
        let document = Document::read(input, &self.options);
        let mut findings = document.findings.clone();
        for item in &document.items {
            if let Model::Request(request) = &item.model
                && let Some(policy) = Policy::met_by(request, &self.policies)
            {
                findings.extend(judge(request, policy, self.now).diagnostics(item));
                findings.extend(scope_finding(request, policy, item));
            }
        }
        findings.sort_by_key(|finding| finding.span);
        (document, findings)
    }
}

fn show(
    arguments: &Arguments,
    report: &mut Report,
    judged: &[Judged],
    fixes: &Fixes,
    console: &mut Console,
) {
    if arguments.nearest {
        console.write(&nearest::json(judged));
        let options = console.error_style().text_options();
        console.note_text(&Format::Text.render(report, options));
        return;
    }
    if arguments.quiet && arguments.format == Format::Text {
        return;
    }
    if let Some(text) = &fixes.output {
        // The standard output is for the repaired text.
        console.write(text);
        let options = console.error_style().text_options();
        let text = arguments.format.render(report, options);
        console.note_text(&text);
    } else {
        let text = arguments.format.render(report, console.style.text_options());
        console.write(&text);
        if arguments.format == Format::Text {
            let text = nearest::text(judged, console.style);
            console.write(&text);
        }
    }
    if let Some(summary) = fixes.summary(("file", "files")) {
        console.note(&summary);
    }
}
