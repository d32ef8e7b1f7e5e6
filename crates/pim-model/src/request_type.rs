//! The words of a schedule request: its family, its type, who holds the role.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Which kind of assignment a request is about, and with it the endpoint it is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Family {
    /// The principal may activate the role: `roleEligibilityScheduleRequests`.
    Eligibility,
    /// The principal has the role: `roleAssignmentScheduleRequests`.
    Assignment,
}

impl Family {
    /// Returns the resource type of its requests, without the namespace.
    #[must_use]
    pub const fn request_kind(self) -> &'static str {
        match self {
            Self::Eligibility => "roleEligibilityScheduleRequests",
            Self::Assignment => "roleAssignmentScheduleRequests",
        }
    }

    /// Returns the resource type of its schedules, without the namespace.
    #[must_use]
    pub const fn schedule_kind(self) -> &'static str {
        match self {
            Self::Eligibility => "roleEligibilitySchedules",
            Self::Assignment => "roleAssignmentSchedules",
        }
    }

    /// Returns the resource type of its requests, as templates write it.
    #[must_use]
    pub const fn resource_type(self) -> &'static str {
        match self {
            Self::Eligibility => "Microsoft.Authorization/roleEligibilityScheduleRequests",
            Self::Assignment => "Microsoft.Authorization/roleAssignmentScheduleRequests",
        }
    }

    /// Returns the name of its requests in Microsoft Graph.
    #[must_use]
    pub const fn graph_kind(self) -> &'static str {
        match self {
            Self::Eligibility => "eligibilityScheduleRequests",
            Self::Assignment => "assignmentScheduleRequests",
        }
    }

    /// Returns the property that names the schedule a request changes.
    #[must_use]
    pub const fn target_schedule_field(self) -> &'static str {
        match self {
            Self::Eligibility => "targetRoleEligibilityScheduleId",
            Self::Assignment => "targetRoleAssignmentScheduleId",
        }
    }

    /// Returns the property that names the schedule instance a request changes.
    #[must_use]
    pub const fn target_instance_field(self) -> &'static str {
        match self {
            Self::Eligibility => "targetRoleEligibilityScheduleInstanceId",
            Self::Assignment => "targetRoleAssignmentScheduleInstanceId",
        }
    }

    /// Returns the portal's word for the assignment: `eligible` or `active`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eligibility => "eligible",
            Self::Assignment => "active",
        }
    }

    /// Returns the family of a resource type, with or without the namespace; case does not count.
    #[must_use]
    pub fn of_resource_type(text: &str) -> Option<Self> {
        let kind = text.rsplit('/').next().unwrap_or(text);
        [Self::Eligibility, Self::Assignment]
            .into_iter()
            .find(|family| kind.eq_ignore_ascii_case(family.request_kind()))
    }
}

/// Which spelling of names and tokens is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Casing {
    /// Azure Resource Manager: `AdminAssign`.
    #[default]
    Arm,
    /// Microsoft Graph: `adminAssign`.
    Graph,
}

macro_rules! tokens {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $arm:literal / $graph:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the token as Azure Resource Manager writes it.
            #[must_use]
            pub const fn arm(self) -> &'static str {
                match self { $(Self::$variant => $arm,)* }
            }

            /// Returns the token as Microsoft Graph writes it.
            #[must_use]
            pub const fn graph(self) -> &'static str {
                match self { $(Self::$variant => $graph,)* }
            }

            /// Returns the token in one of the two spellings.
            #[must_use]
            pub const fn token(self, casing: $crate::Casing) -> &'static str {
                match casing {
                    $crate::Casing::Arm => self.arm(),
                    $crate::Casing::Graph => self.graph(),
                }
            }

            /// Returns what a token means; case does not count, so that wrong case can be reported.
            #[must_use]
            pub fn from_token(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| {
                    one.arm().eq_ignore_ascii_case(text) || one.graph().eq_ignore_ascii_case(text)
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.arm())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.arm())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                Self::from_token(&text).ok_or_else(|| {
                    let expected: &[&str] = &[$($arm),*];
                    serde::de::Error::unknown_variant(&text, expected)
                })
            }
        }
    };
}
pub(crate) use tokens;

tokens! {
    /// What a schedule request asks for.
    RequestType {
        /// An administrator makes a principal eligible or gives it the role.
        AdminAssign = "AdminAssign" / "adminAssign",
        /// An administrator changes a schedule.
        AdminUpdate = "AdminUpdate" / "adminUpdate",
        /// An administrator takes it away.
        AdminRemove = "AdminRemove" / "adminRemove",
        /// An administrator lets it end later, before it has ended.
        AdminExtend = "AdminExtend" / "adminExtend",
        /// An administrator brings it back after it has ended.
        AdminRenew = "AdminRenew" / "adminRenew",
        /// An eligible user activates the role.
        SelfActivate = "SelfActivate" / "selfActivate",
        /// A user ends an activation.
        SelfDeactivate = "SelfDeactivate" / "selfDeactivate",
        /// A user asks for a later end.
        SelfExtend = "SelfExtend" / "selfExtend",
        /// A user asks for it again after it has ended.
        SelfRenew = "SelfRenew" / "selfRenew",
    }
}

impl RequestType {
    /// Says whether the principal sends the request for itself.
    #[must_use]
    pub const fn is_self(self) -> bool {
        matches!(
            self,
            Self::SelfActivate | Self::SelfDeactivate | Self::SelfExtend | Self::SelfRenew
        )
    }

    /// Says whether the request takes something away, and so has no schedule.
    #[must_use]
    pub const fn is_removal(self) -> bool {
        matches!(self, Self::AdminRemove | Self::SelfDeactivate)
    }

    /// Says whether the request changes a schedule that is already there.
    #[must_use]
    pub const fn changes_schedule(self) -> bool {
        matches!(
            self,
            Self::AdminUpdate
                | Self::AdminExtend
                | Self::AdminRenew
                | Self::SelfExtend
                | Self::SelfRenew
        )
    }
}

tokens! {
    /// What kind of principal holds a role.
    PrincipalType {
        /// A person.
        User = "User" / "user",
        /// A group.
        Group = "Group" / "group",
        /// An application or a managed identity.
        ServicePrincipal = "ServicePrincipal" / "servicePrincipal",
        /// A group of another tenant.
        ForeignGroup = "ForeignGroup" / "foreignGroup",
        /// A device.
        Device = "Device" / "device",
    }
}

tokens! {
    /// What a principal is in a group.
    Access {
        /// A member.
        Member = "member" / "member",
        /// An owner.
        Owner = "owner" / "owner",
    }
}

tokens! {
    /// How a schedule ends, as the wire names it.
    ExpirationType {
        /// It does not.
        NoExpiration = "NoExpiration" / "noExpiration",
        /// After a duration, counted from its start.
        AfterDuration = "AfterDuration" / "afterDuration",
        /// At an instant.
        AfterDateTime = "AfterDateTime" / "afterDateTime",
    }
}

impl fmt::Display for Family {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
