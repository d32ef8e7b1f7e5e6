//! Writing requests, assignments and policies for the tools that deploy them.

use super::wording::only;
use super::{RequestOptions, scope};
use crate::answer::Failure;
use crate::finding::{Finding, findings};
use crate::known::{KnownFacts, find_role};
use iac_emit::{Carried, Cloud, EmitError, Input, InputError, Options, Target};
use pim_model::Timestamp;
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// What is written, and for whom.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct EmitOptions {
    /// The name of the target; `targets` lists them.
    pub target: String,
    /// The cloud, for targets that spell out an address; the public one, unless it is said.
    #[serde(default)]
    pub cloud: CloudName,
    /// The role whose policy it is, by name or GUID, where the policy does not tell.
    #[serde(default)]
    pub role: Option<String>,
    /// What the document does not say about itself.
    #[serde(default)]
    pub request: RequestOptions,
    /// What a tenant adds to the facts, such as names of roles.
    #[serde(default)]
    pub known: KnownFacts,
}

/// A cloud of Azure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum CloudName {
    /// The public cloud.
    #[default]
    Public,
    /// Azure Government.
    UsGovernment,
    /// US Department of Defense.
    UsDefense,
    /// Azure operated by 21Vianet.
    China,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Emission {
    /// The text, which ends with a line break.
    pub text: String,
    /// The name its file has where nobody chose one.
    pub file_name: &'static str,
    /// What the reader should know besides, a sentence each.
    pub notes: Vec<String>,
    /// The warnings about the document; one with errors is not written.
    pub findings: Vec<Finding>,
}

/// A tool that deploys role assignments, schedule requests or role policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TargetInfo {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// The name its file has where nobody chose one.
    pub file_name: &'static str,
    /// What it can carry, as phrases.
    pub carries: Vec<&'static str>,
}

/// Lists the targets.
#[must_use]
pub fn targets() -> Vec<TargetInfo> {
    let target = |target: Target| TargetInfo {
        name: target.name(),
        title: target.title(),
        file_name: target.file_name(),
        carries: target.carries().iter().copied().map(Carried::title).collect(),
    };
    Target::ALL.map(target).to_vec()
}

/// Writes the one request, assignment or policy of a document for a target. `is_nfc` says whether a
/// text is in Unicode's form NFC.
///
/// # Errors
///
/// A document with errors, a target that cannot carry it, options that cannot be read.
pub fn emit(
    source: &str,
    options: &EmitOptions,
    now: Timestamp,
    is_nfc: impl FnOnce(&str) -> bool,
) -> Result<Emission, Failure> {
    let target: Target = options.target.parse().map_err(|_| {
        let names = Target::ALL.map(Target::name);
        let failure = Failure::new("target", format!("`{}` is no target", options.target));
        match diagnostics::closest(&options.target, names) {
            Some(name) => failure.help(format!("did you mean `{name}`?")),
            None => failure.help(format!("the targets are `{}`", names.join("`, `"))),
        }
    })?;
    let catalog = options.known.catalog()?;
    let loaded = pim_model::check(source, &options.request.model(now)?);
    if let Some(failure) = Failure::of_errors(source, &loaded.diagnostics) {
        return Err(failure);
    }
    let item = only(loaded.items, source, &loaded.diagnostics)?;
    let guid_of = |model: &pim_model::Model| model.role().map(|role| role.to_string());
    let role = match &options.role {
        Some(name) => Some(find_role(&catalog, name)?),
        None => guid_of(&item.model).and_then(|guid| catalog.role(&guid)),
    };
    let guid = role.and_then(|role| role.id().parse().ok()).or_else(|| item.model.role());
    let place = options.request.scope.as_deref().map(scope).transpose()?;
    let input = Input::of(item.model, place, guid).map_err(|error| {
        let failure = Failure::new("document", error.to_string());
        match error {
            InputError::NoScope => failure.help("give it with `request.scope`"),
            InputError::NoRole => failure.help("give it with `role`"),
            InputError::NotDeployed => failure,
        }
    })?;
    let cloud = match options.cloud {
        CloudName::Public => Cloud::Public,
        CloudName::UsGovernment => Cloud::UsGovernment,
        CloudName::UsDefense => Cloud::UsDefense,
        CloudName::China => Cloud::China,
    };
    let role_name = role.map(|role| role.name().to_owned());
    let options = Options { role_name, cloud };
    let emitted = iac_emit::emit_with(input, target, &options, is_nfc).map_err(|error| {
        let id = match error {
            EmitError::Refused { .. } => "target",
            EmitError::Incomplete(_) => "document",
        };
        Failure::new(id, error.to_string())
    })?;
    Ok(Emission {
        text: emitted.text,
        file_name: target.file_name(),
        notes: emitted.notes,
        findings: findings(source, &loaded.diagnostics),
    })
}
