//! What Azure answered: errors, and how a request went.

use super::Checker;
use crate::reader::{Place, shown};

impl Checker<'_> {
    /// Reads `{"error": {"code", "message"}}`.
    pub(crate) fn answer_error(&mut self, place: &Place<'_>) {
        let Some(error) = self.reader.object(place, "error") else { return };
        let code = self.reader.string(&error, "code");
        let Some((code, span)) = code.get().copied().zip(code.span()) else { return };
        match code {
            "AadPremiumLicenseRequired" => self.reader.advise(
                "pim-licence",
                span,
                "the tenant has no licence for PIM",
                "PIM needs Microsoft Entra ID P2 or Microsoft Entra ID Governance",
            ),
            "ResourceIsLocked" => self.locked(span),
            other => {
                let message = format!("Azure answered the error `{}`", shown(other));
                let text = self.reader.string(&error, "message").value().unwrap_or("");
                self.reader.advise("pim-azure-error", span, message, help(other, text));
            }
        }
    }

    pub(crate) fn locked(&mut self, span: diagnostics::Span) {
        self.reader.advise(
            "pim-read-only-lock",
            span,
            "a lock kept the request from being carried out",
            "take the read-only lock from the scope, send a new request, and put the lock back",
        );
    }
}

/// The rules of a policy Azure names in its message, in both its wordings, and what to do.
const FAULTS: &[(&str, &str)] = &[
    ("ExpirationRule", "shorten it or give it an end"),
    ("JustificationRule", "add a justification"),
    ("TicketingRule", "add the number and the system of a ticket"),
    ("MfaRule", "sign in with multi-factor authentication"),
    ("EligibilityRule", "the principal is not eligible at this scope"),
    ("AcrsRule", "sign in again with the authentication context"),
    ("ApprovalRule", "wait for the approval"),
];

fn help(code: &str, message: &str) -> String {
    let named: Vec<String> = FAULTS
        .iter()
        .filter(|(name, _)| message.contains(name))
        .map(|(name, what)| format!("`{name}`: {what}"))
        .collect();
    if !named.is_empty() {
        return named.join("; ");
    }
    match code {
        "RoleAssignmentExists" => "it is there already; nothing needs to be done",
        "RoleAssignmentDoesNotExist" => "it is gone already, or a minute has not passed yet",
        "ActiveDurationTooShort" => "wait five minutes from its creation",
        "PendingRoleAssignmentRequest" => "cancel the request that waits, or wait for it",
        "RoleAssignmentRequestAcrsValidationFailed" => {
            "sign in again with the claims of the message"
        }
        "SubjectNotFound" | "PrincipalNotFound" => {
            "check the object id; a principal that was just made takes minutes to be known"
        }
        "RoleNotFound" | "ScopeDoesNotMatchRoleDefinition" => {
            "name the role by its id as it is seen from the scope of the request"
        }
        "MfaAndAcrsConflict" => "require either MFA or an authentication context",
        "InvalidPolicy" => "check the rules with this tool: Azure says no more",
        _ => "see the message of the answer",
    }
    .to_owned()
}
