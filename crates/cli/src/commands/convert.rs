//! `grantif convert`.

mod snippet;

use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use crate::hosts::{HostFile, Unit, read};
use abac_catalog::Catalog;
use clap::Args;
use diagnostics::Span;
use iac_emit::Options;
use iac_extract::{Assignment, Condition, Host};
use pim_model::Model;
use snippet::Language;
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Examples:
  grantif convert main.bicep:23 --to terraform
  grantif convert deploy.sh:40 --to bicep
  grantif convert main.tf:12 --to arm --condition-only

Exit codes:
  0  written
  1  the target cannot carry it
  2  wrong usage, nothing stands at the line, or something cannot be read";

/// Write a condition or request that stands in one file as the snippet of another tool
///
/// Takes the assignment or the condition that stands at a line. An assignment whose values are all
/// known is written whole; of one with values that are known at deployment only, the condition is
/// written, and a note says what is left out.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The file and the line
    #[arg(value_name = "FILE:LINE")]
    place: String,
    /// The language or the target: bicep, arm, terraform, bash, powershell, rest, or a target of
    /// `grantif emit --target list`
    #[arg(long, value_name = "TARGET")]
    to: String,
    /// Write only the condition
    #[arg(long)]
    condition_only: bool,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let language = Language::from_name(&arguments.to).ok_or_else(|| {
        Failure::new(format!("`{}` is no target", arguments.to)).help(
            "bicep, arm, terraform, bash, powershell, rest, or a target of `grantif emit --target \
             list`",
        )
    })?;
    let (path, line) = place(&arguments.place)?;
    let host = Host::of(&path)
        .ok_or_else(|| Failure::new(format!("`{}` is no file that is read", path.display())))?;
    let (units, mut failures) = read(&[HostFile { path: path.clone(), host }]);
    if let Some(failure) = failures.pop() {
        return Err(failure);
    }
    let nothing = || {
        let place = format!("{}:{line}", path.display());
        Failure::new(format!("there is no condition and no assignment at `{place}`"))
            .help("`grantif find` lists what there is")
    };
    let unit = units.first().ok_or_else(nothing)?;
    let (condition, assignment) = at_line(unit, &path, line);
    if condition.is_none() && assignment.is_none() {
        return Err(nothing());
    }
    if let Some(assignment) = assignment
        && !arguments.condition_only
    {
        match whole(assignment, language)? {
            Whole::Written(text) => {
                console.write(&text);
                return Ok(Status::Clean);
            }
            Whole::Refused(message) => {
                console.report(&Failure::new(message));
                return Ok(Status::Findings);
            }
            Whole::NotKnown(fields) if condition.is_some() => console.note(&format!(
                "note: only the condition is written; {} known at deployment only",
                listed(&fields)
            )),
            Whole::NotKnown(fields) => {
                return Err(Failure::new(format!(
                    "the assignment cannot be written: {} known at deployment only",
                    listed(&fields)
                )));
            }
        }
    }
    let Some(condition) = condition else { return Err(nothing()) };
    let holes: Vec<&str> = condition.text.holes().map(|(_, text)| text).collect();
    if !holes.is_empty() {
        console.note(&format!("note: to be filled in: {}", holes.join(", ")));
    }
    console.write(&language.condition(condition.text.value().trim()));
    Ok(Status::Clean)
}

/// Splits `FILE:LINE`, also `FILE:LINE:COLUMN`.
fn place(text: &str) -> Result<(PathBuf, u32), Failure> {
    let wrong = || {
        Failure::new(format!("`{text}` is no place"))
            .help("name a file and a line, such as `main.bicep:23`")
    };
    let (mut head, last) = text.rsplit_once(':').ok_or_else(wrong)?;
    let mut line = last.parse::<u32>().map_err(|_| wrong())?;
    if let Some((before, inner)) = head.rsplit_once(':')
        && let Ok(number) = inner.parse::<u32>()
        && !Path::new(head).is_file()
    {
        (head, line) = (before, number);
    }
    Ok((PathBuf::from(head), line))
}

