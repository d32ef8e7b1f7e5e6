//! A request against the policy it will meet.

use crate::check::Item;
use crate::duration::Duration;
use crate::policy::{Policy, RuleId};
use crate::request::ScheduleRequest;
use crate::request_type::{Family, RequestType};
use crate::rules::severity;
use crate::schedule::{Expiration, ScheduleInfo, TicketInfo};
use diagnostics::{Diagnostic, Severity};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// The name under which Azure reports a broken policy rule
/// (`RoleAssignmentRequestPolicyValidationFailed`; *observed*: several clients, read 2026-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyFault {
    /// It lasts too long, or without end.
    ExpirationRule,
    /// It has no justification.
    JustificationRule,
    /// It has no ticket.
    TicketingRule,
    /// The caller must sign in with multi-factor authentication.
    MfaRule,
    /// The caller's token must carry the authentication context.
    AcrsRule,
    /// Someone must approve; the request waits.
    ApprovalRule,
}

impl PolicyFault {
    /// Returns Azure's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ExpirationRule => "ExpirationRule",
            Self::JustificationRule => "JustificationRule",
            Self::TicketingRule => "TicketingRule",
            Self::MfaRule => "MfaRule",
            Self::AcrsRule => "AcrsRule",
            Self::ApprovalRule => "ApprovalRule",
        }
    }

    /// Says whether the request itself breaks the rule; the others depend on who sends it.
    #[must_use]
    pub const fn is_in_request(self) -> bool {
        matches!(self, Self::ExpirationRule | Self::JustificationRule | Self::TicketingRule)
    }
}

/// A rule of the policy that a request breaks or that asks something of its sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Azure's name of it.
    pub fault: PolicyFault,
    /// The rule of the policy.
    pub policy_rule: RuleId,
    /// The field of the request, below `properties`.
    pub field: &'static str,
    /// What the policy asks for.
    pub limit: String,
    /// What the request has.
    pub value: String,
}

/// The nearest request the policy allows.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// The whole request.
    pub request: ScheduleRequest,
    /// What changes, as a JSON merge patch (RFC 7396) of the body.
    pub patch: Value,
    /// The fields that only a person can fill, and that hold a placeholder until then.
    pub to_fill: Vec<&'static str>,
}

/// What a policy says to a request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verdict {
    /// Every rule that fails or asks something, in Azure's order of names.
    pub failures: Vec<Failure>,
    /// The nearest legal request, if this one breaks a rule.
    pub nearest: Option<Nearest>,
}

/// What stands for a justification until a person gives it.
pub const JUSTIFICATION_TO_FILL: &str = "<justification>";

/// What stands for a part of a ticket until a person gives it.
pub const TICKET_TO_FILL: &str = "<ticket>";

impl Verdict {
    /// Says whether the policy lets the request through, once its sender meets what is asked.
    #[must_use]
    pub fn is_legal(&self) -> bool {
        !self.failures.iter().any(|failure| failure.fault.is_in_request())
    }

    /// Returns the error Azure answers with, if the request breaks a rule.
    #[must_use]
    pub fn azure_message(&self) -> Option<String> {
        let broken = self.failures.iter().filter(|failure| failure.fault.is_in_request());
        let names: Vec<String> =
            broken.map(|failure| format!("\"{}\"", failure.fault.as_str())).collect();
        (!names.is_empty())
            .then(|| format!("The following policy rules failed: [{}]", names.join(",")))
    }

    /// Returns the findings, placed in the text the request was read from.
    #[must_use]
    pub fn diagnostics(&self, item: &Item) -> Vec<Diagnostic> {
        let id = "pim-policy-rule";
        let finding = |failure: &Failure| {
            let level = if failure.fault.is_in_request() { severity(id) } else { Severity::Advice };
            let message = format!(
                "`{}`: the policy asks for {}, found {}",
                failure.fault.as_str(),
                failure.limit,
                failure.value
            );
            Diagnostic::new(id, level, item.field_span(failure.field), message)
                .help(format!("the rule of the policy is `{}`", failure.policy_rule))
        };
        self.failures.iter().map(finding).collect()
    }
}

