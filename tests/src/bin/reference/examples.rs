//! Official examples of the REST API: every body that is about PIM loads, and a request that is
//! written again says the same.

use pim_model::{Family, Model, Options, check};
use serde_json::Value;
use std::path::Path;

/// Checks every example that the folder's index names; gives how many passed, and the failures.
pub(crate) fn run(folder: &Path) -> Result<(usize, Vec<String>), String> {
    let index = read(&folder.join("api-examples/INDEX.jsonl"))?;
    let mut passed = 0;
    let mut failures = Vec::new();
    for line in index.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let (file, path) =
            (row["file"].as_str().unwrap_or(""), row["path"][0].as_str().unwrap_or(""));
        if !is_about(path) {
            continue;
        }
        let example: Value = serde_json::from_str(&read(&folder.join(file))?)
            .map_err(|error| format!("{file}: {error}"))?;
        for body in bodies(&example) {
            match loads(path, body) {
                Ok(()) => passed += 1,
                Err(failure) => failures.push(format!("{file}: {failure}")),
            }
        }
    }
    Ok((passed, failures))
}

pub(super) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn is_about(path: &str) -> bool {
    ["roleEligibilitySchedule", "roleAssignmentSchedule", "roleManagementPolicies"]
        .iter()
        .any(|part| path.contains(part))
}

/// The body that is sent and those that are answered.
fn bodies(example: &Value) -> Vec<&Value> {
    let answers = example["responses"].as_object().into_iter().flatten();
    let answers = answers.map(|(_, answer)| &answer["body"]);
    let all = std::iter::once(&example["parameters"]["parameters"]).chain(answers);
    all.filter(|body| body.is_object()).collect()
}

fn loads(path: &str, body: &Value) -> Result<(), String> {
    let family = match path.contains("roleEligibility") {
        true => Family::Eligibility,
        false => Family::Assignment,
    };
    let options = Options { family: Some(family), ..Options::default() };
    let loaded = check(&body.to_string(), &options);
    if loaded.items.is_empty() {
        let said: Vec<&str> = loaded.diagnostics.iter().map(|one| one.message.as_str()).collect();
        return Err(format!("nothing was read: {}", said.join("; ")));
    }
    for item in &loaded.items {
        if let Model::Request(request) = &item.model
            && body.get("value").is_none()
        {
            same(&request.to_json()["properties"], &body["properties"])?;
        }
    }
    Ok(())
}

/// Says what of the body a request that is written again has otherwise, answers' own fields and
/// the version of the condition left out.
fn same(written: &Value, body: &Value) -> Result<(), String> {
    let Some(fields) = written.as_object() else { return Err("no properties".to_owned()) };
    for (name, value) in fields {
        let original = &body[name];
        if name == "conditionVersion" || original.is_null() || name == "scheduleInfo" {
            continue;
        }
        if !original.to_string().eq_ignore_ascii_case(&value.to_string()) {
            return Err(format!("{name}: {original} became {value}"));
        }
    }
    Ok(())
}
