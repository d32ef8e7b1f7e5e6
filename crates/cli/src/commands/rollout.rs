//! `grantif rollout`.

use super::count;
use crate::configuration::{Configurations, Source, find_role};
use crate::console::Console;
use crate::failure::{Failure, finding};
use crate::input::{read_file, read_stdin};
use crate::{Status, replace};
use abac_catalog::Catalog;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use diagnostics::{Diagnostic, Severity, SourceReport};
use iac_emit::{
    Carried, Cloud, File, Reason, Rollout, RolloutOptions, RolloutRole, Standing, Target,
};
use pim_model::policy::Approver;
use pim_model::{Duration, Model, Options, Timestamp, check};
use std::path::{Path, PathBuf};
use uuid::Uuid;

const AFTER: &str = "\
Examples:
  az role assignment list --all --include-inherited > assignments.json
  grantif rollout assignments.json --dry-run
  grantif rollout assignments.json --out plan --target bicep \\
    --keep break-glass-1@contoso.com --keep break-glass-2@contoso.com \\
    --approver-group 00000000-0000-0000-0000-000000000000 \\
    --reviewer 00000000-0000-0000-0000-000000000000

Exit codes:
  0  the plan is written
  1  it is written, but some of the list could not be read; or the target cannot carry it
  2  wrong usage, or something cannot be read or written";

/// How long after today the first review starts.
const REVIEW_AFTER_SECONDS: i64 = 30 * DAY_SECONDS;
const DAY_SECONDS: i64 = 86_400;

/// The longest that a policy can let an eligibility last: *documented*,
/// pim-resource-roles-configure-role-settings, read 2026-11.
const LONGEST: Duration = Duration::days(365);

/// Plan the way from standing access to just-in-time
///
/// Reads the JSON of `az role assignment list` and finds privileged roles that people hold all the
/// time. Writes a folder: eligible requests that replace them, the settings of the roles, a script
/// that removes only what is replaced, access reviews, queries for Microsoft Sentinel, and `plan.md`
/// to follow step by step. Applications, managed identities and break-glass accounts stay as they
/// are. Nothing is sent to Azure.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The assignments, as `az role assignment list` writes them, `-` for the standard input
    #[arg(value_name = "ASSIGNMENTS.json")]
    assignments: PathBuf,
    /// Write the files in this directory
    #[arg(short, long, value_name = "DIR", required_unless_present = "dry_run")]
    out: Option<PathBuf>,
    /// Write over files that are there already
    #[arg(long)]
    force: bool,
    /// Write no files, and the plan to the standard output
    #[arg(long)]
    dry_run: bool,
    /// What the requests and settings are written for
    #[arg(
        short, long, value_name = "NAME", value_parser = targets(), default_value = "az-rest"
    )]
    target: Target,
    /// Leave this principal alone: an object id, or the name as `az` shows it
    #[arg(long, value_name = "PRINCIPAL", value_delimiter = ',')]
    keep: Vec<String>,
    /// The roles that nobody is to hold all the time, by name or GUID
    #[arg(
        long, value_name = "ROLE", value_delimiter = ',',
        default_values = ["Owner", "Contributor", "User Access Administrator"]
    )]
    role: Vec<String>,
    /// How long an eligibility lasts
    #[arg(long, value_name = "DURATION", default_value = "180d", value_parser = duration)]
    eligibility: Duration,
    /// A group whose members approve activations, by object id
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    approver_group: Vec<Uuid>,
    /// Somebody who approves activations, by object id
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    approver_user: Vec<Uuid>,
    /// Somebody who reviews access, by object id
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    reviewer: Vec<Uuid>,
    /// When the first review starts, such as 2027-01-01T00:00:00Z [default: in 30 days]
    #[arg(long, value_name = "INSTANT")]
    review_start: Option<Timestamp>,
    /// Why, for the requests
    #[arg(long, value_name = "TEXT", default_value = "Replaces standing access")]
    justification: String,
    /// Change this to make requests of new names, for a second rollout
    #[arg(long, value_name = "TEXT", default_value = "rollout")]
    nonce: String,
    #[command(flatten)]
    source: Source,
}

fn targets() -> impl TypedValueParser<Value = Target> {
    let can = |target: &&Target| target.carries().contains(&Carried::EligibleCondition);
    let values = Target::ALL.iter().filter(can);
    PossibleValuesParser::new(
        values.map(|target| PossibleValue::new(target.name()).help(target.title())),
    )
    .try_map(|name| name.parse::<Target>())
}

