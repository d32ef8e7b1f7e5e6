//! The eighteen rules of a policy.

use crate::request_type::tokens;
use std::fmt;

tokens! {
    /// Who acts, in the target of a rule.
    Caller {
        /// An administrator.
        Admin = "Admin" / "Admin",
        /// The one who activates.
        EndUser = "EndUser" / "EndUser",
    }
}

tokens! {
    /// What a rule is about, in its target.
    Level {
        /// Being eligible.
        Eligibility = "Eligibility" / "Eligibility",
        /// Being active.
        Assignment = "Assignment" / "Assignment",
    }
}

tokens! {
    /// What an operation of a target may be.
    PolicyOperation {
        /// Every one.
        All = "All" / "All",
    }
}

tokens! {
    /// Who is told.
    Recipient {
        /// The administrators.
        Admin = "Admin" / "Admin",
        /// The one who gets the role.
        Requestor = "Requestor" / "Requestor",
        /// The approvers.
        Approver = "Approver" / "Approver",
    }
}

tokens! {
    /// The kind of a rule: `ruleType` in ARM, `@odata.type` in Graph.
    RuleKind {
        /// How long.
        Expiration = "RoleManagementPolicyExpirationRule" / "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
        /// What is required.
        Enablement = "RoleManagementPolicyEnablementRule" / "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule",
        /// Whether a conditional access authentication context is required.
        AuthenticationContext = "RoleManagementPolicyAuthenticationContextRule" / "#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule",
        /// Who approves.
        Approval = "RoleManagementPolicyApprovalRule" / "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule",
        /// Who is told.
        Notification = "RoleManagementPolicyNotificationRule" / "#microsoft.graph.unifiedRoleManagementPolicyNotificationRule",
        /// Whether assignments outside PIM are blocked.
        PimOnlyMode = "RoleManagementPolicyPimOnlyModeRule" / "#microsoft.graph.unifiedRoleManagementPolicyPimOnlyModeRule",
    }
}

macro_rules! rule_ids {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $kind:ident, $caller:ident, $level:ident, $portal:literal;)*) => {
        /// The id of a rule.
        ///
        /// *Documented*: role management policies API, 2020-10-01 to 2024-09-01-preview, read
        /// 2026-11.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId {
            $($(#[$doc])* $variant,)*
            /// Another id; kept as it is.
            Unknown(String),
        }

        impl RuleId {
            /// Every known id, in the order of the portal's settings.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self { $(Self::$variant => $id,)* Self::Unknown(id) => id }
            }

            /// Returns what kind of rule has this id.
            #[must_use]
            pub const fn kind(&self) -> Option<RuleKind> {
                match self { $(Self::$variant => Some(RuleKind::$kind),)* Self::Unknown(_) => None }
            }

            /// Returns who acts.
            #[must_use]
            pub const fn caller(&self) -> Option<Caller> {
                match self { $(Self::$variant => Some(Caller::$caller),)* Self::Unknown(_) => None }
            }

            /// Returns whether it is about being eligible or active.
            #[must_use]
            pub const fn level(&self) -> Option<Level> {
                match self { $(Self::$variant => Some(Level::$level),)* Self::Unknown(_) => None }
            }

            /// Returns the setting in the portal's words.
            #[must_use]
            pub fn portal(&self) -> &str {
                match self { $(Self::$variant => $portal,)* Self::Unknown(id) => id }
            }
        }
    };
}

rule_ids! {
    /// How long an activation lasts.
    ExpirationEndUserAssignment = "Expiration_EndUser_Assignment", Expiration, EndUser, Assignment, "Activation maximum duration";
    /// What an activation requires.
    EnablementEndUserAssignment = "Enablement_EndUser_Assignment", Enablement, EndUser, Assignment, "On activation, require";
    /// The authentication context of an activation.
    AuthenticationContextEndUserAssignment = "AuthenticationContext_EndUser_Assignment", AuthenticationContext, EndUser, Assignment, "On activation, require Microsoft Entra Conditional Access authentication context";
    /// Who approves an activation.
    ApprovalEndUserAssignment = "Approval_EndUser_Assignment", Approval, EndUser, Assignment, "Require approval to activate";
    /// How long one stays eligible.
    ExpirationAdminEligibility = "Expiration_Admin_Eligibility", Expiration, Admin, Eligibility, "Expire eligible assignments after";
    /// How long one stays active.
    ExpirationAdminAssignment = "Expiration_Admin_Assignment", Expiration, Admin, Assignment, "Expire active assignments after";
    /// What making active requires.
    EnablementAdminAssignment = "Enablement_Admin_Assignment", Enablement, Admin, Assignment, "On active assignment, require";
    /// What making eligible requires; the portal does not show it.
    EnablementAdminEligibility = "Enablement_Admin_Eligibility", Enablement, Admin, Eligibility, "On eligible assignment, require (not in the portal)";
    /// Mail to administrators when someone becomes eligible.
    NotificationAdminAdminEligibility = "Notification_Admin_Admin_Eligibility", Notification, Admin, Eligibility, "Assigned as eligible: role assignment alert";
    /// Mail to the one who becomes eligible.
    NotificationRequestorAdminEligibility = "Notification_Requestor_Admin_Eligibility", Notification, Admin, Eligibility, "Assigned as eligible: notification to the assigned user (assignee)";
    /// Mail to approvers of an eligible assignment's renewal.
    NotificationApproverAdminEligibility = "Notification_Approver_Admin_Eligibility", Notification, Admin, Eligibility, "Assigned as eligible: request to approve a role assignment renewal/extension";
    /// Mail to administrators when someone becomes active.
    NotificationAdminAdminAssignment = "Notification_Admin_Admin_Assignment", Notification, Admin, Assignment, "Assigned as active: role assignment alert";
    /// Mail to the one who becomes active.
    NotificationRequestorAdminAssignment = "Notification_Requestor_Admin_Assignment", Notification, Admin, Assignment, "Assigned as active: notification to the assigned user (assignee)";
    /// Mail to approvers of an active assignment's renewal.
    NotificationApproverAdminAssignment = "Notification_Approver_Admin_Assignment", Notification, Admin, Assignment, "Assigned as active: request to approve a role assignment renewal/extension";
    /// Mail to administrators when someone activates.
    NotificationAdminEndUserAssignment = "Notification_Admin_EndUser_Assignment", Notification, EndUser, Assignment, "Activation: role activation alert";
    /// Mail to the one who activates.
    NotificationRequestorEndUserAssignment = "Notification_Requestor_EndUser_Assignment", Notification, EndUser, Assignment, "Activation: notification to activated user (requestor)";
    /// Mail to the approvers of an activation.
    NotificationApproverEndUserAssignment = "Notification_Approver_EndUser_Assignment", Notification, EndUser, Assignment, "Activation: request to approve an activation";
    /// Whether assignments outside PIM are blocked; 2024-02-01-preview and later.
    PimOnlyModeAdminAssignment = "PIMOnlyMode_Admin_Assignment", PimOnlyMode, Admin, Assignment, "Block assignments outside PIM (not in the portal)";
}

impl RuleId {
    /// Returns the id of a text; an unknown one is kept.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self::ALL
            .iter()
            .find(|id| id.as_str() == text)
            .cloned()
            .unwrap_or_else(|| Self::Unknown(text.to_owned()))
    }

    /// Returns who is told, for a notification rule.
    #[must_use]
    pub fn recipient(&self) -> Option<Recipient> {
        let rest = self.as_str().strip_prefix("Notification_")?;
        Recipient::from_token(rest.split('_').next()?)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
