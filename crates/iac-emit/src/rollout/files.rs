//! The plan as a folder of files.

use pim_model::Scope;

use super::{Review, Rollout, markdown, query, removal};
use crate::cloud::Cloud;
use crate::document::bash::quote;
use crate::emit::{Emitted, Options, emit};
use crate::error::EmitError;
use crate::target::{Carried, Target};
use crate::wording::deploy_command;

/// How many letters of a name go into the name of a folder.
const SLUG_LETTERS: usize = 40;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it goes: names of lower-case ASCII letters, digits, `-`, `.` and `_`, parted by `/`.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// A file that deploys something.
#[derive(Debug)]
pub(super) struct Step {
    /// What it does.
    pub(super) words: String,
    /// The folder it is alone in.
    pub(super) folder: String,
    /// The command that deploys it; none for what is sent by hand.
    pub(super) command: Option<String>,
    /// What it is written for.
    pub(super) target: Target,
}

impl Rollout {
    /// Writes everything: `plan.md`, and what it tells to deploy, for a target. What the target
    /// cannot carry, such as a policy in Bicep, is written for one that can.
    ///
    /// # Errors
    /// [`EmitError::Refused`] when the target cannot make anybody eligible.
    pub fn files(&self, target: Target, cloud: Cloud) -> Result<Vec<File>, EmitError> {
        let mut files = Vec::new();
        let mut notes = Vec::new();
        let mut keep = |folder: &str, target: Target, emitted: Emitted| {
            let path = format!("{folder}/{}", target.file_name());
            files.push(File { path, text: emitted.text });
            if let Some(text) = providers(target) {
                files.push(File { path: format!("{folder}/providers.tf"), text: text.to_owned() });
            }
            for note in emitted.notes {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        };
        let mut policies = Vec::new();
        for (number, policy) in self.policies.iter().enumerate() {
            let scope = &policy.change.scope;
            let options = Options { role_name: Some(policy.role.clone()), cloud };
            let wanted = policy_target(target);
            let (target, emitted) = match emit(policy.change.clone(), wanted, &options) {
                Err(EmitError::Refused { .. }) if wanted != Target::AzRest => {
                    (Target::AzRest, emit(policy.change.clone(), Target::AzRest, &options)?)
                }
                emitted => (wanted, emitted?),
            };
            let folder = folder("1-policies", number, &[&policy.role, last_name(scope)]);
            keep(&folder, target, emitted);
            policies.push(Step {
                words: policy.role.clone(),
                command: command(target, &folder, scope),
                folder,
                target,
            });
        }
        let mut requests = Vec::new();
        for (number, proposed) in self.proposed.iter().enumerate() {
            let scope = &proposed.assignment.scope;
            let options = Options { role_name: Some(proposed.role.clone()), cloud };
            let emitted = emit(proposed.request.clone(), target, &options)?;
            let principal = proposed.assignment.principal();
            let folder = folder("2-eligible", number, &[&proposed.role, &principal]);
            keep(&folder, target, emitted);
            requests.push(Step {
                words: principal,
                command: command(target, &folder, scope),
                folder,
                target,
            });
        }
        if !self.proposed.is_empty() {
            files.push(File { path: REMOVAL.to_owned(), text: removal::script(self) });
        }
        let reviews: Vec<_> = self
            .reviews
            .iter()
            .enumerate()
            .map(|(number, review)| {
                let name = folder("4-reviews", number, &[&review.role, last_name(&review.scope)]);
                (format!("{name}.json"), review)
            })
            .collect();
        for (path, review) in &reviews {
            let text = format!("{:#}\n", review.to_json());
            files.push(File { path: path.clone(), text });
        }
        for (name, _, text) in query::queries(self) {
            files.push(File { path: format!("5-queries/{name}"), text });
        }
        let parts = markdown::Parts { policies, requests, reviews, notes };
        let plan = File { path: "plan.md".to_owned(), text: markdown::plan(self, &parts) };
        files.insert(0, plan);
        Ok(files)
    }
}

/// The script that removes what was replaced.
pub(super) const REMOVAL: &str = "3-remove/remove.sh";

/// The command that sends a review.
pub(super) fn review_command(path: &str, review: &Review) -> String {
    let url = format!("{}?api-version={}", review.id(), Review::API_VERSION);
    format!("az rest --method put --url {} --body @{path}", quote(&url))
}

/// What a folder of Terraform needs besides, since it stands alone. *Documented*: azurerm wants a
/// block of `features`, and Terraform looks for providers that are not HashiCorp's only where it is
/// told; registry.terraform.io, read 2026-11.
const fn providers(target: Target) -> Option<&'static str> {
    match target {
        Target::Azurerm => Some(
            r#"terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.0"
    }
  }
}

# The subscription comes from ARM_SUBSCRIPTION_ID.
provider "azurerm" {
  features {}
}
"#,
        ),
        Target::Azapi | Target::AzapiAction => Some(
            r#"terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = ">= 2.0"
    }
  }
}
"#,
        ),
        _ => None,
    }
}

/// The target for policies: the one that was asked for, or the nearest that can carry them.
fn policy_target(target: Target) -> Target {
    match target {
        Target::Azapi => Target::AzapiAction,
        _ if target.carries().contains(&Carried::Policy) => target,
        _ => Target::AzRest,
    }
}

fn folder(step: &str, number: usize, names: &[&str]) -> String {
    let mut folder = format!("{step}/{:02}", number + 1);
    for name in names {
        let slug = slug(name);
        if !slug.is_empty() {
            folder.push('-');
            folder.push_str(&slug);
        }
    }
    folder
}

/// A name made safe for every file system and shell.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    // Of a name with which a user signs in, what stands behind the `@` is the same for all.
    for letter in name.split('@').next().unwrap_or_default().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= SLUG_LETTERS {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn last_name(scope: &Scope) -> &str {
    match scope {
        Scope::Tenant => "tenant",
        Scope::ManagementGroup { name } | Scope::ResourceGroup { name, .. } => name,
        Scope::Subscription { .. } => "subscription",
        Scope::Resource { path, .. } => path.last().map_or("", |part| &part.name),
    }
}

/// How a file is deployed, from the folder of the plan.
fn command(target: Target, folder: &str, scope: &Scope) -> Option<String> {
    let file = target.file_name();
    Some(match target {
        Target::Bicep | Target::ArmJson => deploy_command(scope, &format!("{folder}/{file}")),
        Target::Azurerm | Target::Azapi | Target::AzapiAction | Target::Azuread => {
            format!("terraform -chdir={folder} init && terraform -chdir={folder} apply")
        }
        Target::AzRest | Target::AzRoleAssignmentCreate => format!("(cd {folder} && bash {file})"),
        Target::AzRestPowershell | Target::Powershell => {
            format!("pwsh -WorkingDirectory {folder} -File {folder}/{file}")
        }
        Target::Rest | Target::Graph => return None,
    })
}
