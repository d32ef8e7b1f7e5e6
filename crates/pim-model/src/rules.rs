//! The list of rules; each has a page, `docs/rules/<id>.md`.

use diagnostics::Severity;

/// A finding the checks of this crate can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PimRule {
    /// Names the fault; its page is `docs/rules/<id>.md`.
    pub id: &'static str,
    /// Its severity.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: &'static str,
}

macro_rules! registry {
    ($($severity:ident $id:literal $summary:literal;)*) => {
        /// Every finding the checks of this crate can make, by id.
        pub const RULES: &[PimRule] =
            &[$(PimRule { id: $id, severity: Severity::$severity, summary: $summary },)*];

        const PAGES: &[(&str, &str)] = &[
            $(($id, include_str!(concat!("../../../docs/rules/", $id, ".md"))),)*
        ];
    };
}

/// Returns the Markdown page of a rule.
#[must_use]
pub fn page(id: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

/// Returns every page with the id of its rule.
pub fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGES.iter().copied()
}

/// Returns the severity of a rule.
pub(crate) fn severity(id: &str) -> Severity {
    RULES.iter().find(|rule| rule.id == id).map_or(Severity::Error, |rule| rule.severity)
}

registry! {
    Advice "pim-activation-step" "the longest activation is no multiple of half an hour";
    Error "pim-activation-too-long" "the longest activation a policy allows is over a day";
    Error "pim-approval-without-approver" "a policy requires approval and names nobody who may approve";
    Error "pim-azure-error" "Azure answered with an error";
    Warning "pim-blank-justification" "the justification is empty";
    Error "pim-boolean-string" "a boolean is written as a string";
    Warning "pim-condition-not-taken" "a condition stands on a resource that takes none";
    Warning "pim-condition-on-activation" "an activation carries a condition of its own";
    Error "pim-condition-version" "a condition and its version do not come as a pair with version 2.0";
    Advice "pim-constrained-deployer" "whoever holds the role with this condition can make no PIM requests";
    Error "pim-context-claim" "an authentication context is none of c1 to c99";
    Error "pim-deployment-scope" "a template deploys a request to a scope that is not its own";
    Error "pim-duplicate-rule" "a policy has a rule twice";
    Error "pim-duration" "a duration is not in days, hours and minutes of ISO 8601";
    Advice "pim-eligible-group" "each member of an eligible group activates alone";
    Error "pim-end-before-start" "the end is not behind the start";
    Error "pim-expiration-fields" "the end is given in another field than the expiration type asks for";
    Error "pim-five-minutes" "an assignment is shorter than five minutes";
    Advice "pim-group-onboarding" "the first request brings a group into PIM for good";
    Warning "pim-incomplete-ticket" "a ticket has only a number or only a system";
    Advice "pim-licence" "PIM was refused for want of a licence";
    Warning "pim-linked-eligibility" "the linked eligibility is not a full id, or not for an activation";
    Error "pim-malformed-guid" "an id is not a GUID";
    Error "pim-malformed-instant" "an instant is not in RFC 3339";
    Error "pim-malformed-json" "the text is no JSON";
    Error "pim-malformed-scope" "a scope is not an id of Azure";
    Error "pim-mfa-and-context" "a policy requires MFA and an authentication context";
    Warning "pim-mfa-for-eligible" "making someone eligible requires MFA";
    Error "pim-missing-duration" "an expiration after a duration has none";
    Error "pim-missing-field" "a required field is missing";
    Advice "pim-missing-principal-type" "a role assignment does not say what kind of principal it is for";
    Warning "pim-missing-schedule" "an assignment does not say how long it lasts";
    Warning "pim-missing-target-schedule" "a change does not name the schedule it changes";
    Warning "pim-no-delete" "destroying the resource sends a DELETE that does not exist";
    Advice "pim-not-idempotent" "a second deployment of the request fails";
    Warning "pim-permanent" "a permanent assignment is refused by the default policy";
    Error "pim-policy-in-template" "a template holds a role management policy";
    Error "pim-policy-name" "the GUID of a policy is written down";
    Error "pim-policy-rule" "a request breaks a rule of the policy";
    Warning "pim-policy-scope" "the policy is that of another scope";
    Warning "pim-powershell-policy" "the policy cmdlet's typed objects fail in current Az versions";
    Advice "pim-read-only-field" "a request carries a field that only Azure fills";
    Advice "pim-read-only-lock" "a lock kept a request from being carried out";
    Error "pim-recipient" "a notification rule is about other recipients than its id";
    Error "pim-request-name" "the name of a request is fixed, or no GUID";
    Advice "pim-requests-vanish" "a tool keeps state by a request that vanishes";
    Error "pim-role-id-scope" "the id of the role is not seen from the scope of the request";
    Error "pim-rule-target" "the target of a policy rule does not go with its id";
    Error "pim-rule-type" "the type of a policy rule does not go with its id";
    Error "pim-schedule-on-removal" "a removal carries a schedule";
    Error "pim-self-in-template" "a template asks for something in its deployer's own name";
    Warning "pim-service-principal-eligible" "a service principal is made eligible and cannot activate";
    Advice "pim-single-approver" "there is only one approver";
    Warning "pim-start-drift" "a start that is now changes with every deployment";
    Warning "pim-start-in-past" "the start has passed";
    Warning "pim-state-expires" "the assignment ends on its own, and the state of the tool does not know";
    Error "pim-terraform-active-condition" "azurerm's active assignment takes no condition";
    Warning "pim-terraform-first-apply" "azurerm leaves out rules for active assignments at the first apply";
    Advice "pim-terraform-import-id" "azurerm imports by scope, role and principal";
    Advice "pim-terraform-policy-drift" "azurerm shows changes of a policy that nobody made";
    Error "pim-ticketing-for-admin" "making someone active requires a ticket";
    Error "pim-token-case" "a token is written in another case";
    Warning "pim-unknown-field" "a field that no version of the API has";
    Warning "pim-unknown-rule" "a policy rule that no version of the API has";
    Error "pim-unknown-token" "a token that the field does not take";
    Error "pim-wrong-endpoint" "the request type is not one of the endpoint";
    Error "pim-wrong-type" "a value is of another JSON type";
}
