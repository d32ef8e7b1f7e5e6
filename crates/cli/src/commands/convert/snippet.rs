//! A condition alone, as the snippet of a language.

use iac_emit::Target;
use iac_emit::document::{bash, bicep, hcl, powershell};
use iac_extract::AssignmentKind;
use pim_model::CONDITION_VERSION;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Bicep,
    Arm,
    Terraform,
    Bash,
    PowerShell,
    Rest,
    /// A target by its own name.
    Target(Target),
}

impl Language {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "bicep" => Self::Bicep,
            "arm" | "json" => Self::Arm,
            "terraform" | "hcl" => Self::Terraform,
            "bash" | "az" => Self::Bash,
            "powershell" => Self::PowerShell,
            "rest" => Self::Rest,
            other => Self::Target(other.parse().ok()?),
        })
    }

    /// Returns the target for a whole assignment.
    pub(super) const fn target(self, kind: AssignmentKind) -> Target {
        match self {
            Self::Bicep => Target::Bicep,
            Self::Arm => Target::ArmJson,
            // Azurerm's active assignment takes no condition.
            Self::Terraform => match kind {
                AssignmentKind::Role | AssignmentKind::Eligible => Target::Azurerm,
                AssignmentKind::Active => Target::Azapi,
            },
            Self::Bash => match kind {
                AssignmentKind::Role => Target::AzRoleAssignmentCreate,
                AssignmentKind::Eligible | AssignmentKind::Active => Target::AzRest,
            },
            Self::PowerShell => Target::Powershell,
            Self::Rest => Target::Rest,
            Self::Target(target) => target,
        }
    }

    /// Writes a condition and its version.
    pub(super) fn condition(self, text: &str) -> String {
        let version = CONDITION_VERSION;
        match self.target(AssignmentKind::Role) {
            Target::Bicep => {
                let quoted = match text.contains('\n') {
                    true => bicep::quote_block(text).unwrap_or_else(|| bicep::quote(text)),
                    false => bicep::quote(text),
                };
                format!("condition: {quoted}\nconditionVersion: '{version}'\n")
            }
            Target::ArmJson => {
                let text = serde_json::Value::from(iac_emit::document::arm::quote(text));
                format!("\"condition\": {text},\n\"conditionVersion\": \"{version}\"\n")
            }
            Target::Azurerm => {
                let quoted = hcl::quote_block(text, 0).unwrap_or_else(|| hcl::quote(text));
                format!("condition         = {quoted}\ncondition_version = \"{version}\"\n")
            }
            Target::Azapi | Target::AzapiAction | Target::Azuread => {
                let quoted = hcl::quote_block(text, 0).unwrap_or_else(|| hcl::quote(text));
                format!("condition        = {quoted}\nconditionVersion = \"{version}\"\n")
            }
            Target::AzRest | Target::AzRoleAssignmentCreate => {
                let quoted = bash::quote(text);
                format!("--condition {quoted} \\\n--condition-version {version}\n")
            }
            Target::Powershell | Target::AzRestPowershell => {
                let quoted = powershell::quote(text);
                format!("-Condition {quoted} `\n-ConditionVersion '{version}'\n")
            }
            Target::Rest | Target::Graph => {
                let text = serde_json::Value::from(text);
                format!("\"condition\": {text},\n\"conditionVersion\": \"{version}\"\n")
            }
        }
    }
}
