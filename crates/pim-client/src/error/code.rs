//! The codes of the service (*documented*: privileged-role-common-errors; *observed*: clients and
//! reports in public, read 2026-11).

use super::Again;

/// A code, and what it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownCode {
    /// The code.
    pub code: &'static str,
    /// What happened.
    pub what: &'static str,
    /// What to do.
    pub advice: &'static str,
    /// Whether the same is worth sending again.
    pub again: Again,
}

/// A rule of a policy, as errors name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleName {
    /// The name.
    pub name: &'static str,
    /// What to do.
    pub advice: &'static str,
}

/// Every rule that errors name.
pub const RULES: &[RuleName] = &[
    rule("ExpirationRule", "shorten it or give it an end, or change the policy"),
    rule("JustificationRule", "give a justification"),
    rule("TicketingRule", "give the number and the system of a ticket"),
    rule("MfaRule", "sign in with multi-factor authentication and use the new token"),
    rule(
        "EligibilityRule",
        "you are not eligible at this scope, the eligibility has ended, or `principalId` is not \
         your own object id",
    ),
    rule("AcrsRule", "sign in again with the authentication context that the policy asks for"),
    rule("ApprovalRule", "wait for the approval"),
    rule("ActivationDayRule", "activate on a day that the policy allows"),
    rule("AdminRequestRule", "the policy lets no administrator make this request"),
];

const fn rule(name: &'static str, advice: &'static str) -> RuleName {
    RuleName { name, advice }
}

const fn code(
    code: &'static str,
    again: Again,
    what: &'static str,
    advice: &'static str,
) -> KnownCode {
    KnownCode { code, what, advice, again }
}

/// Every code that is known.
pub const CODES: &[KnownCode] = &[
    code(
        "RoleAssignmentExists",
        Again::NotNeeded,
        "the assignment is there already, or the role is active",
        "nothing needs to be done; `grantif pim list` shows it, and an `update` changes it",
    ),
    code(
        "RoleAssignmentInstanceAlreadyExists",
        Again::NotNeeded,
        "the assignment is there already, or the role is active",
        "nothing needs to be done; `grantif pim list` shows it, and an `update` changes it",
    ),
    code(
        "RoleAssignmentRequestPolicyValidationFailed",
        Again::Never,
        "the policy of the role does not allow the request",
        "hold it against the policy with `grantif pim check --policy`",
    ),
    code(
        "RoleAssignmentRequestAcrsValidationFailed",
        Again::SignedIn,
        "the policy asks for an authentication context, and the token does not have it",
        "sign in again with the claims of the message",
    ),
    code(
        "RoleAssignmentDoesNotExist",
        Again::NotNeeded,
        "the assignment is gone, or was never there",
        "nothing needs to be done; one that was just made is not found for a minute",
    ),
    code(
        "ActiveDurationTooShort",
        Again::Later,
        "an assignment stays for five minutes at least",
        "wait until five minutes have passed since it began",
    ),
    code(
        "PendingRoleAssignmentRequest",
        Again::Never,
        "another request for the same waits for a decision",
        "wait for it, or take it back with `grantif pim cancel`",
    ),
    code(
        "RoleAssignmentRequestExists",
        Again::Asked,
        "a request of this name was sent before",
        "give the next request a name of its own",
    ),
    code(
        "RoleNotFound",
        Again::Never,
        "there is no role of that id",
        "check `roleDefinitionId`; `grantif catalog role NAME` shows those that are built in",
    ),
    code(
        "RoleDefinitionDoesNotExist",
        Again::Never,
        "there is no role of that id",
        "check `roleDefinitionId`; `grantif catalog role NAME` shows those that are built in",
    ),
    code(
        "SubjectNotFound",
        Again::Later,
        "the principal is not known",
        "check that `principalId` is an object id; one that was just made takes minutes to be known",
    ),
    code(
        "PrincipalNotFound",
        Again::Later,
        "the principal is not known",
        "check that `principalId` is an object id; one that was just made takes minutes to be known",
    ),
    code(
        "ScopeDoesNotMatchRoleDefinition",
        Again::Never,
        "the role cannot be assigned at this scope",
        "write `roleDefinitionId` as it is seen from the scope of the request",
    ),
    code(
        "ResourceIsLocked",
        Again::Never,
        "a read-only lock is in the way",
        "take the lock from the scope, send a new request, and put the lock back",
    ),
    code(
        "RoleAssignmentRequestNotFound",
        Again::Never,
        "there is no request of that name, or it is older than about 45 days",
        "look at the assignments themselves with `grantif pim list`",
    ),
    code(
        "InvalidPolicy",
        Again::Never,
        "the policy is not well formed; the service says no more",
        "`grantif pim check` says where",
    ),
    code(
        "MfaAndAcrsConflict",
        Again::Never,
        "a policy requires MFA or an authentication context, and not both",
        "take MFA out of the rule `Enablement_EndUser_Assignment`",
    ),
    code(
        "AadPremiumLicenseRequired",
        Again::Never,
        "the tenant has no licence for PIM",
        "PIM needs Microsoft Entra ID P2 or Microsoft Entra ID Governance",
    ),
    code(
        "InsufficientPermissions",
        Again::Never,
        "the caller may read no assignments but their own here",
        "ask for your own with `--mine`, or have `Microsoft.Authorization/roleAssignments/read`",
    ),
    code(
        "AuthorizationFailed",
        Again::Never,
        "the caller has no role that allows this here, or its condition refuses it",
        "`grantif why` with the request, and --condition or --fetch, says which clause of a condition \
         refused it",
    ),
    code(
        "RequestDisallowedByPolicy",
        Again::Never,
        "an Azure Policy of the organisation denies it",
        "the message names the policy assignment; ask whoever looks after it",
    ),
    code(
        "RequestDisallowedByAzure",
        Again::Never,
        "Azure asks for multi-factor authentication",
        "sign in with multi-factor authentication and use the new token",
    ),
    code(
        "InvalidRoleAssignmentRequest",
        Again::Never,
        "the service does not understand the request",
        "`grantif pim check` says what is wrong with it",
    ),
    code(
        "InvalidRoleAssignmentRequestSchedule",
        Again::Never,
        "the service does not take its start or its end",
        "leave the start out, and let it last five minutes at least",
    ),
    code(
        "StartTimeInPast",
        Again::Never,
        "its start is past",
        "leave the start out, so that it starts now",
    ),
    code(
        "InvalidStartDateTime",
        Again::Never,
        "its start is not one that the service takes",
        "leave the start out, so that it starts now",
    ),
    code(
        "InvalidAuthenticationToken",
        Again::SignedIn,
        "the token cannot be read, or is not for this service",
        "sign in again; the token must be for this service",
    ),
    code(
        "InvalidAuthenticationTokenTenant",
        Again::SignedIn,
        "the token is of another tenant than the subscription",
        "sign in to the tenant of the subscription",
    ),
    code("ExpiredAuthenticationToken", Again::SignedIn, "the token has ended", "get a new one"),
    code(
        "AuthenticationFailed",
        Again::SignedIn,
        "the token is missing or not taken",
        "sign in again; the token must be for this service",
    ),
    code(
        "TooManyRequests",
        Again::Throttled,
        "the service is asked too often",
        "wait, and ask less often",
    ),
];

/// Finds a code; case does not count.
pub(super) fn known(text: &str) -> Option<&'static KnownCode> {
    CODES.iter().find(|known| known.code.eq_ignore_ascii_case(text))
}
