//! A baseline for the roles that matter most in production.
//!
//! The values are this project's advice and not Microsoft's: short activations with MFA,
//! justification, ticket and approval, no permanent eligibility, an end after 180 days.

use super::Policy;
use super::approval::{Approval, ApprovalStage, Approver};
use super::rule::{Enabled, Expires, Rule, RuleSettings};
use super::rule_id::RuleId;
use crate::duration::Duration;
use uuid::Uuid;

/// A role the baseline is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrivilegedRole {
    /// Owner.
    Owner,
    /// User Access Administrator.
    UserAccessAdministrator,
    /// Role Based Access Control Administrator.
    RoleBasedAccessControlAdministrator,
    /// Contributor.
    Contributor,
}

impl PrivilegedRole {
    /// Every one of them.
    pub const ALL: [Self; 4] = [
        Self::Owner,
        Self::UserAccessAdministrator,
        Self::RoleBasedAccessControlAdministrator,
        Self::Contributor,
    ];

    /// Returns the name of the role.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::UserAccessAdministrator => "User Access Administrator",
            Self::RoleBasedAccessControlAdministrator => "Role Based Access Control Administrator",
            Self::Contributor => "Contributor",
        }
    }

    /// Returns the GUID of the role, the same in every tenant (*documented*: built-in-roles, read
    /// 2026-11).
    #[must_use]
    pub const fn guid(self) -> Uuid {
        match self {
            Self::Owner => Uuid::from_u128(0x8e3af657_a8ff_443c_a75c_2fe8c4bcb635),
            Self::UserAccessAdministrator => {
                Uuid::from_u128(0x18d7d88d_d35e_4fb5_a5c3_7773c20a72d9)
            }
            Self::RoleBasedAccessControlAdministrator => {
                Uuid::from_u128(0xf58310d9_a9f6_439a_9e8d_f62e7b41a168)
            }
            Self::Contributor => Uuid::from_u128(0xb24988ac_6180_42a0_ab88_20f7382dd24c),
        }
    }

    /// Returns the role of a GUID.
    #[must_use]
    pub fn of(guid: Uuid) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.guid() == guid)
    }

    /// Returns the longest activation of the baseline.
    #[must_use]
    pub const fn activation(self) -> Duration {
        match self {
            Self::Owner | Self::UserAccessAdministrator => Duration::hours(2),
            Self::RoleBasedAccessControlAdministrator => Duration::hours(4),
            Self::Contributor => Duration::hours(8),
        }
    }
}

/// Returns the baseline for production.
///
/// Nobody knows the approvers but the caller; without any, [`super::Policy::below`] still finds
/// what is weaker, but the policy must not be sent as it is, since nobody could activate.
#[must_use]
pub fn production(role: PrivilegedRole, approvers: Vec<Approver>) -> Policy {
    let expires = |duration| {
        RuleSettings::Expiration(Expires {
            is_expiration_required: true,
            maximum_duration: Some(duration),
        })
    };
    let enabled = |ticketing| {
        RuleSettings::Enablement(Enabled {
            multi_factor_authentication: true,
            justification: true,
            ticketing,
        })
    };
    let stages =
        if approvers.is_empty() { Vec::new() } else { vec![ApprovalStage::new(approvers)] };
    let approval =
        Approval { is_approval_required: true, approval_stages: stages, ..Approval::default() };
    let rules = [
        (RuleId::ExpirationEndUserAssignment, expires(role.activation())),
        (RuleId::EnablementEndUserAssignment, enabled(true)),
        (RuleId::ApprovalEndUserAssignment, RuleSettings::Approval(approval)),
        (RuleId::ExpirationAdminEligibility, expires(Duration::days(180))),
        (RuleId::ExpirationAdminAssignment, expires(Duration::days(15))),
        (RuleId::EnablementAdminAssignment, enabled(false)),
    ];
    let rules = rules.into_iter().filter_map(|(id, settings)| Rule::new(id, settings)).collect();
    Policy { rules, ..Policy::default() }
}
