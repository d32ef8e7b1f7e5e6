//! Findings at the fields of the form.

use diagnostics::Severity;
use pim_model::{Options, ScheduleRequest, Timestamp, Verdict, check};
use std::borrow::Cow;

/// A field of the form, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormField {
    /// Where it holds.
    Scope,
    /// Who gets it.
    Principal,
    /// What kind of principal it is.
    PrincipalType,
    /// The role.
    Role,
    /// Eligible, active or plain.
    Assignment,
    /// When it starts.
    Start,
    /// When it ends.
    End,
    /// Why.
    Justification,
    /// The number of the ticket.
    TicketNumber,
    /// The system of the ticket.
    TicketSystem,
    /// The condition.
    Condition,
    /// The policy.
    Policy,
}

impl FormField {
    /// Returns the field that a property of the request comes from.
    pub(super) fn of(property: &str) -> Self {
        match property {
            "scope" => Self::Scope,
            "principalId" => Self::Principal,
            "roleDefinitionId" => Self::Role,
            "justification" => Self::Justification,
            "ticketInfo.ticketSystem" => Self::TicketSystem,
            "scheduleInfo.startDateTime" => Self::Start,
            _ if property.starts_with("ticketInfo") => Self::TicketNumber,
            _ if property.starts_with("scheduleInfo") => Self::End,
            _ if property.starts_with("condition") => Self::Condition,
            _ => Self::Assignment,
        }
    }
}

/// Something that is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFinding {
    /// The field.
    pub field: FormField,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The id of the rule, which names its page.
    pub rule: Option<Cow<'static, str>>,
}

impl FieldFinding {
    pub(super) fn new(field: FormField, severity: Severity, message: impl Into<String>) -> Self {
        Self { field, severity, message: message.into(), help: None, rule: None }
    }
}

/// The properties that a finding can be about, the inner ones first.
const PROPERTIES: [&str; 9] = [
    "scheduleInfo.startDateTime",
    "scheduleInfo.expiration",
    "scheduleInfo",
    "ticketInfo.ticketSystem",
    "ticketInfo",
    "justification",
    "condition",
    "principalId",
    "roleDefinitionId",
];

/// Checks a request as `grantif pim check` does.
pub(super) fn checked(request: &ScheduleRequest, now: Timestamp) -> Vec<FieldFinding> {
    let text = request.to_json().to_string();
    let options = Options {
        now: Some(now),
        family: Some(request.family),
        scope: request.scope.clone(),
        tool: None,
    };
    let loaded = check(&text, &options);
    let item = loaded.items.first();
    let field = |span: diagnostics::Span| {
        let outside = item.map(|item| item.field_span("requestType"));
        let property = PROPERTIES.into_iter().find(|name| {
            item.is_some_and(|item| {
                let found = item.field_span(name);
                Some(found) != outside && found.contains(span)
            })
        });
        property.map_or(FormField::Assignment, FormField::of)
    };
    loaded
        .diagnostics
        .into_iter()
        .map(|finding| FieldFinding {
            field: match &*finding.id {
                "pim-service-principal-eligible" | "pim-eligible-group" => FormField::PrincipalType,
                "pim-constrained-deployer" => FormField::Condition,
                _ => field(finding.span),
            },
            severity: finding.severity,
            message: finding.message,
            help: finding.help,
            rule: Some(finding.id),
        })
        .collect()
}

/// Says which rules of the policy the request breaks, and what it asks of its sender.
pub(super) fn broken(verdict: &Verdict) -> Vec<FieldFinding> {
    let finding = |failure: &pim_model::Failure| {
        let in_request = failure.fault.is_in_request();
        let severity = if in_request { Severity::Error } else { Severity::Advice };
        let message = format!("the policy asks for {}, found {}", failure.limit, failure.value);
        FieldFinding {
            field: FormField::of(failure.field),
            severity,
            message: if in_request {
                message
            } else {
                format!("the policy asks for {}", failure.limit)
            },
            help: Some(format!("the rule of the policy is `{}`", failure.policy_rule)),
            rule: Some("pim-policy-rule".into()),
        }
    };
    verdict.failures.iter().map(finding).collect()
}