/// Holds a request against a policy.
///
/// Which rules are asked is *documented* by their targets (identity-governance-pim-rules-overview,
/// read 2026-11). Removals meet none.
///
/// ```
/// use pim_model::policy::baseline;
/// use pim_model::{Duration, Expiration, Family, PolicyFault, RequestType, ScheduleInfo,
///     ScheduleRequest, Scope, Timestamp, judge};
/// use uuid::Uuid;
///
/// let policy = baseline::production(baseline::PrivilegedRole::Contributor, Vec::new());
/// let scope = Scope::subscription(Uuid::nil());
/// let mut request = ScheduleRequest::new(
///     Family::Eligibility, RequestType::AdminAssign, scope, Uuid::nil(), Uuid::nil());
/// request.schedule_info = Some(ScheduleInfo::now(Expiration::AfterDuration(Duration::days(365))));
///
/// let verdict = judge(&request, &policy, Timestamp::UNIX_EPOCH);
/// assert_eq!(verdict.failures[0].fault, PolicyFault::ExpirationRule);
/// let patch = verdict.nearest.unwrap().patch;
/// assert_eq!(patch["properties"]["scheduleInfo"]["expiration"]["duration"], "P180D");
/// ```
#[must_use]
pub fn judge(request: &ScheduleRequest, policy: &Policy, now: Timestamp) -> Verdict {
    if request.request_type.is_removal() {
        return Verdict::default();
    }
    let activation = request.request_type == RequestType::SelfActivate;
    let (expiration, enablement) = match (request.family, activation) {
        (_, true) => (RuleId::ExpirationEndUserAssignment, RuleId::EnablementEndUserAssignment),
        (Family::Eligibility, _) => {
            (RuleId::ExpirationAdminEligibility, RuleId::EnablementAdminEligibility)
        }
        (Family::Assignment, _) => {
            (RuleId::ExpirationAdminAssignment, RuleId::EnablementAdminAssignment)
        }
    };
    let mut failures = Vec::new();
    let mut legal = request.clone();
    let mut to_fill = Vec::new();
    let fail = |fault, policy_rule: &RuleId, field, limit: String, value: String| Failure {
        fault,
        policy_rule: policy_rule.clone(),
        field,
        limit,
        value,
    };

    if let Some(rule) = policy.expiration(&expiration) {
        let must_end = activation || rule.is_expiration_required;
        let limit = rule.maximum_duration.filter(|_| must_end);
        if let Some((field, value)) = too_long(request, must_end, limit, now) {
            let words = limit.map_or_else(
                || "an end".to_owned(),
                |limit| format!("an end after `{limit}` at most"),
            );
            failures.push(fail(PolicyFault::ExpirationRule, &expiration, field, words, value));
            if let Some(limit) = limit {
                legal.schedule_info = Some(shortened(request.schedule_info, limit, now));
            }
        }
    }
    if let Some(rule) = policy.enablement(&enablement) {
        let blank = |text: Option<&str>| text.is_none_or(|one| one.trim().is_empty());
        let nothing = || "none".to_owned();
        if rule.justification && blank(request.justification.as_deref()) {
            let limit = "a justification".to_owned();
            let fault = PolicyFault::JustificationRule;
            failures.push(fail(fault, &enablement, "justification", limit, nothing()));
            legal.justification = Some(JUSTIFICATION_TO_FILL.to_owned());
            to_fill.push("justification");
        }
        if rule.ticketing {
            let ticket = request.ticket_info.clone().unwrap_or_default();
            let mut filled = ticket.clone();
            let parts = [
                ("ticketInfo.ticketNumber", blank(ticket.ticket_number.as_deref())),
                ("ticketInfo.ticketSystem", blank(ticket.ticket_system.as_deref())),
            ];
            let missing: Vec<&'static str> =
                parts.into_iter().filter(|(_, blank)| *blank).map(|(name, _)| name).collect();
            if let Some(field) = missing.first() {
                let limit = "the number and the system of a ticket".to_owned();
                let value = match missing.len() {
                    2 => nothing(),
                    _ => format!("no `{}`", field.rsplit('.').next().unwrap_or(field)),
                };
                let field = if missing.len() == 2 { "ticketInfo" } else { field };
                failures.push(fail(PolicyFault::TicketingRule, &enablement, field, limit, value));
            }
            for name in missing {
                let part = match name {
                    "ticketInfo.ticketNumber" => &mut filled.ticket_number,
                    _ => &mut filled.ticket_system,
                };
                *part = Some(TICKET_TO_FILL.to_owned());
                to_fill.push(name);
            }
            legal.ticket_info = Some(filled).filter(|one: &TicketInfo| !one.is_empty());
        }
        if rule.multi_factor_authentication {
            let limit = "multi-factor authentication of its sender".to_owned();
            let value = "nothing that tells".to_owned();
            failures.push(fail(PolicyFault::MfaRule, &enablement, "requestType", limit, value));
        }
    }
    if activation {
        if let Some(context) = policy.authentication_context().filter(|one| one.is_enabled) {
            let id = RuleId::AuthenticationContextEndUserAssignment;
            let limit =
                format!("the authentication context `{}` in the token", context.claim_value);
            let value = "nothing that tells".to_owned();
            failures.push(fail(PolicyFault::AcrsRule, &id, "requestType", limit, value));
        }
        if let Some(approval) = policy.approval().filter(|one| one.is_approval_required) {
            let id = RuleId::ApprovalEndUserAssignment;
            let count = approval.approvers().count();
            let limit = match count {
                0 => "approval, and nobody may give it".to_owned(),
                1 => "approval by 1 approver".to_owned(),
                count => format!("approval by one of {count} approvers"),
            };
            let value = "a request that will wait".to_owned();
            failures.push(fail(PolicyFault::ApprovalRule, &id, "requestType", limit, value));
        }
    }
    let broken = failures.iter().any(|failure| failure.fault.is_in_request());
    let fixed = legal != *request;
    let nearest = (broken && fixed).then(|| Nearest {
        patch: merge_patch(&request.to_json(), &legal.to_json()).unwrap_or(Value::Null),
        request: legal,
        to_fill,
    });
    Verdict { failures, nearest }
}

