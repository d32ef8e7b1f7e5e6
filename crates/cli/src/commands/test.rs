//! `grantif test`.

mod draw;
mod machine;
mod suite;

use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use crate::input::{Kind, Place, find};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use suite::{Outcome, TestFile};

/// The test files in a directory.
const TESTS: Kind = Kind { what: "tests", suffixes: &[".test.toml", ".test.jsonl"] };

const AFTER: &str = "\
Examples:
  grantif test condition.test.toml
  grantif test conditions --coverage        every *.test.toml and *.test.jsonl in a directory
  grantif test conditions --fail-under 90
  grantif test conditions --format junit > tests.xml

A test file:
  condition-file = \"condition.abac\"

  [[test]]
  name = \"AcrPull may be assigned\"
  action = \"Microsoft.Authorization/roleAssignments/write\"
  expect = \"allow\"
  [test.attributes]
  \"@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]\" = \"7f951dda-4ed3-4680-a7ca-43fe172d538d\"

docs/testing.md describes both kinds of files.

Exit codes:
  0  every test passed
  1  a test failed, or --fail-under was not reached
  2  wrong usage, or a test file cannot be read; the others are run all the same";

/// Run tests of conditions
///
/// A test names a request and what the condition has to answer. Coverage says which clauses no test
/// has seen true, or false.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// Test files in TOML or JSON Lines (by their ending), or directories, searched for
    /// `*.test.toml` and `*.test.jsonl`
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// How to write the results
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Show for every clause how often it was true, false and unknown
    #[arg(long)]
    coverage: bool,
    /// Fail when less than this share of outcomes was reached, in percent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: Option<u8>,
    /// Show failed tests only
    #[arg(short, long)]
    quiet: bool,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// JSON
    Json,
    /// JUnit XML
    Junit,
    /// Annotations of GitHub Actions
    Github,
}

/// How much was tested, and how it went.
#[derive(Debug, Clone, Copy, Default)]
struct Total {
    tests: usize,
    failed: usize,
    reached: usize,
    outcomes: usize,
}

impl Total {
    fn of<'f>(files: impl IntoIterator<Item = &'f TestFile>) -> Self {
        let mut total = Self::default();
        for file in files {
            total.tests += file.outcomes.len();
            total.failed += file.outcomes.iter().filter(|outcome| !outcome.passed).count();
            total.reached += file.coverage.iter().map(|one| one.coverage.reached).sum::<usize>();
            total.outcomes += file.coverage.iter().map(|one| one.coverage.outcomes).sum::<usize>();
        }
        total
    }

    /// Returns the share of outcomes that was reached, in percent, rounded down.
    fn percent(self) -> usize {
        (100 * self.reached).checked_div(self.outcomes).unwrap_or(100)
    }
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let (places, mut failures) = find(&arguments.paths, TESTS);
    let mut files = Vec::new();
    for place in places {
        let path = match place {
            Place::File(path) => path,
            Place::Stdin => {
                failures.push(
                    Failure::new("tests are not read from the standard input")
                        .help("name a test file"),
                );
                continue;
            }
        };
        match suite::run(&path, &mut failures) {
            Ok(file) => files.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    let total = Total::of(&files);
    if !files.is_empty() {
        let text = match arguments.format {
            Format::Text => draw::draw(&files, total, arguments, console.style),
            Format::Json => machine::json(&files, total),
            Format::Junit => machine::junit(&files),
            Format::Github => machine::github(&files),
        };
        console.write(&text);
    }
    for failure in &failures {
        console.report(failure);
    }
    if !failures.is_empty() {
        return Ok(Status::Misuse);
    }
    let short = arguments.fail_under.is_some_and(|percent| total.percent() < usize::from(percent));
    if let (true, Some(percent)) = (short, arguments.fail_under) {
        console.note(&format!("coverage is {}%, less than {percent}%", total.percent()));
    }
    Ok(if short || total.failed > 0 { Status::Findings } else { Status::Clean })
}
