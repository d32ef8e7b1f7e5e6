//! `grantif pim apply`.

mod journal;

use super::new::Questions;
use super::outcome::{Format, Sending};
use super::plan::{draw, json, title};
use super::state::{desired, planned};
use crate::Status;
use crate::configuration::{Configurations, Source};
use crate::console::Console;
use crate::error_text::refused;
use crate::failure::Failure;
use crate::online::{Follow, ServiceArguments, Session, Stop, role_name};
use abac_catalog::Catalog;
use clap::Args;
use journal::Journal;
use pim_client::{Mode, Plan, PlanStep, PolicyChange, PolicyChanged};
use pim_model::{Duration, Policy};
use serde_json::{Value, json as value};
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// How long a single request is followed; an administrator's is carried out at once, as a rule.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(900);

const AFTER: &str = "\
Examples:
  grantif pim apply team.pim.toml
  grantif pim apply team.pim.toml --yes --format json

docs/apply.md describes the file. A journal beside it holds the names of the requests until all are
carried out, so that a run that was cut short goes on where it was, and nothing is done twice.

Exit codes:
  0  everything is as the file says
  1  something was refused, goes on, or was not wanted
  2  wrong usage, or something cannot be read or reached";

/// Make assignments and policies what a file says
///
/// Shows the plan, asks, and carries it out. A second run does nothing.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The file of the desired state
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Carry it out without asking
    #[arg(short, long)]
    yes: bool,
    /// Follow each request so long at most [default: 15 minutes]
    #[arg(long, value_name = "LENGTH", value_parser = Duration::from_words)]
    max_wait: Option<Duration>,
    /// How to write the plan and the results
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    service: ServiceArguments,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    let desired = desired(&arguments.file, catalog)?;
    let mut journal = Journal::open(&arguments.file)?;
    let mut session = arguments.service.session(console)?;
    let plan = planned(&desired, &mut session)?;
    if arguments.format == Format::Text {
        let text = draw(&plan, catalog, session.console.style);
        session.console.write(&text);
        session.console.flush();
    }
    if plan.is_empty() {
        journal.finish()?;
        if arguments.format == Format::Json {
            write_json(&plan, &[], catalog, &mut session);
        }
        return Ok(Status::Clean);
    }
    if !arguments.yes && !is_wanted(&plan)? {
        session.console.note("nothing was changed");
        return Ok(Status::Findings);
    }
    if arguments.format == Format::Text {
        session.console.write("\n");
    }
    // The names of all requests are on disk before the first is sent.
    let names = journal.plan(&plan)?;
    let mut results = Vec::new();
    let mut status = Status::Clean;
    for (step, name) in plan.changes().zip(names) {
        let done = match (&step.request, name) {
            (Some(request), Some(name)) => {
                let patience = arguments
                    .max_wait
                    .map_or(PATIENCE, |time| std::time::Duration::from_secs(time.seconds()));
                let sending = Sending {
                    request,
                    scope: &step.scope,
                    name: name.name,
                    mode: Mode::Finish(patience),
                    resume: name.was_chosen_before,
                    title: Some(title(step, catalog)),
                    is_brief: true,
                };
                let told =
                    sending.run(&mut session, &arguments.service, catalog, arguments.format)?;
                if told.as_ref().is_some_and(|told| told.is_settled) {
                    journal.settle(name.name)?;
                }
                told.map(|told| (told.json, told.is_good && told.is_settled))
            }
            _ => change_policy(step, &mut session, catalog, arguments.format)?,
        };
        let Some((result, is_good)) = done else {
            session.console.note("the same command goes on where this one was");
            return Ok(Status::Findings);
        };
        results.push(result);
        if !is_good {
            status = Status::Findings;
        }
    }
    if arguments.format == Format::Json {
        write_json(&plan, &results, catalog, &mut session);
    }
    journal.finish_if_settled()?;
    Ok(status)
}

fn write_json(plan: &Plan, results: &[Value], catalog: &Catalog, session: &mut Session<'_>) {
    let mut json = json(plan, catalog);
    if let Some(fields) = json.as_object_mut() {
        fields.insert("results".to_owned(), value!(results));
    }
    session.console.write(&format!("{json:#}\n"));
}

/// Asks whether the plan is to be carried out.
fn is_wanted(plan: &Plan) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Failure::new("nobody can be asked whether this is to be carried out")
            .help("--yes carries it out without asking"));
    }
    let number = plan.changes().count();
    let changes = crate::commands::count(number, "change", "changes");
    Questions::new(io::stdin().lock(), io::stderr()).ask(
        &format!("Carry out {changes} [yes/no]"),
        |text| match text.to_lowercase().as_str() {
            "y" | "yes" => Ok(true),
            "" | "n" | "no" => Ok(false),
            _ => Err("answer `yes` or `no`".to_owned()),
        },
    )
}

/// Changes a policy, and tells what became of it; `None` where the user had enough.
fn change_policy(
    step: &PlanStep,
    session: &mut Session<'_>,
    catalog: &Catalog,
    format: Format,
) -> Result<Option<(Value, bool)>, Failure> {
    let rules = step.changes.iter().map(|change| change.after.clone()).collect();
    let wanted = Policy { rules, ..Policy::default() };
    let change = PolicyChange::new(&step.scope, step.role, wanted, Session::pace());
    let role = role_name(step.role, None, catalog);
    let title = title(step, catalog);
    let changed = match Follow::new(title.clone(), false).hold(session, change) {
        Ok(changed) => changed,
        Err(Stop::Interrupted) => return Ok(None),
        Err(Stop::Failed(failure)) => return Err(failure),
    };
    let style = session.console.style;
    let title = style.code(&title);
    let (text, outcome, is_good) = match &changed {
        Ok(PolicyChanged::Yes) => (format!("{} {title}: changed\n", style.yes()), "changed", true),
        Ok(PolicyChanged::NotNeeded) => {
            (format!("{} {title}: it is so already\n", style.yes()), "nothingToDo", true)
        }
        Err(trouble) => {
            let said = match trouble.service() {
                Some(error) => refused(error, Some(session.cloud()), style),
                None => format!("  {trouble}\n"),
            };
            (format!("{} {title}: not changed\n{said}", style.no()), "refused", false)
        }
    };
    if format == Format::Text {
        session.console.write(&text);
        session.console.flush();
    }
    let result = value!({ "outcome": outcome, "policy": role, "scope": step.scope.to_string() });
    Ok(Some((result, is_good)))
}