/// Says whether the policy belongs to another scope than the request, since none is inherited.
#[must_use]
pub fn scope_differs(request: &ScheduleRequest, policy: &Policy) -> bool {
    match (&request.scope, &policy.scope) {
        (Some(request), Some(policy)) => !request.is_same(policy),
        _ => false,
    }
}

/// Returns the finding that a policy belongs to another scope than the request.
#[must_use]
pub fn scope_finding(
    request: &ScheduleRequest,
    policy: &Policy,
    item: &Item,
) -> Option<Diagnostic> {
    if !scope_differs(request, policy) {
        return None;
    }
    let id = "pim-policy-scope";
    let message = format!(
        "the policy is that of `{}`, and policies are not inherited",
        policy.scope.as_ref()?
    );
    let help = format!("look up the policy of `{}`", request.scope.as_ref()?);
    Some(Diagnostic::new(id, severity(id), item.field_span("scope"), message).help(help))
}

/// Returns the field and the value that break an expiration rule.
fn too_long(
    request: &ScheduleRequest,
    must_end: bool,
    limit: Option<Duration>,
    now: Timestamp,
) -> Option<(&'static str, String)> {
    let Some(schedule) = request.schedule_info else {
        return must_end.then(|| ("scheduleInfo", "no schedule, which is no end".to_owned()));
    };
    let Some(seconds) = schedule.seconds(now) else {
        return must_end.then(|| ("scheduleInfo.expiration.type", "`NoExpiration`".to_owned()));
    };
    if seconds <= limit?.seconds() {
        return None;
    }
    Some(match schedule.expiration {
        Expiration::AfterDateTime(end) => (
            "scheduleInfo.expiration.endDateTime",
            format!("`{end}`, which is after {}", Duration::from_seconds(seconds).words()),
        ),
        Expiration::AfterDuration(duration) => {
            ("scheduleInfo.expiration.duration", format!("`{duration}`"))
        }
        Expiration::NoExpiration => ("scheduleInfo.expiration.type", "`NoExpiration`".to_owned()),
    })
}

fn shortened(schedule: Option<ScheduleInfo>, limit: Duration, now: Timestamp) -> ScheduleInfo {
    let start = schedule.and_then(|one| one.start_date_time);
    let until = |start: Timestamp| {
        let seconds = i64::try_from(limit.seconds()).unwrap_or(i64::MAX);
        Timestamp::from_second(start.as_second().saturating_add(seconds)).ok()
    };
    let expiration = match schedule.map(|one| one.expiration) {
        Some(Expiration::AfterDateTime(_)) => until(start.unwrap_or(now))
            .map_or(Expiration::AfterDuration(limit), Expiration::AfterDateTime),
        _ => Expiration::AfterDuration(limit),
    };
    ScheduleInfo { start_date_time: start, expiration }
}

/// Returns the JSON merge patch that makes one value the other.
fn merge_patch(before: &Value, after: &Value) -> Option<Value> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let mut patch = Map::new();
            for name in before.keys().filter(|name| !after.contains_key(*name)) {
                patch.insert(name.clone(), Value::Null);
            }
            for (name, value) in after {
                let change = match before.get(name) {
                    Some(old) => merge_patch(old, value),
                    None => Some(value.clone()),
                };
                if let Some(change) = change {
                    patch.insert(name.clone(), change);
                }
            }
            (!patch.is_empty()).then_some(Value::Object(patch))
        }
        (before, after) if before == after => None,
        (_, after) => Some(after.clone()),
    }
}
