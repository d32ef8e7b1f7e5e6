//! Conditions from files, directories, the standard input and the command line.

mod lines;
mod places;
mod read;

pub(crate) use lines::records;
pub(crate) use places::{Kind, find};
pub(crate) use read::{not_json, read_bytes, read_file, read_stdin, read_text};

use crate::failure::Failure;
use crate::hosts::{Places, places};
use clap::Args;
use diagnostics::{Diagnostic, Record, SourceReport};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The files of conditions in a directory.
const CONDITIONS: Kind = Kind { what: "conditions", suffixes: &[".abac", ".abac.jsonl"] };

/// Where conditions come from.
#[derive(Debug, Clone, Args)]
pub(crate) struct ConditionArguments {
    /// Files, directories (searched for `*.abac` and `*.abac.jsonl`), or `-` for the standard input
    ///
    /// A file that ends in `.jsonl` or `.ndjson` holds a JSON object a line, with `condition` or
    /// `text` and perhaps an `id`. Any other file is one condition. Without a path, the standard
    /// input is read.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The condition itself
    #[arg(short, long, value_name = "TEXT", conflicts_with = "paths", allow_hyphen_values = true)]
    pub(crate) condition: Option<String>,
}

/// One condition and where it comes from.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// The path, `<stdin>` or `--condition`.
    pub(crate) name: String,
    /// The file, where there is one.
    pub(crate) path: Option<PathBuf>,
    /// Where it stands in a file of records.
    pub(crate) record: Option<Record>,
    pub(crate) text: String,
}

impl Input {
    /// Makes the report of it.
    pub(crate) fn report(&self, findings: Vec<Diagnostic>) -> SourceReport {
        let report = match self.path {
            Some(_) => SourceReport::file(&self.name, &self.text, findings),
            None => SourceReport::unnamed(&self.name, &self.text, findings),
        };
        SourceReport { record: self.record.clone(), ..report }
    }

    /// Says whether it is a file of its own, which can be written anew.
    pub(crate) const fn is_whole_file(&self) -> bool {
        self.path.is_some() && self.record.is_none()
    }

    /// Returns what it is called in output for people.
    pub(crate) fn title(&self) -> String {
        match &self.record {
            None => self.name.clone(),
            Some(Record { line, id: Some(id) }) => format!("{}:{line} ({id})", self.name),
            Some(Record { line, id: None }) => format!("{}:{line}", self.name),
        }
    }
}

/// A place that conditions are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Stdin,
    File(PathBuf),
}

impl Place {
    /// Returns what it is called in a message.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Stdin => "the standard input".to_owned(),
            Self::File(path) => format!("`{}`", path.display()),
        }
    }
}

/// What was read from one place.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) inputs: Vec<Input>,
    pub(crate) failures: Vec<Failure>,
}

impl ConditionArguments {
    /// Reads condition after condition and hands each over; returns what could not be read. What
    /// comes after a failure is read all the same.
    pub(crate) fn each(
        &self,
        mut visit: impl FnMut(Input) -> Result<(), Failure>,
    ) -> Result<Vec<Failure>, Failure> {
        if let Some(input) = self.given() {
            visit(input)?;
            return Ok(Vec::new());
        }
        let (places, mut failures) = self.places()?;
        failures.extend(each_of(places, visit)?);
        Ok(failures)
    }

    /// Finds the files of conditions and those that carry conditions among other things.
    pub(crate) fn with_hosts(&self) -> Result<Places, Failure> {
        if self.condition.is_some() {
            return Ok(Places::default());
        }
        if self.paths.is_empty() {
            let (conditions, failures) = self.places()?;
            return Ok(Places { conditions, hosts: Vec::new(), failures });
        }
        let mut places = places(&self.paths);
        let is_directory = |path: &&PathBuf| path.is_dir();
        let directory = self.paths.iter().find(is_directory);
        if let Some(directory) = directory
            && places.conditions.is_empty()
            && places.hosts.is_empty()
            && places.failures.is_empty()
        {
            let message = format!("`{}` has no files that are read", directory.display());
            places.failures.push(Failure::new(message).help(
                "a directory is searched for conditions (`*.abac`), Bicep, Terraform, JSON, \
                 PowerShell, bash, YAML and Markdown, without what git ignores",
            ));
        }
        Ok(places)
    }

    /// Returns the condition of the command line.
    pub(crate) fn given(&self) -> Option<Input> {
        let text = self.condition.clone()?;
        Some(Input { name: "--condition".to_owned(), path: None, record: None, text })
    }

    fn places(&self) -> Result<(Vec<Place>, Vec<Failure>), Failure> {
        if self.paths.is_empty() {
            if std::io::stdin().is_terminal() {
                return Err(Failure::new("there is no condition to read").help(
                    "name files or directories, give the text with --condition, or pipe it in",
                ));
            }
            return Ok((vec![Place::Stdin], Vec::new()));
        }
        Ok(find(&self.paths, CONDITIONS))
    }
}

/// Reads the conditions of places one after the other; returns what could not be read.
pub(crate) fn each_of(
    places: Vec<Place>,
    mut visit: impl FnMut(Input) -> Result<(), Failure>,
) -> Result<Vec<Failure>, Failure> {
    let mut failures = Vec::new();
    for place in places {
        let read = match place {
            Place::Stdin => stdin(),
            Place::File(path) => file(&path),
        };
        failures.extend(read.failures);
        for input in read.inputs {
            visit(input)?;
        }
    }
    Ok(failures)
}

fn stdin() -> Read {
    match read_stdin() {
        Ok(text) => {
            let name = "<stdin>".to_owned();
            Read { inputs: vec![Input { name, path: None, record: None, text }], failures: vec![] }
        }
        Err(failure) => Read { inputs: vec![], failures: vec![failure] },
    }
}

fn file(path: &Path) -> Read {
    let text = match read_file(path) {
        Ok(text) => text,
        Err(failure) => return Read { inputs: vec![], failures: vec![failure] },
    };
    if is_json_lines(path) {
        return records(path, &text);
    }
    let name = path.display().to_string();
    let input = Input { name, path: Some(path.to_owned()), record: None, text };
    Read { inputs: vec![input], failures: vec![] }
}

/// Says whether a file holds JSON Lines, by its name.
pub(crate) fn is_json_lines(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        extension.eq_ignore_ascii_case("jsonl") || extension.eq_ignore_ascii_case("ndjson")
    })
}

impl ConditionArguments {
    /// Says whether there may be more than one condition, so that each needs its name.
    pub(crate) fn may_be_many(&self) -> bool {
        match self.paths.as_slice() {
            [] => false,
            [path] => path.is_dir() || is_json_lines(path),
            _ => true,
        }
    }
}
