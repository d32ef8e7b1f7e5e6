//! What the service answers when it refuses, in Azure's words.

use serde_json::{Value, json};
use std::borrow::Cow;

/// How a code or message of Azure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A page of Microsoft has it.
    Documented,
    /// A client or a report has seen it.
    Observed,
    /// Neither; the sandbox decided.
    Assumed,
}

/// A code of Azure, with the status it comes with and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code as the body has it.
    pub name: &'static str,
    /// The status of HTTP.
    pub status: u16,
    /// The message, where it is always the same.
    pub message: &'static str,
    /// How it is known.
    pub evidence: Evidence,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $status:literal $code:literal $evidence:ident $message:literal;)*) => {
        impl Code {
            $($(#[$doc])*
            pub const $name: Self = Self {
                name: $code,
                status: $status,
                message: $message,
                evidence: Evidence::$evidence,
            };)*

            /// Every code the sandbox answers with.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

codes! {
    /// A request is there already (privileged-role-common-errors, read 2026-11).
    ROLE_ASSIGNMENT_EXISTS = 400 "RoleAssignmentExists" Documented
        "The Role assignment already exists.";
    /// There is nothing to remove (clients' tests, read 2026-11).
    ROLE_ASSIGNMENT_DOES_NOT_EXIST = 400 "RoleAssignmentDoesNotExist" Observed
        "The Role assignment does not exist.";
    /// Five minutes have not passed (terraform-provider-azurerm, read 2026-11); Azure's spelling.
    ACTIVE_DURATION_TOO_SHORT = 400 "ActiveDurationTooShort" Observed
        "The Active duration is too short. Miniumum Required is 5 minutes.";
    /// The code is documented for the older Graph API, and seen by clients of this one.
    PENDING_ROLE_ASSIGNMENT_REQUEST = 400 "PendingRoleAssignmentRequest" Observed
        "There already exists a pending Role assignment request.";
    /// The name of a request is used up (bicep issue 12472; the code in clients' tests).
    REQUEST_EXISTS = 409 "RoleAssignmentRequestExists" Observed "";
    /// A request that is not there (terraform-provider-azuread issue 1904, Graph).
    REQUEST_NOT_FOUND = 404 "RoleAssignmentRequestNotFound" Observed
        "The role assignment request is not found.";
    /// A rule of the role's policy fails (privileged-role-common-errors, read 2026-11).
    POLICY_VALIDATION_FAILED = 400 "RoleAssignmentRequestPolicyValidationFailed" Documented "";
    /// The token lacks an authentication context (doitpshway.com and clients, read 2026-11).
    ACRS_VALIDATION_FAILED = 400 "RoleAssignmentRequestAcrsValidationFailed" Observed "";
    /// No such role (documented for the older Graph API).
    ROLE_NOT_FOUND = 400 "RoleNotFound" Assumed
        "The provided role definition cannot be found.";
    /// No such principal (documented for the older Graph API; terraform-provider-azurerm retries it).
    SUBJECT_NOT_FOUND = 400 "SubjectNotFound" Observed "The subject is not found.";
    /// The role cannot be assigned there (terraform-provider-azapi issue 692).
    SCOPE_DOES_NOT_MATCH = 400 "ScopeDoesNotMatchRoleDefinition" Observed
        "The scope of the request does not match the scope of the role definition.";
    /// The caller may not do this (every client).
    AUTHORIZATION_FAILED = 403 "AuthorizationFailed" Documented "";
    /// The caller may not list what is not its own (JAz.PIM issues 3 and 10; azure-powershell 18163).
    INSUFFICIENT_PERMISSIONS = 403 "InsufficientPermissions" Observed "";
    /// A schedule that cannot be (seen in the mappers of clients; the wording is the sandbox's).
    INVALID_SCHEDULE = 400 "InvalidRoleAssignmentRequestSchedule" Assumed "";
    /// A request that cannot be (seen in the mappers of clients; the wording is the sandbox's).
    INVALID_REQUEST = 400 "InvalidRoleAssignmentRequest" Assumed "";
    /// A policy that cannot be (terraform-provider-azurerm issue 30844, read 2026-11).
    INVALID_POLICY = 400 "InvalidPolicy" Observed "The policy is invalid.";
    /// MFA together with an authentication context (EasyPIM, read 2026-11).
    MFA_AND_ACRS_CONFLICT = 400 "MfaAndAcrsConflict" Observed
        "The policy cannot require both multi-factor authentication and an authentication context.";
    /// A policy that is not there.
    POLICY_NOT_FOUND = 404 "RoleManagementPolicyNotFound" Assumed
        "The role management policy is not found.";
    /// A body that is no JSON, or not of the shape (Azure Resource Manager).
    INVALID_BODY = 400 "InvalidRequestContent" Documented "";
    /// A body beyond the limit.
    BODY_TOO_LARGE = 413 "RequestEntityTooLarge" Assumed "";
    /// A name that is no GUID.
    INVALID_NAME = 400 "InvalidResourceName" Assumed "";
    /// A role assignment of another name for the same (role-based-access-control troubleshooting).
    PLAIN_ASSIGNMENT_EXISTS = 409 "RoleAssignmentExists" Documented
        "The role assignment already exists.";
    /// What cannot be changed of a role assignment (troubleshooting, read 2026-11).
    ASSIGNMENT_UPDATE_NOT_PERMITTED = 400 "RoleAssignmentUpdateNotPermitted" Documented
        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
    /// A role assignment that is not there.
    ASSIGNMENT_NOT_FOUND = 404 "RoleAssignmentNotFound" Documented "";
    /// A principal that is not there (role-based-access-control troubleshooting, read 2026-11).
    PRINCIPAL_NOT_FOUND = 400 "PrincipalNotFound" Documented "";
    /// The type of a principal that is not as the body says (troubleshooting, read 2026-11).
    UNMATCHED_PRINCIPAL_TYPE = 400 "UnmatchedPrincipalType" Documented "";
    /// A condition that cannot be read (the code is observed; where it fails is the sandbox's).
    INVALID_CONDITION = 400 "InvalidCondition" Assumed "";
    /// A version of conditions other than 2.0.
    INVALID_CONDITION_VERSION = 400 "InvalidConditionVersion" Assumed
        "The condition version is not supported. The supported version is 2.0.";
    /// A role definition that is not there (troubleshooting, read 2026-11).
    ROLE_DEFINITION_NOT_FOUND = 404 "RoleDefinitionDoesNotExist" Documented "";
    /// A role definition that is still assigned (troubleshooting, read 2026-11).
    ROLE_DEFINITION_HAS_ASSIGNMENTS = 400 "RoleDefinitionHasAssignments" Documented
        "There are existing role assignments referencing role.";
    /// A second custom role of a name (troubleshooting, read 2026-11).
    ROLE_DEFINITION_NAME_TAKEN = 409 "RoleDefinitionWithSameNameExists" Documented "";
    /// A built-in role cannot be changed.
    ROLE_DEFINITION_BUILT_IN = 403 "RoleDefinitionUpdateNotAllowed" Assumed
        "Built-in role definitions cannot be changed.";
    /// A role definition that cannot be.
    INVALID_ROLE_DEFINITION = 400 "InvalidRoleDefinition" Assumed "";
    /// A subscription that is not there (Azure Resource Manager).
    SUBSCRIPTION_NOT_FOUND = 404 "SubscriptionNotFound" Documented "";
    /// A resource group that is not there (Azure Resource Manager).
    RESOURCE_GROUP_NOT_FOUND = 404 "ResourceGroupNotFound" Documented "";
    /// Anything else that is not there (Azure Resource Manager).
    RESOURCE_NOT_FOUND = 404 "ResourceNotFound" Documented "";
    /// A type that the provider does not have (Azure Resource Manager).
    INVALID_RESOURCE_TYPE = 404 "InvalidResourceType" Documented "";
    /// No `api-version` (Azure Resource Manager).
    MISSING_API_VERSION = 400 "MissingApiVersionParameter" Documented
        "The api-version query parameter (?api-version=) is required for all requests.";
    /// An `api-version` that the type does not have (Azure Resource Manager).
    NO_REGISTERED_PROVIDER = 400 "NoRegisteredProviderFound" Documented "";
    /// A `$filter` that cannot be read.
    INVALID_FILTER = 400 "InvalidFilter" Assumed "";
    /// A continuation that this list did not give.
    INVALID_CONTINUATION = 400 "InvalidSkipToken" Assumed
        "The $skiptoken is not one that this list answered.";
    /// A scope that cannot be read.
    INVALID_SCOPE = 400 "InvalidScope" Observed "";
    /// No token, or none that can be read (Azure Resource Manager).
    AUTHENTICATION_FAILED = 401 "AuthenticationFailed" Documented
        "Authentication failed. The 'Authorization' header is missing.";
    /// A token that does not hold (Azure Resource Manager).
    INVALID_TOKEN = 401 "InvalidAuthenticationToken" Documented "";
    /// A token for somebody else (Azure Resource Manager).
    INVALID_AUDIENCE = 401 "InvalidAuthenticationTokenAudience" Documented "";
    /// A stage that is not there.
    APPROVAL_NOT_FOUND = 404 "RoleAssignmentApprovalNotFound" Assumed
        "The approval is not found.";
    /// The requestor decides its own request (entra-docs pim-resource-roles-approval-workflow).
    SELF_APPROVAL = 400 "SelfApprovalNotAllowed" Assumed "Request doesn't allow Self-Approval.";
    /// The caller is none of the approvers.
    NOT_AN_APPROVER = 403 "ApproverNotFound" Assumed
        "The caller is not an approver of this request.";
    /// Somebody decided before.
    ALREADY_DECIDED = 400 "ApprovalAlreadyCompleted" Assumed
        "The approval is already completed.";
    /// The policy blocks assignments outside PIM (2024-02-01-preview).
    PIM_ONLY = 403 "RoleAssignmentBlockedByPimOnlyMode" Assumed
        "The policy of the role allows assignments through Privileged Identity Management only.";
    /// The store could not write; nothing was done.
    UNAVAILABLE = 503 "ServiceUnavailable" Assumed
        "The change could not be written to disk. Nothing was done; try again.";
    /// A fault of the sandbox itself.
    INTERNAL = 500 "InternalServerError" Assumed
        "The sandbox failed at this request. Nothing was done.";
    /// A request to the sandbox's own controls that cannot be.
    BAD_CONTROL = 400 "InvalidSandboxRequest" Assumed "";
    /// Something the sandbox's own controls do not have.
    CONTROL_NOT_FOUND = 404 "SandboxItemNotFound" Assumed "";
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", code.name)]
pub struct ServiceError {
    /// What it is.
    pub code: Code,
    /// What the body says.
    pub message: Cow<'static, str>,
}

impl ServiceError {
    /// Makes the refusal of a code with the code's own message.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { message: Cow::Borrowed(code.message), code }
    }

    /// Makes the refusal of a code with a message of its own.
    pub fn with(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into() }
    }

    /// Returns the body: `{"error": {"code": …, "message": …}}`.
    #[must_use]
    pub fn body(&self) -> Value {
        json!({ "error": { "code": self.code.name, "message": self.message } })
    }
}
