//! `grantif eval`.

mod stream;

use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use crate::input::{not_json, read_file, read_stdin};
use crate::trace;
use abac_eval::{AccessRequest, Program, RequestError, Trace};
use abac_syntax::Tree;
use clap::{Args, ValueEnum};
use diagnostics::{Severity, SourceReport};
use std::path::{Path, PathBuf};

/// The version of the JSON; it grows when a reader of the last one could be misled.
const VERSION: u32 = 1;

const AFTER: &str = "\
Examples:
  grantif eval -c \"@Environment[isPrivateLink] BoolEquals true\" \\
    --action Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read \\
    --attr '@Environment[isPrivateLink]=true' --trace
  grantif eval --file condition.abac --request request.json
  grantif eval --file condition.abac --stream < requests.jsonl > decisions.jsonl

A request file: {\"action\": \"…\", \"suboperation\": \"…\", \"attributes\": {\"@Request[…]\": \"…\"}}

Exit codes:
  0  allow; with --exit-zero or --stream, deny too
  1  deny
  2  wrong usage, or the condition or a request cannot be read";

/// Decide whether a condition lets a request pass
///
/// An attribute that the request does not have makes a comparison unknown, and a condition that
/// stays unknown denies. The rules are in docs/semantics.md.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The condition itself
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    condition: Option<String>,
    /// The file of the condition, `-` for the standard input
    #[arg(
        short,
        long,
        value_name = "FILE",
        conflicts_with = "condition",
        required_unless_present = "condition"
    )]
    file: Option<PathBuf>,
    /// The file of the request as JSON, `-` for the standard input; with --stream, of requests
    #[arg(short, long, value_name = "FILE")]
    request: Option<PathBuf>,
    /// The action that is asked for
    #[arg(short, long, value_name = "ACTION", conflicts_with = "request")]
    action: Option<String>,
    /// The suboperation, such as Blob.List
    #[arg(long, value_name = "NAME", requires = "action")]
    suboperation: Option<String>,
    /// An attribute of the request: `@Source[…]=value`; a list is `{'a', 'b'}`
    #[arg(long = "attr", value_name = "REFERENCE=VALUE", requires = "action")]
    attributes: Vec<String>,
    /// Decide a request a line (JSON Lines) and write a decision a line
    ///
    /// A line is a request, or an object with `request` and an `id` that is given back. A line that
    /// is no request is answered with an object that holds `error`, and the exit code becomes 2.
    #[arg(long, conflicts_with = "action")]
    stream: bool,
    /// Show every clause: true, false or unknown, what it saw, and whether it decided
    #[arg(short, long)]
    trace: bool,
    /// How to write the decision
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "stream")]
    format: Format,
    /// Exit with 0 when the request is denied, too
    #[arg(long)]
    exit_zero: bool,
}

/// How a decision is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// A condition that can be evaluated.
struct Condition {
    text: String,
    tree: Tree,
    program: Program,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let condition = Condition::read(arguments)?;
    if arguments.stream {
        return stream::run(&condition, arguments.request.as_deref(), arguments.trace, console);
    }
    let request = request(arguments)?;
    let trace = condition.program.trace(&condition.text, &condition.tree, &request);
    match arguments.format {
        Format::Text => {
            if arguments.trace {
                let tree = trace::tree(&trace, &condition.text, console.style);
                console.write(&tree);
                console.write("\n");
            }
            let reason = trace::reason(&trace, console.style);
            console.write(&reason);
        }
        Format::Json => {
            let mut output = output(&trace, arguments.trace);
            if let Some(fields) = output.as_object_mut() {
                fields.shift_insert(0, "version".to_owned(), VERSION.into());
            }
            console.write(&format!("{output:#}\n"));
        }
    }
    let denied = !trace.decision.is_allow() && !arguments.exit_zero;
    Ok(if denied { Status::Findings } else { Status::Clean })
}

/// Returns a decision as JSON.
fn output(trace: &Trace, with_clauses: bool) -> serde_json::Value {
    let mut output = serde_json::json!({
        "decision": trace.decision,
        "outcome": trace.outcome,
        "reason": trace.reason,
    });
    if with_clauses && let Some(fields) = output.as_object_mut() {
        fields.insert("clauses".to_owned(), serde_json::json!(trace.clauses));
    }
    output
}

impl Condition {
    fn read(arguments: &Arguments) -> Result<Self, Failure> {
        let (name, text) = match (&arguments.condition, &arguments.file) {
            (Some(text), _) => ("--condition".to_owned(), text.clone()),
            (None, Some(path)) if path.as_os_str() == "-" => {
                if reads_stdin(arguments.request.as_deref())
                    || arguments.stream && arguments.request.is_none()
                {
                    return Err(Failure::new(
                        "condition and request cannot both come from the standard input",
                    ));
                }
                ("<stdin>".to_owned(), read_stdin()?)
            }
            (None, Some(path)) => (path.display().to_string(), read_file(path)?),
            (None, None) => return Err(Failure::new("there is no condition to evaluate")),
        };
        let parsed = abac_syntax::parse(&text);
        let mut errors = parsed.diagnostics;
        errors.retain(|finding| finding.severity == Severity::Error);
        if !errors.is_empty() {
            return Err(Failure::findings(SourceReport::unnamed(name, text, errors)));
        }
        let program = Program::compile(&text, &parsed.tree);
        Ok(Self { text, tree: parsed.tree, program })
    }
}

fn reads_stdin(path: Option<&Path>) -> bool {
    path.is_some_and(|path| path.as_os_str() == "-")
}

fn request(arguments: &Arguments) -> Result<AccessRequest, Failure> {
    if let Some(path) = &arguments.request {
        let (name, text) = if reads_stdin(Some(path)) {
            ("<stdin>".to_owned(), read_stdin()?)
        } else {
            (path.display().to_string(), read_file(path)?)
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        return AccessRequest::from_json(text).map_err(|error| wrong_request(&name, text, &error));
    }
    let Some(action) = &arguments.action else {
        return Err(Failure::new("there is no request to decide")
            .help("name a file with --request, or an action with --action"));
    };
    if action.trim().is_empty() {
        return Err(Failure::new("--action is empty; expected an action"));
    }
    let mut request = AccessRequest::new(action);
    if let Some(name) = &arguments.suboperation {
        request = request.suboperation(name);
    }
    for attribute in &arguments.attributes {
        request = request.assign(attribute).map_err(|error| {
            Failure::new(format!("--attr: {error}")).help(
                "for example --attr '@Resource[Microsoft.Storage/storageAccounts:name]=contoso'",
            )
        })?;
    }
    Ok(request)
}

/// Shows where a request stops being JSON; what is wrong with its fields has no place but a name.
fn wrong_request(name: &str, text: &str, error: &RequestError) -> Failure {
    if let RequestError::Json { .. } = error
        && let Err(error) = serde_json::from_str::<serde_json::Value>(text)
    {
        return Failure::at(name, text, not_json(text, &error));
    }
    Failure::new(format!("`{name}`: {error}"))
}
