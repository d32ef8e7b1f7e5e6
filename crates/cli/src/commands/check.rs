//! `grantif check`.

pub(crate) mod fix;

use super::count;
use crate::configuration::{FailOn, Source};
use crate::console::Console;
use crate::failure::{Failure, finding};
use crate::hosts::{self, File, Unit};
use crate::input::{ConditionArguments, Input, each_of, read_file};
use crate::report::Format;
use crate::settings::{ContextArguments, Setting, Settings};
use crate::{Status, replace, tool};
use clap::Args;
use diagnostics::{Applicability, Baseline, Diagnostic, Report, Severity};
use pim_model::Timestamp;
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  grantif check condition.abac
  grantif check -c \"@Environment[isPrivateLink] BoolEquals true\"
  az role assignment list --all | jq -c '.[] | select(.condition)' > all.jsonl
  grantif check all.jsonl                   findings are reported per id
  grantif check conditions --fix            repair what is safe to repair
  grantif check conditions --format sarif > findings.sarif
  grantif check conditions --role 'Storage Blob Data Contributor'

Exit codes:
  0  no finding is as severe as --fail-on
  1  a finding is
  2  wrong usage, or something cannot be read; the rest is reported all the same";

/// Find what is wrong with conditions
///
/// Reads conditions, reports every mistake with its place, what was expected and what to do, and
/// checks them against what Azure documents.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    conditions: ConditionArguments,
    /// Apply the fixes that change no decision
    ///
    /// Files are written anew, each at once. A condition from the standard input or from
    /// --condition is written to the standard output, the findings that are left to the standard
    /// error. JSON Lines are not changed.
    #[arg(long)]
    fix: bool,
    /// Also apply the fixes that may change what a condition permits
    #[arg(long = "unsafe", requires = "fix")]
    not_only_safe: bool,
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// The least severity that makes the exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of a condition
    #[arg(long)]
    template: bool,
    /// Leave out the findings that are listed in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings to this file, as a baseline for later runs
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix"])]
    write_baseline: Option<PathBuf>,
    /// Write no findings, only set the exit code
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    context: ContextArguments,
    #[command(flatten)]
    source: Source,
}

/// What a run has gathered.
struct Gathered {
    report: Report,
    /// For every source of the report, the least severity that fails.
    limits: Vec<Severity>,
    fixes: fix::Fixes,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let mut settings = Settings::new(&arguments.source, &arguments.context, arguments.template)?;
    let baseline = arguments.baseline.as_deref().map(read_baseline).transpose()?;
    let allow = match (arguments.fix, arguments.not_only_safe) {
        (false, _) => None,
        (true, false) => Some(Applicability::Safe),
        (true, true) => Some(Applicability::NeedsReview),
    };
    let mut gathered =
        Gathered { report: tool::report(), limits: Vec::new(), fixes: fix::Fixes::default() };
    let run = Run { arguments, allow, now: Timestamp::now() };
    let places = arguments.conditions.with_hosts()?;
    let mut failures = places.failures;
    let visit = |input| run.condition(input, &mut settings, &mut gathered);
    match arguments.conditions.given() {
        Some(input) => run.condition(input, &mut settings, &mut gathered)?,
        None => failures.extend(each_of(places.conditions, visit)?),
    }
    let (units, unread) = hosts::read(&places.hosts);
    failures.extend(unread);
    for unit in units {
        failures.extend(unit.problems());
        run.host(unit, &mut settings, &mut gathered)?;
    }
    if !places.hosts.is_empty() {
        gathered.report.noun = ("place", "places");
    }
    failures.append(&mut gathered.fixes.failures);

    let Gathered { mut report, limits, fixes } = gathered;
    if let Some(path) = &arguments.write_baseline {
        let baseline = Baseline::from_report(&report);
        replace::create(path, &baseline.to_json())?;
        let findings = count(baseline.entries.len(), "finding", "findings");
        console.note(&format!("wrote {findings} to `{}`", path.display()));
        return Ok(report_failures(&failures, console).unwrap_or(Status::Clean));
    }
    let mut stale = 0;
    if let Some(baseline) = baseline {
        let filtered = baseline.filter(report);
        (report, stale) = (filtered.report, filtered.stale.len());
    }

