//! Official examples of the REST API: the client builds the path of each, and reads its answers.

use super::examples::read;
use pim_client::{Call, Filter, HttpResponse, call};
use pim_model::{Family, Scope};
use serde_json::Value;
use std::path::Path;
use uuid::Uuid;

/// Checks every example that the folder's index names; gives how many passed, and the failures.
pub(crate) fn run(folder: &Path) -> Result<(usize, Vec<String>), String> {
    let index = read(&folder.join("api-examples/INDEX.jsonl"))?;
    let mut passed = 0;
    let mut failures = Vec::new();
    for line in index.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let (file, path) =
            (row["file"].as_str().unwrap_or(""), row["path"][0].as_str().unwrap_or(""));
        let example: Value = serde_json::from_str(&read(&folder.join(file))?)
            .map_err(|error| format!("{file}: {error}"))?;
        let method = row["method"][0].as_str().unwrap_or("");
        match example_of(method, path, &example) {
            None => {}
            Some(Ok(())) => passed += 1,
            Some(Err(failure)) => failures.push(format!("{file}: {failure}")),
        }
    }
    Ok((passed, failures))
}

/// Checks one example; `None` where the client has no such call.
fn example_of(method: &str, path: &str, example: &Value) -> Option<Result<(), String>> {
    let rest = path.strip_prefix("/{scope}/providers/Microsoft.Authorization/")?;
    let parameters = &example["parameters"];
    // Some scopes are no scope but a word that stands for one.
    let scope: Scope = parameters["scope"].as_str()?.parse().ok()?;
    let mut segments = rest.split('/');
    let kind = segments.next()?;
    let name = match segments.next() {
        Some(hole) => {
            let hole = hole.strip_prefix('{')?.strip_suffix('}')?;
            Some(parameters[hole].as_str()?.parse::<Uuid>().ok()?)
        }
        None => None,
    };
    let action = segments.next();
    if segments.next().is_some() {
        return None;
    }
    let (_, answer) = example["responses"].as_object()?.iter().next()?;
    let response = HttpResponse::new(200, answer["body"].to_string());
    let family = match kind.starts_with("roleEligibility") {
        true => Family::Eligibility,
        false => Family::Assignment,
    };
    let all = &Filter::All;
    let tried = match (method, kind, name, action) {
        ("GET", kind, None, None) if kind.ends_with("ScheduleRequests") => {
            tried(&call::requests(&scope, family, all), &response)
        }
        ("GET", kind, Some(name), None) if kind.ends_with("ScheduleRequests") => {
            tried(&call::request(&scope, family, name), &response)
        }
        ("POST", _, Some(name), Some("cancel")) => {
            tried(&call::cancel_request(&scope, family, name), &response)
        }
        ("GET", kind, None, None) if kind.ends_with("Schedules") => {
            tried(&call::schedules(&scope, family, all), &response)
        }
        ("GET", kind, Some(name), None) if kind.ends_with("Schedules") => {
            tried(&call::schedule(&scope, family, name), &response)
        }
        ("GET", "roleManagementPolicies", None, None) => {
            tried(&call::policies(&scope, all), &response)
        }
        ("PATCH", "roleManagementPolicies", Some(name), None) => {
            let id = scope.authorization_id(kind, &name.to_string());
            tried(&call::patch_policy(&id, []), &response)
        }
        ("GET", "eligibleChildResources", None, None) => {
            tried(&call::eligible_child_resources(&scope, &[]), &response)
        }
        ("GET", "roleAssignmentApprovals", None, None) => {
            tried(&call::approvals(&scope, all), &response)
        }
        ("GET", "roleAssignmentApprovals", Some(name), Some("stages")) => {
            let id = scope.authorization_id(kind, &name.to_string());
            tried(&call::approval_stages(&id), &response)
        }
        ("GET", "roleDefinitions", None, None) => {
            tried(&call::role_definitions(&scope, all), &response)
        }
        ("GET", "roleDefinitions", Some(name), None) => {
            tried(&call::role_definition(&scope, name), &response)
        }
        ("GET", "roleAssignments", None, None) => {
            tried(&call::role_assignments(&scope, all), &response)
        }
        ("GET", "roleAssignments", Some(name), None) => {
            tried(&call::role_assignment(&scope, name), &response)
        }
        ("DELETE", "roleAssignments", Some(name), None) => {
            tried(&call::delete_role_assignment(&scope, name), &response)
        }
        _ => return None,
    };
    Some(tried.and_then(|built| {
        let name = name.map(|name| format!("/{name}")).unwrap_or_default();
        let action = action.map(|action| format!("/{action}")).unwrap_or_default();
        let scope = scope.to_string();
        let scope = scope.trim_end_matches('/');
        let expected = format!("{scope}/providers/Microsoft.Authorization/{kind}{name}{action}");
        let built = built.split('?').next().unwrap_or("");
        match built.eq_ignore_ascii_case(&expected) {
            true => Ok(()),
            false => Err(format!("expected {expected}, built {built}")),
        }
    }))
}

/// Reads the answer, and gives the path that was built.
fn tried<T>(call: &Call<T>, response: &HttpResponse) -> Result<String, String> {
    call.answer(response).map_err(|error| error.to_string())?;
    Ok(call.request.path.clone())
}
