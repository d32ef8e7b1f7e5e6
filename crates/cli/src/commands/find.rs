//! `grantif find`.

use super::check::report_failures;
use crate::Status;
use crate::console::{CODE, Console, FAINT, STRONG};
use crate::failure::Failure;
use crate::hosts::{Unit, places, read};
use clap::{Args, ValueEnum};
use diagnostics::Span;
use iac_extract::{Assignment, AssignmentKind, Change, Condition, FieldValue, Seen, Text};
use serde_json::{Value, json};
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  grantif find                              everything below the working directory
  grantif find main.bicep
  grantif find infra --format jsonl | jq -r 'select(.kind == \"condition\") | .text'

Exit codes:
  0  everything was read, whether something was found or not
  2  wrong usage, or something cannot be read; the rest is listed all the same";

/// List the conditions and requests in the files of a repository, without judging them
///
/// Reads Bicep, Terraform, ARM templates, plans, bodies of calls, PowerShell, bash, YAML and
/// Markdown. The text of a condition is what Azure receives; what cannot be followed is shown as a
/// hole.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// Files and directories [default: the working directory]
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    paths: Vec<PathBuf>,
    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ListFormat,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// For people
    Text,
    /// An object a line, described by docs/schemas/found.v1.json
    Jsonl,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let places = places(&arguments.paths);
    let mut failures = places.failures;
    let (units, unread) = read(&places.hosts);
    failures.extend(unread);
    for unit in &units {
        failures.extend(unit.problems());
        match arguments.format {
            ListFormat::Text => text(unit, console),
            ListFormat::Jsonl => lines(unit, console),
        }
    }
    if arguments.format == ListFormat::Text {
        let count = |count: fn(&Unit) -> usize| units.iter().map(count).sum::<usize>();
        let conditions = count(|unit| unit.found.conditions.len());
        let assignments = count(|unit| unit.found.assignments.len());
        console.note(&format!(
            "{} and {} in {} of {}",
            super::count(conditions, "condition", "conditions"),
            super::count(assignments, "assignment", "assignments"),
            super::count(units.iter().filter(|unit| !unit.is_empty()).count(), "place", "places"),
            super::count(places.hosts.len(), "file", "files"),
        ));
    }
    Ok(report_failures(&failures, console).unwrap_or(Status::Clean))
}

/// What was found, in the order in which it stands.
enum Entry<'u> {
    Condition(&'u Condition),
    Assignment(&'u Assignment),
}

impl Entry<'_> {
    const fn span(&self) -> Span {
        match self {
            Self::Condition(one) => one.span,
            Self::Assignment(one) => one.head,
        }
    }
}

fn entries(unit: &Unit) -> Vec<Entry<'_>> {
    let conditions = unit.found.conditions.iter().map(Entry::Condition);
    let assignments = unit.found.assignments.iter().map(Entry::Assignment);
    let mut all: Vec<_> = conditions.chain(assignments).collect();
    all.sort_by_key(Entry::span);
    all
}

fn text(unit: &Unit, console: &mut Console) {
    let places = unit.places();
    let style = console.style;
    for entry in entries(unit) {
        let Some(place) = places.of(entry.span()) else { continue };
        let (line, column) = (place.position.line, place.position.char_column);
        let title = format!("{}:{line}:{column}", place.path.display());
        let title = style.paint(STRONG, &title);
        let bytes = format!("bytes {}..{}", place.span.start, place.span.end);
        let bytes = style.paint(FAINT, &bytes);
        match entry {
            Entry::Condition(one) => {
                let mut about = vec!["condition".to_owned()];
                match &one.version {
                    Seen::Is(version) => about.push(format!("version {}", version.value())),
                    Seen::Absent if one.property.is_some() => about.push("no version".to_owned()),
                    Seen::Absent => {}
                }
                let holes = one.text.holes().count();
                if holes > 0 {
                    about.push(super::count(holes, "hole", "holes"));
                }
                console.write(&format!("{title}: {}  {bytes}\n", about.join(", ")));
                for line in one.text.value().lines() {
                    console.write(&format!("    {}\n", style.paint(CODE, line)));
                }
            }
            Entry::Assignment(one) => {
                let about = format!("{} of {}", what(one), one.label);
                console.write(&format!("{title}: {about}  {bytes}\n"));
                for field in shown(one) {
                    console.write(&format!("    {field}\n"));
                }
            }
        }
    }
}

