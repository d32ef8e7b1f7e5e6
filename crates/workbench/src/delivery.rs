//! The request to Privileged Identity Management, from the form to the call.

mod field;
mod form;
mod policy;
mod snippet;

pub use field::{FieldFinding, FormField};
pub use form::{Assignment, CloudName, End, Form};
pub use policy::{MAX_POLICY_BYTES, PolicyRead, read_policy};
pub use snippet::{Snippet, snippets};

use crate::document::Document;
use abac_catalog::Catalog;
use diagnostics::Severity;
use iac_emit::{Call, Input, Options, call};
use pim_model::policy::Setting;
use pim_model::{Expiration, Family, RequestType, RoleAssignment, ScheduleInfo, ScheduleRequest};
use pim_model::{
    Length, PrincipalType, Scope, TicketInfo, Timestamp, Verdict, judge, scope_differs,
};
use uuid::Uuid;

/// What comes of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// What would be sent; `None` while a field keeps it from being made.
    pub input: Option<Input>,
    /// What is wrong, field by field.
    pub findings: Vec<FieldFinding>,
    /// The form that the policy allows, if this one breaks it.
    pub nearest: Option<NearestForm>,
    /// The settings of the policy, in the portal's words.
    pub settings: Vec<Setting>,
    /// The exact call that Submit sends, without the token.
    pub call: Option<Call>,
    options: Options,
}

/// The form that a policy allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearestForm {
    /// The form.
    pub form: Form,
    /// The fields that change.
    pub changes: Vec<FormField>,
    /// The fields that only a person can fill.
    pub to_fill: Vec<FormField>,
}

impl Prepared {
    /// Says whether nothing keeps the request from being sent.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.call.is_some()
            && !self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Returns the snippets for every target.
    #[must_use]
    pub fn snippets(&self) -> Vec<Snippet> {
        self.input.as_ref().map(|input| snippets(input, &self.options)).unwrap_or_default()
    }
}

/// Makes the request of a document's form, holds it against the document's policy and says what is
/// wrong at which field. `random` is what the name of the request is made of: sixteen bytes that
/// are new for every submission.
#[must_use]
pub fn prepare(
    document: &Document,
    catalog: &Catalog,
    now: Timestamp,
    random: [u8; 16],
) -> Prepared {
    let mut findings = Vec::new();
    let form = &document.delivery;
    let fields = Fields::read(document, catalog, now, &mut findings);
    let cloud = form.cloud.cloud();
    let role_name = document
        .role
        .as_deref()
        .and_then(|role| catalog.role(role))
        .map(|role| role.name().to_owned());
    let options = Options { role_name, cloud };
    let name = uuid::Builder::from_random_bytes(random).into_uuid();
    let (mut nearest, mut settings) = (None, Vec::new());
    let policy = document.policy.as_deref().map(read_policy);
    let policy = policy.and_then(|read| {
        findings.extend(read.findings);
        read.policy
    });
    if let Some(policy) = &policy {
        settings = policy.describe();
    }
    let input = fields.map(|fields| match form.assignment {
        Assignment::Plain => Input::Assignment(fields.assignment(name)),
        Assignment::Eligible | Assignment::Active => {
            let request = fields.request(form.assignment, name);
            findings.extend(field::checked(&request, now));
            if let Some(policy) = &policy {
                let verdict = judge(&request, policy, now);
                findings.extend(field::broken(&verdict));
                nearest = nearest_form(form, &verdict);
                if scope_differs(&request, policy) {
                    findings.push(FieldFinding::new(
                        FormField::Policy,
                        Severity::Warning,
                        "the policy is that of another scope, and policies are not inherited",
                    ));
                }
            }
            Input::Schedule(request)
        }
    });
    let call = input.clone().and_then(|input| match call(input, &options) {
        Ok(call) => Some(call),
        Err(error) => {
            let message = error.to_string();
            findings.push(FieldFinding::new(FormField::Scope, Severity::Error, message));
            None
        }
    });
    let mut seen: Vec<FieldFinding> = Vec::new();
    for finding in findings {
        if !seen.contains(&finding) {
            seen.push(finding);
        }
    }
    seen.sort_by_key(|finding| (finding.field, std::cmp::Reverse(finding.severity)));
    Prepared { input, findings: seen, nearest, settings, call, options }
}