fn duration(text: &str) -> Result<Duration, String> {
    let duration = Duration::from_words(text).map_err(|error| error.to_string())?;
    if duration.seconds() > LONGEST.seconds() {
        return Err(format!("Azure lets an eligibility end after {} at most", LONGEST.words()));
    }
    Ok(duration)
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let options = options(arguments, configuration.catalog())?;
    let (assignments, errors) = read(&arguments.assignments)?;
    if let Some(errors) = &errors {
        console.report(errors);
        if assignments.is_empty() {
            return Ok(Status::Findings);
        }
    }
    let rollout = Rollout::new(assignments, options);
    let files = match rollout.files(arguments.target, Cloud::default()) {
        Ok(files) => files,
        Err(error) => {
            console.report(&Failure::new(error.to_string()));
            return Ok(Status::Findings);
        }
    };
    match &arguments.out {
        Some(directory) if !arguments.dry_run => {
            write(directory, &files, arguments.force, console)?
        }
        _ => {
            let plan = files.first().map_or("", |file| file.text.as_str());
            console.write(plan);
        }
    }
    for warning in &rollout.warnings {
        console.note(&format!("warning: {warning}"));
    }
    console.note(&summary(&rollout));
    if errors.is_some() {
        console.note("warning: what could not be read is not in the plan");
        return Ok(Status::Findings);
    }
    Ok(Status::Clean)
}

fn options(arguments: &Arguments, catalog: &Catalog) -> Result<RolloutOptions, Failure> {
    let mut roles = Vec::new();
    for name in &arguments.role {
        let role = find_role(catalog, name.trim())
            .map_err(|(message, help)| Failure::new(message).help(help))?;
        let guid = role.id().parse().map_err(|_| {
            Failure::new(format!("the role `{name}` has no GUID, and so cannot be assigned"))
        })?;
        roles.push(RolloutRole { guid, name: role.name().to_owned() });
    }
    let groups = arguments.approver_group.iter().map(|id| Approver::group(*id));
    let users = arguments.approver_user.iter().map(|id| Approver::user(*id));
    Ok(RolloutOptions {
        roles,
        keep: arguments.keep.clone(),
        eligibility: arguments.eligibility,
        justification: arguments.justification.clone(),
        nonce: arguments.nonce.clone(),
        approvers: groups.chain(users).collect(),
        reviewers: arguments.reviewer.clone(),
        review_start: arguments.review_start.unwrap_or_else(in_a_month),
    })
}

/// The beginning of a day.
fn in_a_month() -> Timestamp {
    let now = Timestamp::now();
    let day = now.as_second() / DAY_SECONDS * DAY_SECONDS;
    Timestamp::from_second(day.saturating_add(REVIEW_AFTER_SECONDS)).unwrap_or(now)
}

/// Reads the assignments; what is wrong with some keeps none of the others from being read.
fn read(path: &Path) -> Result<(Vec<Standing>, Option<Failure>), Failure> {
    let (name, text) = if path.as_os_str() == "-" {
        ("<stdin>".to_owned(), read_stdin()?)
    } else {
        (path.display().to_string(), read_file(path)?)
    };
    if text.trim() == "[]" {
        return Ok((Vec::new(), None));
    }
    let loaded = check(&text, &Options::default());
    let mut errors: Vec<Diagnostic> = loaded.diagnostics;
    errors.retain(|one| one.severity == Severity::Error);
    let mut assignments = Vec::new();
    for item in &loaded.items {
        let standing = match &item.model {
            Model::RoleAssignment(assignment) => Standing::of(assignment),
            _ => None,
        };
        let Some(standing) = standing else {
            let span = item.span.start as usize..item.span.start as usize + 1;
            let what = format!("`{}` is no role assignment with a scope", item.path);
            errors.push(finding("pim-missing-field", span, what));
            continue;
        };
        // `az` writes `Unknown` for who was deleted; the plan says so.
        if standing.principal_type.is_none() {
            let place = item.field_span("principalType");
            errors.retain(|one| one.span != place);
        }
        assignments.push(standing);
    }
    errors.sort_by_key(|one| one.span);
    let failure =
        (!errors.is_empty()).then(|| Failure::findings(SourceReport::file(name, text, errors)));
    Ok((assignments, failure))
}

fn write(
    directory: &Path,
    files: &[File],
    force: bool,
    console: &mut Console,
) -> Result<(), Failure> {
    let failed = |path: &Path, error: &std::io::Error| Failure::io("write", path, error);
    let is_empty = match std::fs::read_dir(directory) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(failed(directory, &error)),
    };
    // Files of an earlier plan beside those of this one would be deployed with them.
    if !is_empty && !force {
        let message =
            format!("there are files in `{}` already; nothing was written", directory.display());
        return Err(Failure::new(message).help("--force writes over those of the same name"));
    }
    for file in files {
        let path = directory.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        }
        replace::create(&path, &file.text)?;
    }
    let files = count(files.len(), "file", "files");
    let plan = directory.join("plan.md");
    console.note(&format!("wrote {files}; begin with `{}`", plan.display()));
    Ok(())
}

fn summary(rollout: &Rollout) -> String {
    let proposed = count(rollout.proposed.len(), "assignment", "assignments");
    let services = [Reason::ServicePrincipal, Reason::PimItself];
    let services = rollout.kept.iter().filter(|kept| services.contains(&kept.reason)).count();
    let others = rollout.kept.len() - services;
    format!(
        "{proposed} to become eligible; {services} of applications and {others} of others stay, as \
         the plan says"
    )
}
