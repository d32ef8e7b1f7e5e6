//! The form, as the person fills it in: every field is text until it is read.

use iac_emit::Cloud;
use pim_model::PrincipalType;
use serde::{Deserialize, Serialize};

/// The fields of the form. The role is that of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Form {
    /// Where it holds: the id of a subscription, a resource group, a resource, or a management
    /// group.
    pub scope: String,
    /// The object id of the principal.
    pub principal: String,
    /// The kind of principal, in Azure's spelling.
    pub principal_type: String,
    /// Eligible, active, or a plain role assignment without PIM.
    pub assignment: Assignment,
    /// When it starts; now where it is empty.
    pub start: String,
    /// When it ends.
    pub end: End,
    /// Why.
    pub justification: String,
    /// The number of the ticket.
    pub ticket_number: String,
    /// The system of the ticket.
    pub ticket_system: String,
    /// Whether the condition goes with it.
    pub with_condition: bool,
    /// Where it is sent.
    pub cloud: CloudName,
}

/// What kind of assignment is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Assignment {
    /// The principal may activate the role.
    #[default]
    Eligible,
    /// The principal has the role, for a time.
    Active,
    /// A plain role assignment, without PIM.
    Plain,
}

/// How the assignment ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// After a time, `180 days` or `P180D`.
    After(String),
    /// At an instant, `2026-12-31T00:00:00Z`.
    At(String),
    /// Never.
    Never,
}

impl Default for End {
    fn default() -> Self {
        Self::After("180 days".to_owned())
    }
}

/// The cloud that the call goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CloudName {
    /// The public cloud.
    #[default]
    Public,
    /// Azure Government.
    UsGovernment,
    /// The cloud of the US Department of Defense.
    UsDefense,
    /// Azure operated by 21Vianet.
    China,
}

impl CloudName {
    /// Every cloud.
    pub const ALL: [Self; 4] = [Self::Public, Self::UsGovernment, Self::UsDefense, Self::China];

    /// Returns what a person reads.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Public => "Azure",
            Self::UsGovernment => "Azure Government",
            Self::UsDefense => "Azure Government for the Department of Defense",
            Self::China => "Azure operated by 21Vianet",
        }
    }

    /// Returns the cloud.
    #[must_use]
    pub const fn cloud(self) -> Cloud {
        match self {
            Self::Public => Cloud::Public,
            Self::UsGovernment => Cloud::UsGovernment,
            Self::UsDefense => Cloud::UsDefense,
            Self::China => Cloud::China,
        }
    }
}

impl Default for Form {
    fn default() -> Self {
        Self {
            scope: String::new(),
            principal: String::new(),
            principal_type: PrincipalType::User.arm().to_owned(),
            assignment: Assignment::default(),
            start: String::new(),
            end: End::default(),
            justification: String::new(),
            ticket_number: String::new(),
            ticket_system: String::new(),
            with_condition: true,
            cloud: CloudName::default(),
        }
    }
}
