//! Every sentence that stands in what we write, or says why nothing was written.

use crate::document::bash;
use crate::plan::{End, Kind, Plan};
use crate::target::{Carried, Target};
use pim_model::Scope;

/// What a second deployment, or a second run, does.
pub(crate) fn second_time(plan: &Plan, target: Target) -> String {
    let again = match target {
        Target::Bicep | Target::ArmJson => "A second deployment",
        _ => "A second run",
    };
    match (target, plan.kind, plan.name) {
        (Target::Azurerm, Kind::Plain, _) | (Target::Azapi, Kind::Plain, Some(_)) => {
            "A second apply changes nothing.".to_owned()
        }
        (Target::Azurerm, _, name) => {
            let ends = match plan.end() {
                End::Never | End::Unsaid => "",
                End::After(_) | End::At(_) => {
                    " After the schedule has ended, the assignment is gone and the next apply makes it \
                     again."
                }
            };
            let named =
                if name.is_some() { "\nazurerm chooses the names of its requests." } else { "" };
            format!("A second apply changes nothing.{ends}{named}")
        }
        (Target::AzapiAction, _, name) => {
            let changed = match (name, plan.carried()) {
                (Some(_), _) => "A changed request needs another name",
                (None, Carried::Update) => "A changed request is sent under a new name",
                (None, _) => {
                    "A changed request is sent under a new name; while the assignment lasts, its \
                     requestType has to be AdminUpdate"
                }
            };
            format!("A second apply sends nothing, and drift is not noticed. {changed}.")
        }
        (Target::Azapi, Kind::Plain, None) => {
            "A second apply changes nothing: the name is kept in the state.".to_owned()
        }
        (Target::Azapi, _, _) => format!(
            "A second apply changes nothing while Azure knows the request, about 45 days; then it asks \
             again, and is refused with RoleAssignmentExists while the assignment lasts. \
             `terraform destroy` fails with 405, since schedule requests cannot be deleted: take the \
             resource out of the state and send an AdminRemove, or use the target {}.",
            Target::AzapiAction
        ),
        (Target::Bicep | Target::ArmJson, Kind::Plain, None) => {
            "A second deployment changes nothing: the name follows from scope, principal and role."
                .to_owned()
        }
        (_, Kind::Plain, Some(_)) => format!("{again} changes nothing: the name is the same."),
        (Target::AzRoleAssignmentCreate, Kind::Plain, None) => {
            "A second run changes nothing, not even the condition: the command gives back the assignment \
             there is."
                .to_owned()
        }
        (_, Kind::Plain, None) => {
            format!("{again} is refused with RoleAssignmentExists.")
        }
        (_, _, Some(_)) => format!(
            "{again} is refused, because a request of this name exists already; it changes nothing. \
             To ask again, change the nonce that the name is made from."
        ),
        (_, _, None) => match plan.carried() {
            Carried::Remove => {
                format!("{again} is refused with RoleAssignmentDoesNotExist once this one is done.")
            }
            Carried::Activation if plan.request_type() == "SelfDeactivate" => {
                format!("{again} is refused with RoleAssignmentDoesNotExist once this one is done.")
            }
            Carried::Update => format!(
                "{again} is a new request of the same kind; schedule requests are never changed."
            ),
            _ => format!(
                "{again} is a new request, refused with RoleAssignmentExists while the assignment \
                 lasts; schedule requests are never changed."
            ),
        },
    }
}

/// The command that deploys a template.
pub(crate) fn deploy_command(scope: &Scope, file: &str) -> String {
    let quote = bash::quote;
    let subscription = scope.subscription_id().map(|id| id.to_string()).unwrap_or_default();
    let place = match scope {
        Scope::Tenant => "tenant create --location <region>".to_owned(),
        Scope::ManagementGroup { name } => {
            format!("mg create --location <region> --management-group-id {}", quote(name))
        }
        Scope::Subscription { .. } | Scope::Resource { resource_group: None, .. } => {
            format!("sub create --location <region> --subscription {subscription}")
        }
        Scope::ResourceGroup { name, .. } | Scope::Resource { resource_group: Some(name), .. } => {
            format!("group create --subscription {subscription} --resource-group {}", quote(name))
        }
    };
    format!("az deployment {place} --template-file {file}")
}

/// Why a target cannot carry something.
pub(crate) fn why_not(target: Target, carried: Carried) -> &'static str {
    use Carried as C;
    use Target as T;
    match (target, carried) {
        (T::Bicep | T::ArmJson, C::Policy) => {
            "the type roleManagementPolicies is read-only there, and a PUT is answered with 400"
        }
        (T::Azapi, C::Policy) => {
            "`azapi_resource` sends PUT, which policies answer with 400; only PATCH works"
        }
        (T::Bicep | T::ArmJson | T::Azapi | T::AzapiAction | T::Azurerm, C::Activation) => {
            "the request would be made in the name of whoever deploys, and only the assignee can make it"
        }
        (T::Bicep | T::ArmJson, C::Remove) => {
            "a template describes what shall be there; what is missing from it is not removed"
        }
        (T::Azapi | T::AzapiAction | T::Azurerm, C::Remove) => {
            "Terraform removes what is taken out of the configuration"
        }
        (T::Azurerm, C::Update) => {
            "it sends AdminAssign alone, and replaces the assignment when an argument changes"
        }
        (T::Azurerm, C::ActiveCondition) => {
            "`azurerm_pim_active_role_assignment` has no argument `condition`"
        }
        (T::AzapiAction, C::Assignment | C::AssignmentCondition) => {
            "an action is sent once and its effect never looked at again, while a role assignment can \
             be managed as a resource"
        }
        (T::Azapi, C::Update) => {
            "a resource is kept as it is written, while such a request is sent once"
        }
        (T::AzRoleAssignmentCreate, C::Policy) => {
            "the command makes role assignments and nothing else"
        }
        (T::AzRoleAssignmentCreate, _) => {
            "the command makes standing role assignments, and the Azure CLI has no command for PIM"
        }
        (T::Azuread, _) => {
            "the provider manages Microsoft Entra ID, not the roles of Azure resources"
        }
        (T::Graph, _) => "Microsoft Graph has no API for the roles of Azure resources",
        (_, C::Group) => "PIM for Groups is part of Microsoft Graph, not of Azure Resource Manager",
        _ => "there is no way to say it",
    }
}
