//! What can be written: each target, its name, and what it can carry.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

/// A tool that deploys role assignments, schedule requests or role policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A Bicep file.
    Bicep,
    /// An ARM template in JSON, with the schema of its scope.
    ArmJson,
    /// Terraform with the provider azurerm.
    Azurerm,
    /// Terraform with the provider azapi: `azapi_resource`.
    Azapi,
    /// Terraform with the provider azapi: `azapi_resource_action`, which can also remove.
    AzapiAction,
    /// Terraform with the provider azuread, for PIM for Groups.
    Azuread,
    /// `az rest`, as a bash script.
    AzRest,
    /// `az rest`, as a PowerShell script.
    AzRestPowershell,
    /// `az role assignment create`.
    AzRoleAssignmentCreate,
    /// The cmdlets of Az.Resources.
    Powershell,
    /// The bare call to Azure Resource Manager.
    Rest,
    /// The bare call to Microsoft Graph, for PIM for Groups.
    Graph,
}

impl Target {
    /// Every target, in the order in which they are listed.
    pub const ALL: [Self; 12] = [
        Self::Bicep,
        Self::ArmJson,
        Self::Azurerm,
        Self::Azapi,
        Self::AzapiAction,
        Self::Azuread,
        Self::AzRest,
        Self::AzRestPowershell,
        Self::AzRoleAssignmentCreate,
        Self::Powershell,
        Self::Rest,
        Self::Graph,
    ];

    /// Returns the name by which it is asked for: `az-rest`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bicep => "bicep",
            Self::ArmJson => "arm-json",
            Self::Azurerm => "terraform-azurerm",
            Self::Azapi => "terraform-azapi",
            Self::AzapiAction => "terraform-azapi-action",
            Self::Azuread => "terraform-azuread",
            Self::AzRest => "az-rest",
            Self::AzRestPowershell => "az-rest-powershell",
            Self::AzRoleAssignmentCreate => "az-role-assignment-create",
            Self::Powershell => "powershell",
            Self::Rest => "rest",
            Self::Graph => "graph",
        }
    }

    /// Returns what it is, in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Bicep => "Bicep file",
            Self::ArmJson => {
                "ARM template for a tenant, management group, subscription or resource group"
            }
            Self::Azurerm => "Terraform, provider azurerm",
            Self::Azapi => "Terraform, provider azapi, as a resource",
            Self::AzapiAction => "Terraform, provider azapi, as actions on apply and on destroy",
            Self::Azuread => "Terraform, provider azuread",
            Self::AzRest => "az rest, for bash",
            Self::AzRestPowershell => "az rest, for PowerShell",
            Self::AzRoleAssignmentCreate => "az role assignment create, for bash",
            Self::Powershell => "PowerShell, module Az.Resources",
            Self::Rest => "REST call to Azure Resource Manager",
            Self::Graph => "REST call to Microsoft Graph",
        }
    }

    /// Returns the name its file has where nobody chose one.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Bicep => "main.bicep",
            Self::ArmJson => "azuredeploy.json",
            Self::Azurerm => "main.tf",
            Self::Azapi => "azapi.tf",
            Self::AzapiAction => "azapi-action.tf",
            Self::Azuread => "azuread.tf",
            Self::AzRest => "az-rest.sh",
            Self::AzRestPowershell => "az-rest.ps1",
            Self::AzRoleAssignmentCreate => "az-role-assignment.sh",
            Self::Powershell => "powershell.ps1",
            Self::Rest => "rest.http",
            Self::Graph => "graph.http",
        }
    }

    /// Returns what it can carry.
    #[must_use]
    pub const fn carries(self) -> &'static [Carried] {
        use Carried::{
            Activation, Active, ActiveCondition, Assignment, AssignmentCondition, Eligible,
            EligibleCondition, Group, Policy, Remove, Update,
        };
        match self {
            Self::Bicep | Self::ArmJson => &[
                Eligible,
                EligibleCondition,
                Active,
                ActiveCondition,
                Update,
                Assignment,
                AssignmentCondition,
            ],
            Self::Azurerm => {
                &[Eligible, EligibleCondition, Active, Assignment, AssignmentCondition, Policy]
            }
            Self::Azapi => &[
                Eligible,
                EligibleCondition,
                Active,
                ActiveCondition,
                Assignment,
                AssignmentCondition,
            ],
            Self::AzapiAction => {
                &[Eligible, EligibleCondition, Active, ActiveCondition, Update, Policy]
            }
            Self::Azuread | Self::Graph => &[Group],
            Self::AzRoleAssignmentCreate => &[Assignment, AssignmentCondition],
            Self::AzRest | Self::AzRestPowershell | Self::Powershell | Self::Rest => &[
                Eligible,
                EligibleCondition,
                Active,
                ActiveCondition,
                Activation,
                Update,
                Remove,
                Assignment,
                AssignmentCondition,
                Policy,
            ],
        }
    }

    /// Tells whether the other is the same tool, or one that is used in the same way.
    pub(crate) fn is_like(self, other: Self) -> bool {
        let family = |target| match target {
            Self::Bicep | Self::ArmJson => 0,
            Self::Azurerm | Self::Azapi | Self::AzapiAction | Self::Azuread => 1,
            Self::Powershell | Self::AzRestPowershell => 2,
            Self::AzRest | Self::AzRoleAssignmentCreate => 3,
            Self::Rest | Self::Graph => 4,
        };
        family(self) == family(other)
    }
}

impl Display for Target {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// No target has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no target")]
pub struct UnknownTarget(pub String);

impl FromStr for Target {
    type Err = UnknownTarget;

    fn from_str(name: &str) -> Result<Self, UnknownTarget> {
        Self::ALL
            .into_iter()
            .find(|target| target.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownTarget(name.to_owned()))
    }
}

/// Something a target can or cannot carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carried {
    /// An eligible assignment.
    Eligible,
    /// An eligible assignment with a condition.
    EligibleCondition,
    /// An active assignment with a schedule.
    Active,
    /// An active assignment with a schedule and a condition.
    ActiveCondition,
    /// An activation, a deactivation, or a request to extend or renew one's own assignment.
    Activation,
    /// A change, extension or renewal of an assignment by an administrator.
    Update,
    /// The removal of an assignment.
    Remove,
    /// A plain role assignment, without PIM.
    Assignment,
    /// A plain role assignment with a condition.
    AssignmentCondition,
    /// A change of a role management policy.
    Policy,
    /// A request of PIM for Groups, for a member or an owner.
    Group,
}

impl Carried {
    /// Everything that can be carried, in the order in which it is listed.
    pub const ALL: [Self; 11] = [
        Self::Eligible,
        Self::EligibleCondition,
        Self::Active,
        Self::ActiveCondition,
        Self::Activation,
        Self::Update,
        Self::Remove,
        Self::Assignment,
        Self::AssignmentCondition,
        Self::Policy,
        Self::Group,
    ];

    /// Returns what it is, as a phrase with its article.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Eligible => "an eligible assignment",
            Self::EligibleCondition => "an eligible assignment with a condition",
            Self::Active => "an active assignment with a schedule",
            Self::ActiveCondition => "an active assignment with a schedule and a condition",
            Self::Activation => "a request of the assignee, such as an activation",
            Self::Update => "an update, extension or renewal",
            Self::Remove => "a removal",
            Self::Assignment => "a plain role assignment",
            Self::AssignmentCondition => "a plain role assignment with a condition",
            Self::Policy => "a change of a role management policy",
            Self::Group => "a request of PIM for Groups",
        }
    }
}
