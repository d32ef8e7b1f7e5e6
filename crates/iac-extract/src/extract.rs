//! From a file to what is found in it.

use crate::expr::Module;
use crate::find;
use crate::fold::Dialect;
use crate::form::Form;
use crate::found::{Found, Problem};
use crate::host::Host;
use crate::read::{bash, bicep, hcl, http, json, markdown, powershell, template, yaml};
use crate::telltale::has_telltale;
use crate::text::{Text, offset};
use diagnostics::Span;

/// How deep hosts stand in hosts: a body in a script in a pipeline in a page.
const MAX_LAYERS: usize = 5;

/// A text that is read, and the files that belong to it.
#[derive(Debug, Clone, Default)]
pub struct Source<'s> {
    /// The texts, one behind the other; places count the bytes of all of them.
    pub text: &'s str,
    /// The files of a module of Terraform: path from the module and place in `text`. Empty where
    /// `text` is one file.
    pub files: Vec<(String, Span)>,
}

/// Finds what stands in a file.
#[must_use]
pub fn extract(host: Host, text: &str) -> Found {
    extract_from(host, &Source { text, files: Vec::new() })
}

/// Finds what stands in a file, or in the files of a module of Terraform.
#[must_use]
pub fn extract_from(host: Host, source: &Source<'_>) -> Found {
    layer(host, source, 0).sorted()
}

/// Finds what stands in a text, `depth` hosts deep.
pub(crate) fn layer(host: Host, source: &Source<'_>, depth: usize) -> Found {
    if depth > MAX_LAYERS || !has_telltale(source.text.as_bytes()) {
        return Found::default();
    }
    let text = source.text;
    let mut found = match host {
        Host::Bicep | Host::BicepParameters => {
            module(&bicep::read(text), text, Dialect::Template, depth)
        }
        Host::Terraform | Host::TerraformVariables => terraform(source, depth),
        Host::PowerShell => module(&powershell::read(text), text, Dialect::PowerShell, depth),
        Host::Bash => module(&bash::read(text), text, Dialect::Bash, depth),
        Host::Json => json_file(text, depth),
        Host::Http => http_file(text, depth),
        Host::Yaml => yaml_file(text, depth),
        Host::Markdown => markdown_file(text, depth),
        Host::Template => find::whole_file(text),
    };
    if depth > 0 {
        // A part of a file that is no complete text of its language is nothing to complain about.
        found.problems.clear();
    }
    found
}

/// Finds what stands in a module, and in the bodies that its texts hold.
fn module(module: &Module, text: &str, dialect: Dialect, depth: usize) -> Found {
    let mut found = with_bodies(find::find(module, text, dialect, &|_| None), depth);
    found.problems.extend(unclosed(module));
    found
}

/// Says that a file is cut off.
fn unclosed(module: &Module) -> Option<Problem> {
    let message = "the file ends before this bracket is closed".to_owned();
    module.unclosed.map(|span| Problem { span, message })
}

/// Adds what stands in texts that are JSON.
fn with_bodies(found: (Found, Vec<(Text, Vec<Form>)>), depth: usize) -> Found {
    let (mut found, bodies) = found;
    for (body, forms) in bodies {
        let inner = Source { text: body.value(), files: Vec::new() };
        found.extend(layer(Host::Json, &inner, depth + 1).through(&body, &forms));
    }
    found
}

fn http_file(text: &str, depth: usize) -> Found {
    let mut found = Found::default();
    for body in http::bodies(text) {
        let inner = Source { text: body.value(), files: Vec::new() };
        found.extend(layer(Host::Json, &inner, depth + 1).through(&body, &[]));
    }
    found
}

fn markdown_file(text: &str, depth: usize) -> Found {
    let mut found = Found::default();
    for (host, fence) in markdown::fences(text) {
        let inner = Source { text: fence.value(), files: Vec::new() };
        found.extend(layer(host, &inner, depth + 1).through(&fence, &[Form::Plain]));
    }
    found
}

fn yaml_file(text: &str, depth: usize) -> Found {
    let read = yaml::read(text);
    let mut found = module(&read, text, Dialect::Template, depth);
    for (host, script, forms) in find::scripts(&read, text) {
        let inner = Source { text: script.value(), files: Vec::new() };
        found.extend(layer(host, &inner, depth + 1).through(&script, &forms));
    }
    found
}

fn terraform(source: &Source<'_>, depth: usize) -> Found {
    let whole = [(String::new(), Span::new(0, offset(source.text.len())))];
    let files = if source.files.is_empty() { &whole[..] } else { &source.files };
    let mut module = Module::default();
    let mut problems = Vec::new();
    for (path, span) in files {
        if path.is_empty() || path.ends_with(".tf") || path.ends_with(".tofu") {
            let read = hcl::read(source.text, *span);
            problems.extend(unclosed(&read));
            module.items.extend(read.items);
            module.names.extend(read.names);
            module.parameters.extend(read.parameters);
        }
    }
    let named = |path: &str| {
        let (_, span) = source.files.iter().find(|(known, _)| known == path)?;
        let text = Text::identity(span.of(source.text));
        Some(text.moved(span.start))
    };
    let mut found =
        with_bodies(find::find(&module, source.text, Dialect::Terraform, &named), depth);
    found.problems.append(&mut problems);
    found
}

fn json_file(text: &str, depth: usize) -> Found {
    match json::read(text, true) {
        Ok(root) => module(&template::module(text, root), text, Dialect::Template, depth),
        Err((span, message)) => {
            Found { problems: vec![Problem { span, message }], ..Found::default() }
        }
    }
}

/// Returns the paths that `templatefile` and `file` name in the text of a module, below it.
#[must_use]
pub fn named_files(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for call in ["templatefile(", "file("] {
        for (at, _) in text.match_indices(call) {
            let rest = text.get(at + call.len()..).unwrap_or("").trim_start();
            let Some(path) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                continue;
            };
            let path = path.strip_prefix("${path.module}/").unwrap_or(path);
            let path = path.strip_prefix("./").unwrap_or(path);
            let is_below = !path.starts_with('/') && !path.contains("..") && !path.contains('$');
            if is_below && !path.is_empty() && !found.iter().any(|known| known == path) {
                found.push(path.to_owned());
            }
        }
    }
    found
}
