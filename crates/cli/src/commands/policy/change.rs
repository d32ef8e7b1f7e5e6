//! Changes of a policy, written for a target.

use crate::Status;
use crate::configuration::{Configurations, Source, find_role};
use crate::console::Console;
use crate::failure::Failure;
use crate::pim::SnippetArguments;
use iac_emit::{Input, PolicyChange, Target};
use pim_model::policy::{Change, RuleSettings};
use pim_model::{Policy, RoleDefinitionId, Scope};
use uuid::Uuid;

/// Finds a role by name or GUID; one that only the tenant knows has no name.
pub(super) fn role(
    text: Option<&str>,
    source: &Source,
) -> Result<Option<(Uuid, Option<String>)>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let configuration = Configurations::new(source)?.of(None)?;
    let catalog = configuration.catalog();
    if let Ok(guid) = Uuid::try_parse(text.trim()) {
        let known = catalog.role(&guid.hyphenated().to_string());
        return Ok(Some((guid, known.map(|role| role.name().to_owned()))));
    }
    let role =
        find_role(catalog, text).map_err(|(message, help)| Failure::new(message).help(help))?;
    let wrong = |_| Failure::new(format!("the id of `{text}` is no GUID"));
    let guid = Uuid::try_parse(role.id()).map_err(wrong)?;
    Ok(Some((guid, Some(role.name().to_owned()))))
}

/// Says whether a change asks for approval that nobody could give.
pub(super) fn nobody_approves(changes: &[Change]) -> bool {
    changes.iter().any(|change| {
        matches!(&change.after.settings, RuleSettings::Approval(approval)
            if approval.is_approval_required && approval.approvers().next().is_none())
    })
}

/// Writes the rules that change for a target.
pub(super) fn write(
    policy: &Policy,
    changes: &[Change],
    scope: Option<&Scope>,
    role: Option<(Uuid, Option<String>)>,
    snippet: &SnippetArguments,
    console: &mut Console,
) -> Result<Status, Failure> {
    if nobody_approves(changes) {
        return Err(Failure::new("approval would be required and nobody could approve")
            .help("name the groups that may approve with --approver"));
    }
    let missing = |what: &str, option: &str| {
        Failure::new(format!("the policy does not say {what}"))
            .help(format!("give it with {option}"))
    };
    let scope = scope.or(policy.scope.as_ref()).cloned();
    let scope = scope.ok_or_else(|| missing("at which scope it holds", "--scope"))?;
    let own = policy.role().map(|guid| (guid, None));
    let (guid, name) = role.or(own).ok_or_else(|| missing("of which role it is", "--role"))?;
    let input = Input::Policy(PolicyChange {
        role_definition_id: RoleDefinitionId::seen_from(&scope, guid),
        scope,
        rules: changes.iter().map(|change| change.after.clone()).collect(),
    });
    snippet.write(&input, name, Some(Target::AzRest), console)
}
