//! `grantif fmt`.

mod difference;
mod host;

use super::count;
use crate::Status;
use crate::configuration::Source;
use crate::console::Console;
use crate::failure::Failure;
use crate::hosts;
use crate::input::{ConditionArguments, Input, each_of};
use crate::replace::replace;
use crate::settings::{ContextArguments, Settings};
use abac_syntax::{FormatError, Holes, Layout, Parsed, format, parse_with, same_shape};
use clap::{Args, ValueEnum};
use diagnostics::{Diagnostic, Severity};

const AFTER: &str = "\
Examples:
  grantif fmt condition.abac                as the Azure portal lays it out
  grantif fmt conditions --check            for continuous integration
  grantif fmt conditions --diff
  grantif fmt --layout smallest < big.abac  as few bytes as possible, for the limit of 8 KB
  grantif fmt --layout one-line -c \"(@Environment[isPrivateLink] BoolEquals true)\"

Exit codes:
  0  everything is laid out
  1  a condition has errors and stays as it is, or --check or --diff found a difference
  2  wrong usage, or something cannot be read or written";

/// Lay conditions out
///
/// Files are written anew, those that carry conditions among other things with every other byte as it
/// was; a condition from the standard input or from --condition is written to
/// the standard output. The new text is read again before it is given and has to be the same
/// condition. A condition with errors is left as it is.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    conditions: ConditionArguments,
    /// How to lay out [default: portal; within a host whose quoting holds no line breaks, one-line]
    #[arg(long, value_name = "LAYOUT")]
    layout: Option<LayoutName>,
    /// Write nothing; say which files would change
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    diff: bool,
    /// Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of a condition
    #[arg(long)]
    template: bool,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    source: Source,
}

impl Arguments {
    fn layout(&self) -> LayoutName {
        self.layout.unwrap_or(LayoutName::Portal)
    }
}

/// How a condition is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LayoutName {
    /// As in the code editor of the Azure portal
    Portal,
    /// On one line
    OneLine,
    /// As few bytes as the language allows
    Smallest,
}

/// What became of the inputs.
#[derive(Debug, Default)]
struct Tally {
    changed: usize,
    unchanged: usize,
    refused: usize,
    /// Whether any of them is a file.
    files: bool,
    failures: Vec<Failure>,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let context = ContextArguments::default();
    let mut settings = Settings::new(&arguments.source, &context, arguments.template)?;
    let mut tally = Tally::default();
    let places = arguments.conditions.with_hosts()?;
    let mut failures = places.failures;
    let visit = |input| one(arguments, input, &mut settings, &mut tally, console);
    match arguments.conditions.given() {
        Some(input) => one(arguments, input, &mut settings, &mut tally, console)?,
        None => failures.extend(each_of(places.conditions, visit)?),
    }
    let (units, unread) = hosts::read(&places.hosts);
    failures.extend(unread);
    for unit in units {
        failures.extend(unit.problems());
        host::lay_out(arguments, unit, &mut settings, &mut tally, console)?;
    }
    tally.failures.extend(failures);
    for failure in &tally.failures {
        console.report(failure);
    }
    let only_looks = arguments.check || arguments.diff;
    if !arguments.quiet && tally.files {
        sum_up(&tally, only_looks, console);
    }
    Ok(if !tally.failures.is_empty() {
        Status::Misuse
    } else if tally.refused > 0 || only_looks && tally.changed > 0 {
        Status::Findings
    } else {
        Status::Clean
    })
}

/// Lays out a condition that is read by itself.
fn one(
    arguments: &Arguments,
    input: Input,
    settings: &mut Settings,
    tally: &mut Tally,
    console: &mut Console,
) -> Result<(), Failure> {
    if input.record.is_some() {
        return Err(Failure::new(format!("`{}` holds JSON Lines", input.name))
            .help("fmt lays out files of one condition each"));
    }
    let holes = settings.of(&input)?.holes();
    tally.files |= input.is_whole_file();
    match lay_out(&input.text, holes, arguments.layout().into()) {
        Ok(text) => settle(arguments, &input, &text, tally, console),
        Err(findings) => {
            tally.refused += 1;
            console.report(&Failure::findings(input.report(findings)));
        }
    }
    Ok(())
}

/// Does with a new text what was asked for.
fn settle(
    arguments: &Arguments,
    input: &Input,
    text: &str,
    tally: &mut Tally,
    console: &mut Console,
) {
    let changed = text != input.text;
    if changed {
        tally.changed += 1;
    } else {
        tally.unchanged += 1;
    }
    if arguments.diff {
        if changed {
            let difference = difference::draw(&input.name, &input.text, text, console.style);
            console.write(&difference);
        }
    } else if arguments.check {
        if changed && !arguments.quiet {
            console.write(&format!("{} would be laid out anew\n", input.name));
        }
    } else if !input.is_whole_file() {
        console.write(text);
        if !text.ends_with('\n') {
            console.write("\n");
        }
    } else if changed
        && let Some(path) = &input.path
        && let Err(failure) = replace(path, text)
    {
        tally.changed -= 1;
        tally.failures.push(failure);
    }
}

fn sum_up(tally: &Tally, only_looks: bool, console: &mut Console) {
    let mut parts = Vec::new();
    if tally.changed > 0 {
        let files = count(tally.changed, "condition", "conditions");
        parts.push(if only_looks {
            format!("{files} would change")
        } else {
            format!("{files} laid out")
        });
    }
    if tally.unchanged > 0 {
        parts.push(format!("{} unchanged", tally.unchanged));
    }
    if tally.refused > 0 {
        parts.push(format!("{} left as it is because of errors", tally.refused));
    }
    if !parts.is_empty() {
        console.note(&parts.join(", "));
    }
}

/// Lays a condition out, or says what is wrong with it. What follows the condition, such as a line
/// break at the end of the file, is kept, and so is the kind of line break.
fn lay_out(source: &str, holes: Holes, layout: Layout) -> Result<String, Vec<Diagnostic>> {
    let Parsed { tree, diagnostics } = parse_with(source, holes);
    let mut errors = diagnostics;
    errors.retain(|finding| finding.severity == Severity::Error);
    if !errors.is_empty() {
        return Err(errors);
    }
    let refuse =
        |error: FormatError| vec![crate::failure::finding("format", 0..0, error.to_string())];
    let mut text = format(source, &tree, layout).map_err(refuse)?;
    if source.contains("\r\n") {
        let returned = text.replace('\n', "\r\n");
        // A line break within a string is a part of its value.
        if same_shape(source, &tree, &returned, &parse_with(&returned, holes).tree) {
            text = returned;
        }
    }
    if source.ends_with("\r\n") {
        text.push_str("\r\n");
    } else if source.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

impl From<LayoutName> for Layout {
    fn from(name: LayoutName) -> Self {
        match name {
            LayoutName::Portal => Self::Portal,
            LayoutName::OneLine => Self::OneLine,
            LayoutName::Smallest => Self::Smallest,
        }
    }
}