/// The fields of the form, read.
struct Fields {
    scope: Scope,
    role: Uuid,
    principal: Uuid,
    principal_type: Option<PrincipalType>,
    schedule: Option<ScheduleInfo>,
    justification: Option<String>,
    ticket: Option<TicketInfo>,
    condition: Option<String>,
}

impl Fields {
    /// Reads every field, so that all that is wrong is told at once.
    fn read(
        document: &Document,
        catalog: &Catalog,
        now: Timestamp,
        findings: &mut Vec<FieldFinding>,
    ) -> Option<Self> {
        let form = &document.delivery;
        let mut wrong = |field, message: String| {
            findings.push(FieldFinding::new(field, Severity::Error, message));
        };
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let scope = match form.scope.trim() {
            "" => {
                wrong(
                    FormField::Scope,
                    "the scope is missing, such as `/subscriptions/…`".to_owned(),
                );
                None
            }
            text => text
                .parse::<Scope>()
                .map_err(|error| wrong(FormField::Scope, error.to_string()))
                .ok(),
        };
        let role = document.role.as_deref().unwrap_or_default();
        let known = catalog.role(role).or_else(|| catalog.role_by_name(role));
        let role = match known.map_or(role, |known| known.id()) {
            "" => {
                wrong(FormField::Role, "choose the role that is assigned".to_owned());
                None
            }
            id => {
                let id = Uuid::try_parse(id.rsplit('/').next().unwrap_or(id)).ok();
                if id.is_none() {
                    wrong(
                        FormField::Role,
                        format!("there is no role `{}`", crate::document::shown(role)),
                    );
                }
                id
            }
        };
        let principal = match form.principal.trim() {
            "" => {
                wrong(FormField::Principal, "the object id of the principal is missing".to_owned());
                None
            }
            text => {
                let id = Uuid::try_parse(text).ok();
                if id.is_none() {
                    let message =
                        "this is no object id, which is a GUID; a name or an email address is none";
                    wrong(FormField::Principal, message.to_owned());
                }
                id
            }
        };
        let principal_type = PrincipalType::from_token(form.principal_type.trim());
        if form.assignment == Assignment::Eligible
            && principal_type == Some(PrincipalType::ServicePrincipal)
        {
            let message =
                "a service principal cannot activate what it is eligible for; make it active";
            wrong(FormField::PrincipalType, message.to_owned());
        }
        let schedule = schedule(form, now, &mut wrong);
        let condition = document.condition.trim();
        let condition =
            (form.with_condition && !condition.is_empty()).then(|| condition.to_owned());
        if let Some(text) = &condition {
            let found = abac_syntax::parse(text).diagnostics;
            let errors = found.iter().filter(|one| one.severity == Severity::Error).count();
            if errors > 0 {
                let s = if errors == 1 { "" } else { "s" };
                wrong(FormField::Condition, format!("the condition has {errors} error{s}"));
            } else if text.len() > crate::MAX_CONDITION_BYTES {
                let message = format!(
                    "the condition has {} bytes; Azure takes {}",
                    text.len(),
                    crate::MAX_CONDITION_BYTES
                );
                wrong(FormField::Condition, message);
            }
        }
        let ticket = TicketInfo {
            ticket_number: filled(&form.ticket_number),
            ticket_system: filled(&form.ticket_system),
        };
        Some(Self {
            scope: scope?,
            role: role?,
            principal: principal?,
            principal_type,
            schedule: schedule?,
            justification: filled(&form.justification),
            ticket: Some(ticket).filter(|ticket| !ticket.is_empty()),
            condition,
        })
    }

    fn request(self, assignment: Assignment, name: Uuid) -> ScheduleRequest {
        let family = match assignment {
            Assignment::Active => Family::Assignment,
            Assignment::Eligible | Assignment::Plain => Family::Eligibility,
        };
        let assign = RequestType::AdminAssign;
        let mut request =
            ScheduleRequest::new(family, assign, self.scope, self.role, self.principal);
        request.name = Some(name);
        request.principal_type = self.principal_type;
        request.schedule_info = self.schedule;
        request.justification = self.justification;
        request.ticket_info = self.ticket;
        request.condition = self.condition;
        request
    }

