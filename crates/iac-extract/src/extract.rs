//! From a file to what is found in it.

use crate::expr::Module;
use crate::find;
use crate::fold::Dialect;
use crate::found::{Found, Problem};
use crate::host::Host;
use crate::read::{bash, bicep, hcl, json, powershell, template};
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
    let none = |_: &str| None;
    match host {
        Host::Bicep | Host::BicepParameters => {
            find::find(&bicep::read(text), text, Dialect::Template, &none)
        }
        Host::Terraform | Host::TerraformVariables => terraform(source),
        Host::PowerShell => {
            find::find(&powershell::read(text), text, Dialect::PowerShell, &none)
        }
        Host::Bash => find::find(&bash::read(text), text, Dialect::Bash, &none),
        Host::Json => json_file(text),
        Host::Template => whole_file(text),
        _ => Found::default(),
    }
}

fn terraform(source: &Source<'_>) -> Found {
    let whole = [(String::new(), Span::new(0, offset(source.text.len())))];
    let files = if source.files.is_empty() { &whole[..] } else { &source.files };
    let mut module = Module::default();
    for (path, span) in files {
        if path.is_empty() || path.ends_with(".tf") || path.ends_with(".tofu") {
            let read = hcl::read(source.text, *span);
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
    find::find(&module, source.text, Dialect::Terraform, &named)
}

fn json_file(text: &str) -> Found {
    match json::read(text, true) {
        Ok(root) => {
            let module = template::module(text, root);
            find::find(&module, text, Dialect::Template, &|_| None)
        }
        Err((span, message)) => {
            Found { problems: vec![Problem { span, message }], ..Found::default() }
        }
    }
}

/// A file that is one condition.
fn whole_file(text: &str) -> Found {
    find::whole_file(text)
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