/// Returns the condition and the assignment that stand at a line.
fn at_line<'u>(
    unit: &'u Unit,
    path: &Path,
    line: u32,
) -> (Option<&'u Condition>, Option<&'u Assignment>) {
    let places = unit.places();
    let covers = |span: Span| {
        let (start, end) = (places.of(Span::at(span.start)), places.of(Span::at(span.end)));
        match (start, end) {
            (Some(start), Some(end)) => {
                start.path == path && start.position.line <= line && line <= end.position.line
            }
            _ => false,
        }
    };
    let of = |one: &Assignment, condition: &Condition| {
        one.seen("properties.condition") == iac_extract::Seen::Is(condition.text.clone())
    };
    let condition = unit.found.conditions.iter().find(|one| covers(one.span));
    let by_condition = condition
        .and_then(|condition| unit.found.assignments.iter().find(|one| of(one, condition)));
    let by_line = unit.found.assignments.iter().rev().find(|one| covers(hull(one)));
    let assignment = by_condition.or(by_line);
    let own = assignment
        .and_then(|one| unit.found.conditions.iter().find(|condition| of(one, condition)));
    (condition.or(own), assignment)
}

/// Returns the span from the type of an assignment to the name of its last field.
fn hull(one: &Assignment) -> Span {
    one.fields.iter().fold(one.head, |hull, field| {
        if field.name.start >= hull.start { hull.to(field.name) } else { hull }
    })
}

/// What became of a whole assignment.
enum Whole {
    Written(String),
    /// The target cannot carry it, and why.
    Refused(String),
    /// Fields that are known at deployment only.
    NotKnown(Vec<String>),
}

fn whole(assignment: &Assignment, language: Language) -> Result<Whole, Failure> {
    let open: Vec<String> = assignment
        .fields
        .iter()
        .filter(|field| field.path != "name" && is_open(assignment, &field.path))
        .map(|field| field.path.rsplit('.').next().unwrap_or("").to_owned())
        .collect();
    if !open.is_empty() {
        return Ok(Whole::NotKnown(open));
    }
    let mut document: serde_json::Value =
        serde_json::from_str(assignment.document().value()).unwrap_or_default();
    let resource = document.pointer_mut("/resources/0").map(serde_json::Value::take);
    let Some(mut resource) = resource else { return Ok(Whole::NotKnown(Vec::new())) };
    if let Some(fields) = resource.as_object_mut() {
        // A name that is made anew is made anew by the target too.
        let named = fields.get("name").and_then(|name| name.as_str());
        if named.is_some_and(|name| name.starts_with('[')) {
            fields.remove("name");
        }
        fields.remove("apiVersion");
        let properties = fields.get_mut("properties").and_then(|one| one.as_object_mut());
        if let Some(properties) = properties {
            if let Some(condition) = assignment.seen("properties.condition").known() {
                properties.insert("condition".to_owned(), condition.into());
            }
            let name = assignment.seen("roleName");
            let named = name.known().and_then(|name| Catalog::builtin().role_by_name(name));
            if let Some(role) = named {
                let id =
                    format!("/providers/Microsoft.Authorization/roleDefinitions/{}", role.id());
                properties.insert("roleDefinitionId".to_owned(), id.into());
            }
        }
    }
    let loaded = pim_model::check(&resource.to_string(), &pim_model::Options::default());
    let input = match loaded.items.into_iter().next().map(|item| item.model) {
        Some(Model::Request(request)) => iac_emit::Input::Schedule(*request),
        Some(Model::RoleAssignment(one)) => iac_emit::Input::Assignment(*one),
        _ => return Ok(Whole::NotKnown(vec!["a required field".to_owned()])),
    };
    let target = language.target(assignment.kind);
    match iac_emit::emit(input, target, &Options::default()) {
        Ok(emitted) => Ok(Whole::Written(emitted.text)),
        Err(iac_emit::EmitError::Incomplete(_)) => Ok(Whole::NotKnown(vec!["scope".to_owned()])),
        Err(error) => Ok(Whole::Refused(error.to_string())),
    }
}

/// Says whether a field is not known.
fn is_open(assignment: &Assignment, path: &str) -> bool {
    use iac_extract::FieldValue;
    match assignment.field(path) {
        Some(FieldValue::Text(text)) => text.has_holes(),
        Some(FieldValue::Expression(..) | FieldValue::Unknown(_)) => true,
        Some(FieldValue::Word(..) | FieldValue::Group(_)) | None => false,
    }
}

fn listed(fields: &[String]) -> String {
    match fields {
        [only] => format!("`{only}` is"),
        _ => format!("`{}` are", fields.join("`, `")),
    }
}