fn what(one: &Assignment) -> String {
    let request = match one.kind {
        AssignmentKind::Role => "",
        AssignmentKind::Eligible | AssignmentKind::Active => "request of an ",
    };
    let removal = match one.changes.as_slice() {
        [Change::Delete] => "removal of a ",
        _ => "",
    };
    let prefix = if request.is_empty() { removal } else { request };
    format!("{prefix}{}", one.kind.title())
}

/// The fields that tell who gets what.
fn shown(one: &Assignment) -> Vec<String> {
    let fields = [
        ("scope", "scope"),
        ("properties.roleDefinitionId", "role"),
        ("roleName", "role"),
        ("properties.principalId", "principal"),
        ("properties.principalType", "principal type"),
        ("properties.requestType", "request type"),
    ];
    let line = |(path, title): (&str, &str)| match one.seen(path) {
        Seen::Absent => None,
        Seen::Is(text) => Some(format!("{title}: {}", text.value())),
    };
    fields.into_iter().filter_map(line).collect()
}

fn lines(unit: &Unit, console: &mut Console) {
    let places = unit.places();
    for entry in entries(unit) {
        let Some(place) = places.of(entry.span()) else { continue };
        let mut object = json!({
            "kind": "condition",
            "file": place.path.display().to_string().replace('\\', "/"),
            "line": place.position.line,
            "column": place.position.char_column,
            "start_byte": place.span.start,
            "end_byte": place.span.end,
        });
        match entry {
            Entry::Condition(one) => {
                put(&mut object, "text", json!(one.text.value()));
                put(&mut object, "holes", holes(unit, &one.text));
                put(&mut object, "version", version(&one.version));
                put(&mut object, "via", json!(one.via.as_str()));
                put(&mut object, "resource_type", json!(one.resource_type));
            }
            Entry::Assignment(one) => {
                let kind = match one.kind {
                    AssignmentKind::Role => "role-assignment",
                    AssignmentKind::Eligible => "eligible-request",
                    AssignmentKind::Active => "active-request",
                };
                put(&mut object, "kind", json!(kind));
                let change = |change: &Change| match change {
                    Change::Write => "write",
                    Change::Delete => "delete",
                };
                put(&mut object, "changes", one.changes.iter().map(change).collect());
                put(&mut object, "fields", fields(one));
            }
        }
        console.write(&format!("{object}\n"));
    }
}

fn put(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = object {
        fields.insert(name.to_owned(), value);
    }
}

fn version(version: &Seen) -> Value {
    match version {
        Seen::Absent => Value::Null,
        Seen::Is(text) => json!(text.value()),
    }
}

/// The holes of a text, each with its place in the text and in the file.
fn holes(unit: &Unit, text: &Text) -> Value {
    let places = unit.places();
    let hole = |(segment, text): (&iac_extract::Segment, &str)| {
        let place = places.of(segment.host);
        json!({
            "text": text,
            "offset": segment.value.start,
            "file": place.as_ref().map(|place| place.path.display().to_string().replace('\\', "/")),
            "start_byte": place.as_ref().map(|place| place.span.start),
            "end_byte": place.as_ref().map(|place| place.span.end),
        })
    };
    text.holes().map(hole).collect()
}

/// The fields of an assignment that are texts or words; null for one that is not known.
fn fields(one: &Assignment) -> Value {
    let mut object = serde_json::Map::new();
    for field in &one.fields {
        let value = match &field.value {
            FieldValue::Text(text) | FieldValue::Expression(_, text) => json!(text.value()),
            FieldValue::Word(word, _) => serde_json::from_str(word).unwrap_or_else(|_| json!(word)),
            FieldValue::Unknown(_) => Value::Null,
            FieldValue::Group(_) => continue,
        };
        object.insert(field.path.clone(), value);
    }
    Value::Object(object)
}