    let failing =
        report.sources.iter().zip(&limits).any(|(source, limit)| {
            source.diagnostics.iter().any(|finding| finding.severity >= *limit)
        });
    show(arguments, &mut report, &fixes, console);
    if stale > 0 && !arguments.quiet {
        let entries = count(stale, "entry", "entries");
        console.note(&format!(
            "note: {entries} of the baseline no longer found; write it anew with --write-baseline"
        ));
    }
    let status = if failing { Status::Findings } else { Status::Clean };
    Ok(report_failures(&failures, console).unwrap_or(status))
}

/// What holds for a whole run.
struct Run<'a> {
    arguments: &'a Arguments,
    /// Which fixes are applied.
    allow: Option<Applicability>,
    now: Timestamp,
}

impl Run<'_> {
    /// Checks a condition that is read by itself.
    fn condition(
        &self,
        mut input: Input,
        settings: &mut Settings,
        gathered: &mut Gathered,
    ) -> Result<(), Failure> {
        let setting = settings.of(&input)?;
        let (mut findings, mut suppressed) = look(&setting, &input, &input.text);
        if let Some(allow) = self.allow {
            let look = |text: &str| look(&setting, &input, text).0;
            if let Some(text) = gathered.fixes.apply(&input, &findings, allow, look) {
                input.text = text;
                (findings, suppressed) = self::look(&setting, &input, &input.text);
            }
        }
        self.keep(input, &setting, findings, suppressed, gathered);
        Ok(())
    }

    /// Checks a file that carries conditions among other things, or those of a module.
    fn host(
        &self,
        mut unit: Unit,
        settings: &mut Settings,
        gathered: &mut Gathered,
    ) -> Result<(), Failure> {
        for number in 0..unit.parts.len() {
            if unit.count_in(number) == 0 {
                continue;
            }
            let mut input = unit.input(number);
            let setting = settings.of(&input)?;
            if let Some(allow) = self.allow {
                let file = File { number, input: &input, setting: &setting, now: self.now };
                match hosts::fixed(&unit, &file, allow) {
                    Ok(None) => {}
                    Ok(Some(fixed)) => {
                        let text = fixed.unit.text_of(number).to_owned();
                        if gathered.fixes.write(&input, &text, fixed.applied) {
                            unit = fixed.unit;
                            input.text = text;
                        }
                    }
                    Err(failure) => gathered.fixes.failures.push(failure),
                }
            }
            let file = File { number, input: &input, setting: &setting, now: self.now };
            let (findings, suppressed) = file.look(&unit);
            self.keep(input, &setting, findings, suppressed, gathered);
        }
        Ok(())
    }

    fn keep(
        &self,
        mut input: Input,
        setting: &Setting,
        findings: Vec<Diagnostic>,
        suppressed: usize,
        gathered: &mut Gathered,
    ) {
        let limit =
            self.arguments.fail_on.or(setting.configuration.fail_on).unwrap_or(FailOn::Warning);
        if findings.is_empty() {
            // Nothing of it will be shown.
            input.text.clear();
        }
        gathered.report.suppressed += suppressed;
        gathered.report.sources.push(input.report(findings));
        gathered.limits.push(limit.severity());
    }
}

/// Returns what is wrong with a condition, and how many findings the configuration accepts.
fn look(setting: &Setting, input: &Input, text: &str) -> (Vec<Diagnostic>, usize) {
    let mut findings = abac_lint::check(text, setting.holes(), &setting.options());
    let suppressed = setting.ignore(&mut findings, input);
    (findings, suppressed)
}

fn show(arguments: &Arguments, report: &mut Report, fixes: &fix::Fixes, console: &mut Console) {
    if arguments.quiet && arguments.format == Format::Text {
        return;
    }
    if let Some(text) = &fixes.output {
        // The standard output is for the repaired condition.
        console.write(text);
        let options = console.error_style().text_options();
        let text = arguments.format.render(report, options);
        console.note_text(&text);
    } else {
        let options = console.style.text_options();
        let text = arguments.format.render(report, options);
        console.write(&text);
    }
    if let Some(summary) = fixes.summary(("condition", "conditions")) {
        console.note(&summary);
    }
}

pub(crate) fn report_failures(failures: &[Failure], console: &mut Console) -> Option<Status> {
    for failure in failures {
        console.report(failure);
    }
    (!failures.is_empty()).then_some(Status::Misuse)
}

fn read_baseline(path: &Path) -> Result<Baseline, Failure> {
    let text = read_file(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Baseline::parse(text).map_err(|error| {
        Failure::at(&path.display().to_string(), text, finding("baseline", 0..0, error.to_string()))
    })
}
