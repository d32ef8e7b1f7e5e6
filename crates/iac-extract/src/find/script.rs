//! Scripts within the steps of pipelines.

use super::plain_name;
use crate::expr::{Expr, Item, Kind, Module};
use crate::fold::{Dialect, Folder};
use crate::form::Form;
use crate::host::Host;
use crate::telltale::{has_telltale, looks_like_condition};
use crate::text::Text;

/// Words that tell PowerShell where no setting of the step does.
const POWERSHELL_WORDS: &[&str] = &["New-Az", "Remove-Az", "Get-Az", "$env:", "Write-Host"];

/// Returns the scripts of a pipeline: the language, the text, and how it is quoted.
pub(crate) fn scripts(module: &Module, source: &str) -> Vec<(Host, Text, Vec<Form>)> {
    let mut folder =
        Folder::new(source, &module.names, &module.parameters, Dialect::Template, &|_| None);
    let mut found = Vec::new();
    for Item { body, .. } in &module.items {
        step(body, None, &mut folder, &mut found, 0);
    }
    found
}

/// Looks at a step; `outer` is the step around its inputs.
fn step(
    expr: &Expr,
    outer: Option<&Expr>,
    folder: &mut Folder<'_>,
    found: &mut Vec<(Host, Text, Vec<Form>)>,
    depth: usize,
) {
    if depth > crate::expr::MAX_DEPTH {
        return;
    }
    match &expr.kind {
        Kind::Object(fields) => {
            for field in fields {
                let Kind::Literal(literal) = &field.value.kind else {
                    step(&field.value, Some(expr), folder, found, depth + 1);
                    continue;
                };
                if !has_telltale(field.value.span.of(folder.source).as_bytes()) {
                    continue;
                }
                folder.reset();
                let text = folder.text(&field.value);
                let is_body = text.value().trim_start().starts_with(['{', '[']);
                if is_body || looks_like_condition(text.value()) {
                    continue;
                }
                let forms = folder.pieces.get(&(literal.content.start + 1));
                let forms = forms.map(|piece| piece.forms.clone()).unwrap_or_default();
                let host = language(&field.name, expr, outer, folder.source, text.value());
                found.push((host, text, forms));
            }
        }
        Kind::List(items) => {
            for item in items {
                step(item, outer, folder, found, depth + 1);
            }
        }
        _ => {}
    }
}

/// Returns the language of a script by the settings of its step.
fn language(name: &str, step: &Expr, outer: Option<&Expr>, source: &str, text: &str) -> Host {
    match plain_name(name).as_str() {
        "powershell" | "pwsh" => return Host::PowerShell,
        "bash" => return Host::Bash,
        _ => {}
    }
    for place in [Some(step), outer].into_iter().flatten() {
        for setting in place.fields() {
            let value = setting.value.plain(source).unwrap_or_default().to_lowercase();
            let name = plain_name(&setting.name);
            let tells = matches!(name.as_str(), "shell" | "scripttype" | "task" | "uses");
            if tells
                && (value.contains("powershell")
                    || matches!(value.as_str(), "pwsh" | "ps" | "pscore"))
            {
                return Host::PowerShell;
            }
            if tells && (value == "bash" || value == "sh") {
                return Host::Bash;
            }
        }
    }
    match POWERSHELL_WORDS.iter().any(|word| text.contains(word)) {
        true => Host::PowerShell,
        false => Host::Bash,
    }
}
