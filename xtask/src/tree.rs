//! A tree of files to measure on: 10,000 of 10 kB, one in ten with a condition.

use crate::command::{cargo, root, step};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// How many files there are.
const FILES: usize = 10_000;

/// How large each is, in bytes.
const FILE_BYTES: usize = 10_000;

/// Writes the tree below `target/`, and measures reading it where hyperfine is.
///
/// # Errors
///
/// Says what could not be written or run.
pub(crate) fn run() -> Result<(), String> {
    let tree = root().join("target/tree");
    write(&tree).map_err(|error| format!("{}: {error}", tree.display()))?;
    step("release build", cargo(&["build", "--release", "--package", "cli"]))?;
    let mut measure = Command::new("sh");
    measure.arg("bench/tree.sh").current_dir(root());
    step("reading a tree", measure)
}

/// Writes the files; what is there already is taken for the same.
fn write(tree: &Path) -> std::io::Result<()> {
    let done = tree.join("done");
    if done.exists() {
        return Ok(());
    }
    for number in 0..FILES {
        let folder = tree.join(format!("team{:02}/service{:02}", number % 50, number / 50 % 20));
        std::fs::create_dir_all(&folder)?;
        let (name, text) = file(number);
        std::fs::write(folder.join(name), text)?;
    }
    // The walk passes files over that git ignores only within a repository.
    std::fs::create_dir_all(tree.join(".git"))?;
    std::fs::write(done, "")
}

/// Returns the name and the text of a file.
fn file(number: usize) -> (String, String) {
    let kinds = ["bicep", "tf", "json", "ps1", "sh", "yml", "md"];
    let kind = kinds.get(number % kinds.len()).copied().unwrap_or("bicep");
    let condition = number % 10 == 3;
    let mut text = if condition { carrier(kind, number) } else { String::new() };
    let mut line = 0;
    if kind == "json" {
        let mut body = String::new();
        while body.len() + text.len() < FILE_BYTES {
            line += 1;
            _ = writeln!(
                body,
                "  \"setting{line}\": {{ \"value\": \"text {number} {line}\", \"enabled\": true }},"
            );
        }
        let own = if condition { text } else { String::from("  \"end\": null\n") };
        return (format!("f{number}.json"), format!("{{\n{body}{own}}}\n"));
    }
    while text.len() < FILE_BYTES {
        line += 1;
        text.push_str(&filler(kind, number, line));
    }
    (format!("f{number}.{kind}"), text)
}

const CONDITION: &str = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'))";

/// Returns what carries a condition in a language.
fn carrier(kind: &str, number: usize) -> String {
    let quoted = CONDITION.replace('\'', "\\'");
    match kind {
        "bicep" => format!(
            "resource a{number} 'Microsoft.Authorization/roleAssignments@2022-04-01' = {{\n  name: guid('{number}')\n  properties: {{\n    principalId: principal\n    principalType: 'Group'\n    roleDefinitionId: role\n    condition: '{quoted}'\n    conditionVersion: '2.0'\n  }}\n}}\n"
        ),
        "tf" => format!(
            "resource \"azurerm_role_assignment\" \"a{number}\" {{\n  scope             = var.scope\n  principal_id      = var.principal\n  principal_type    = \"Group\"\n  condition_version = \"2.0\"\n  condition         = <<-EOT\n    {CONDITION}\n  EOT\n}}\n"
        ),
        "json" => format!(
            "  \"resources\": [{{ \"type\": \"Microsoft.Authorization/roleAssignments\", \"apiVersion\": \"2022-04-01\", \"name\": \"[guid('{number}')]\", \"properties\": {{ \"principalId\": \"[parameters('p')]\", \"principalType\": \"Group\", \"roleDefinitionId\": \"[parameters('r')]\", \"condition\": \"{CONDITION}\", \"conditionVersion\": \"2.0\" }} }}]\n"
        ),
        "ps1" => format!(
            "New-AzRoleAssignment -ObjectId $id -ObjectType 'Group' -Scope $scope -RoleDefinitionName 'Reader' -Condition \"{CONDITION}\" -ConditionVersion '2.0'\n"
        ),
        "sh" => format!(
            "az role assignment create --scope \"$SCOPE\" --role Reader --assignee-object-id \"$ID\" --assignee-principal-type Group --condition \"{CONDITION}\" --condition-version 2.0\n"
        ),
        "yml" => format!(
            "steps:\n- bash: |\n    az role assignment create --scope \"$SCOPE\" --role Reader --assignee-object-id \"$ID\" --assignee-principal-type Group --condition \"{CONDITION}\" --condition-version 2.0\n"
        ),
        _ => format!("```text\n{CONDITION}\n```\n\n"),
    }
}

/// Returns a line or block that has nothing to find.
fn filler(kind: &str, number: usize, line: usize) -> String {
    match kind {
        "bicep" => format!(
            "resource r{line} 'Microsoft.Storage/storageAccounts@2023-01-01' = {{\n  name: 'st{number}x{line}'\n  location: location\n  properties: {{ allowBlobPublicAccess: false }}\n}}\n"
        ),
        "tf" => format!(
            "resource \"azurerm_storage_container\" \"c{number}_{line}\" {{\n  name = \"logs-{line}\"\n  tags = {{ owner = \"team-{number}\" }}\n}}\n"
        ),
        "ps1" => format!("Set-AzStorageAccount -Name \"st{number}\" -Tag @{{ line = '{line}' }}\n"),
        "sh" => format!(
            "az storage container create --name \"logs-{line}\" --account-name st{number}\n"
        ),
        "yml" => format!("variable{line}:\n  name: value-{number}-{line}\n"),
        _ => format!("Paragraph {line} of page {number} says something about storage.\n\n"),
    }
}