    fn assignment(self, name: Uuid) -> RoleAssignment {
        let mut assignment = RoleAssignment::new(self.scope, self.role, self.principal);
        assignment.name = Some(name);
        assignment.principal_type = self.principal_type;
        assignment.condition = self.condition;
        assignment.description = self.justification;
        assignment
    }
}

/// Reads start and end; the outer `None` says that one of them is wrong.
fn schedule(
    form: &Form,
    now: Timestamp,
    wrong: &mut impl FnMut(FormField, String),
) -> Option<Option<ScheduleInfo>> {
    if form.assignment == Assignment::Plain {
        return Some(None);
    }
    let start = match form.start.trim() {
        "" => None,
        text => match text.parse::<Timestamp>() {
            Ok(start) => Some(start),
            Err(_) => {
                let message = "this is no instant, such as `2026-12-01T08:00:00Z`".to_owned();
                wrong(FormField::Start, message);
                return None;
            }
        },
    };
    let expiration = match &form.end {
        End::Never => Expiration::NoExpiration,
        End::After(text) => match Length::from_words(text) {
            Ok(Length::For(duration)) => Expiration::AfterDuration(duration),
            Ok(Length::Until(_) | Length::Permanent) => {
                wrong(FormField::End, "say how long, such as `180 days`".to_owned());
                return None;
            }
            Err(error) => {
                wrong(FormField::End, error.to_string());
                return None;
            }
        },
        End::At(text) => match text.trim().parse::<Timestamp>() {
            Ok(end) if end <= start.unwrap_or(now) => {
                wrong(FormField::End, "the end is not behind the start".to_owned());
                return None;
            }
            Ok(end) => Expiration::AfterDateTime(end),
            Err(_) => {
                let message = "this is no instant, such as `2026-12-31T18:00:00Z`".to_owned();
                wrong(FormField::End, message);
                return None;
            }
        },
    };
    Some(Some(ScheduleInfo { start_date_time: start, expiration }))
}

/// Puts the nearest legal request back into the form; it starts when the form says.
fn nearest_form(form: &Form, verdict: &Verdict) -> Option<NearestForm> {
    let nearest = verdict.nearest.as_ref()?;
    let request = &nearest.request;
    let mut legal = form.clone();
    if let Some(schedule) = request.schedule_info {
        let end = match schedule.expiration {
            Expiration::NoExpiration => End::Never,
            Expiration::AfterDuration(duration) => End::After(duration.words()),
            Expiration::AfterDateTime(end) => End::At(end.to_string()),
        };
        if !same_end(&form.end, &end) {
            legal.end = end;
        }
    }
    legal.justification = request.justification.clone().unwrap_or_default();
    let ticket = request.ticket_info.clone().unwrap_or_default();
    legal.ticket_number = ticket.ticket_number.unwrap_or_default();
    legal.ticket_system = ticket.ticket_system.unwrap_or_default();
    let changes = [
        (FormField::End, legal.end != form.end),
        (FormField::Justification, legal.justification.trim() != form.justification.trim()),
        (FormField::TicketNumber, legal.ticket_number.trim() != form.ticket_number.trim()),
        (FormField::TicketSystem, legal.ticket_system.trim() != form.ticket_system.trim()),
    ];
    Some(NearestForm {
        form: legal,
        changes: changes
            .into_iter()
            .filter(|(_, changed)| *changed)
            .map(|(field, _)| field)
            .collect(),
        to_fill: nearest.to_fill.iter().map(|name| FormField::of(name)).collect(),
    })
}

fn same_end(one: &End, other: &End) -> bool {
    match (one, other) {
        (End::After(one), End::After(other)) => {
            Length::from_words(one).ok() == Length::from_words(other).ok()
        }
        (End::At(one), End::At(other)) => {
            one.trim().parse::<Timestamp>().ok() == other.parse::<Timestamp>().ok()
        }
        (one, other) => one == other,
    }
}
