//! The nearest request that a policy allows.

use crate::console::{FAINT, STRONG, Style};
use crate::pim::Document;
use pim_model::{Model, Policy, ScheduleRequest, Timestamp, Verdict, judge};
use serde_json::{Value, json};

/// The version of the JSON; it grows when a reader of the last one could be misled.
const VERSION: u32 = 1;

/// A request that was held against the policy.
pub(super) struct Judged {
    /// The file, and the place in it where there are several.
    source: String,
    path: String,
    request: ScheduleRequest,
    verdict: Verdict,
}

impl Judged {
    /// Holds every request of a document against its policy, if it is there.
    pub(super) fn of(document: &Document, policies: &[Policy], now: Timestamp) -> Vec<Self> {
        let judged = |item: &pim_model::Item| match &item.model {
            Model::Request(request) => Some(Self {
                source: document.input.name.clone(),
                path: item.path.clone(),
                verdict: judge(request, Policy::met_by(request, policies)?, now),
                request: (**request).clone(),
            }),
            _ => None,
        };
        document.items.iter().filter_map(judged).collect()
    }

    fn title(&self) -> String {
        match self.path.as_str() {
            "" => self.source.clone(),
            path => format!("{}, {path}", self.source),
        }
    }
}

/// Says what to change in every request that the policy does not allow.
pub(super) fn text(judged: &[Judged], style: Style) -> String {
    let mut text = String::new();
    for one in judged {
        let Some(message) = one.verdict.azure_message() else { continue };
        let title = format!("{}: Azure would refuse it", one.title());
        text.push_str(&format!("\n{}\n  {message}\n", style.paint(STRONG, &title)));
        let Some(nearest) = &one.verdict.nearest else {
            text.push_str("No change of the request alone makes it legal.\n");
            continue;
        };
        text.push_str("The nearest request that the policy allows:\n");
        let before = one.request.to_json();
        let mut lines = Vec::new();
        changes(&nearest.patch, &before, "", &mut lines);
        let arrow = if style.unicode { "→" } else { "->" };
        for (path, before, after) in lines {
            let path = path.trim_start_matches("properties.");
            let to_fill = nearest.to_fill.contains(&path);
            let after = if to_fill { "to be filled in".to_owned() } else { after };
            text.push_str(&format!("  {path}: {before} {arrow} {after}\n"));
        }
        text.push_str(&style.paint(FAINT, "--nearest writes it as JSON"));
        text.push('\n');
    }
    text
}

/// Lists what a JSON merge patch changes: path, before and after. The patch is one of ours, and as
/// deep as a request.
fn changes(patch: &Value, before: &Value, path: &str, lines: &mut Vec<(String, String, String)>) {
    if let Value::Object(fields) = patch {
        for (name, value) in fields {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            changes(value, before.get(name).unwrap_or(&Value::Null), &path, lines);
        }
        return;
    }
    let word = |value: &Value, absent: &str| match value {
        Value::Null => absent.to_owned(),
        Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    };
    lines.push((path.to_owned(), word(before, "missing"), word(patch, "left out")));
}

/// Writes every verdict as JSON.
pub(super) fn json(judged: &[Judged]) -> String {
    let one = |one: &Judged| {
        let failures: Vec<_> = one.verdict.failures.iter().map(failure).collect();
        let nearest = one.verdict.nearest.as_ref();
        json!({
            "source": one.source,
            "path": one.path,
            "legal": one.verdict.is_legal(),
            "azureMessage": one.verdict.azure_message(),
            "failures": failures,
            "patch": nearest.map(|nearest| &nearest.patch),
            "request": nearest.map_or(&one.request, |nearest| &nearest.request).to_document(),
            "toFill": nearest.map_or_else(Vec::new, |nearest| nearest.to_fill.clone()),
        })
    };
    let requests: Vec<_> = judged.iter().map(one).collect();
    format!("{:#}\n", json!({ "version": VERSION, "requests": requests }))
}

fn failure(failure: &pim_model::Failure) -> Value {
    json!({
        "rule": failure.fault.as_str(),
        "inRequest": failure.fault.is_in_request(),
        "policyRule": failure.policy_rule.as_str(),
        "field": failure.field,
        "limit": failure.limit,
        "value": failure.value,
    })
}
