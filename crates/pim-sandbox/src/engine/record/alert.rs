//! Role management alerts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The alerts there are (*documented*: role management alerts API 2022-08-01-preview, 2026-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum AlertKind {
    AzureRolesAssignedOutsidePimAlert,
    DuplicateRoleCreated,
    TooManyOwnersAssignedToResource,
    TooManyPermanentOwnersAssignedToResource,
}

impl AlertKind {
    /// Every alert, in the order of names.
    pub(crate) const ALL: [Self; 4] = [
        Self::AzureRolesAssignedOutsidePimAlert,
        Self::DuplicateRoleCreated,
        Self::TooManyOwnersAssignedToResource,
        Self::TooManyPermanentOwnersAssignedToResource,
    ];

    /// Returns its id.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::AzureRolesAssignedOutsidePimAlert => "AzureRolesAssignedOutsidePimAlert",
            Self::DuplicateRoleCreated => "DuplicateRoleCreated",
            Self::TooManyOwnersAssignedToResource => "TooManyOwnersAssignedToResource",
            Self::TooManyPermanentOwnersAssignedToResource => {
                "TooManyPermanentOwnersAssignedToResource"
            }
        }
    }

    /// Returns the alert of an id; case does not count.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str().eq_ignore_ascii_case(text))
    }

    /// Whether it compares a count with thresholds.
    pub(crate) const fn has_thresholds(self) -> bool {
        matches!(
            self,
            Self::TooManyOwnersAssignedToResource | Self::TooManyPermanentOwnersAssignedToResource
        )
    }
}

/// An alert at a scope: its settings, and what the last scan found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Alert {
    pub(crate) scope: String,
    pub(crate) kind: AlertKind,
    pub(crate) is_enabled: bool,
    /// How many there must be at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) threshold_number: Option<u32>,
    /// How many of a hundred there must be at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) threshold_percentage: Option<u32>,
    /// Whether somebody dismissed what was found.
    #[serde(default)]
    pub(crate) is_dismissed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scanned_on: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) modified_on: Option<Timestamp>,
    /// The operation of the last scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) operation: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) incidents: Vec<Incident>,
}

/// One thing that an alert found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Incident {
    /// Its name, the same in every scan.
    pub(crate) name: Uuid,
    pub(crate) subject: Subject,
}

/// What an incident is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Subject {
    /// An active assignment, by the name of its role assignment.
    Assignment(Uuid),
    /// A custom role, and the roles that are like it.
    Role {
        /// The custom role.
        role: Uuid,
        /// The others.
        like: Vec<Uuid>,
        /// Whether they share the name; they share the permissions otherwise.
        name: bool,
    },
}

impl Alert {
    /// Makes an alert as it is before anybody changes it. The thresholds are those of the official
    /// example (*observed*: GetAlertConfigurations, 2022-08-01-preview, 2026-11).
    pub(crate) fn new(scope: &str, kind: AlertKind) -> Self {
        let (number, percentage) = match kind {
            AlertKind::TooManyOwnersAssignedToResource => (Some(2), Some(3)),
            AlertKind::TooManyPermanentOwnersAssignedToResource => (Some(10), Some(10)),
            _ => (None, None),
        };
        Self {
            scope: scope.to_owned(),
            kind,
            is_enabled: true,
            threshold_number: number,
            threshold_percentage: percentage,
            is_dismissed: false,
            scanned_on: None,
            modified_on: None,
            operation: None,
            incidents: Vec::new(),
        }
    }

    pub(crate) fn key(&self) -> String {
        format!("{}|{}", self.scope.to_lowercase(), self.kind.as_str())
    }

    /// Whether it rings.
    pub(crate) fn is_active(&self) -> bool {
        self.is_enabled && !self.is_dismissed && !self.incidents.is_empty()
    }
}
