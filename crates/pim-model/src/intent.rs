//! From what someone wants to the request that does it.

use crate::duration::{Duration, DurationError};
use crate::request::{GroupRequest, ScheduleRequest};
use crate::request_type::{Access, Family, PrincipalType, RequestType};
use crate::schedule::{Expiration, ScheduleInfo, TicketInfo};
use crate::scope::Scope;
use diagnostics::{Diagnostic, Severity};
use jiff::Timestamp;
use uuid::Uuid;

/// What someone wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wish {
    /// Let someone activate the role.
    MakeEligible,
    /// Give someone the role.
    MakeActive,
    /// Use a role one is eligible for.
    Activate,
    /// Stop using it.
    Deactivate,
    /// Let an assignment that has not ended end later.
    Extend(Family),
    /// Bring an assignment back that has ended.
    Renew(Family),
    /// Change an assignment.
    Update(Family),
    /// Take an assignment away.
    Remove(Family),
}

impl Wish {
    /// Returns the family and the type of the request; `myself` says that the principal asks.
    #[must_use]
    pub const fn request(self, myself: bool) -> (Family, RequestType) {
        match self {
            Self::MakeEligible => (Family::Eligibility, RequestType::AdminAssign),
            Self::MakeActive => (Family::Assignment, RequestType::AdminAssign),
            Self::Activate => (Family::Assignment, RequestType::SelfActivate),
            Self::Deactivate => (Family::Assignment, RequestType::SelfDeactivate),
            Self::Extend(family) if myself => (family, RequestType::SelfExtend),
            Self::Extend(family) => (family, RequestType::AdminExtend),
            Self::Renew(family) if myself => (family, RequestType::SelfRenew),
            Self::Renew(family) => (family, RequestType::AdminRenew),
            Self::Update(family) => (family, RequestType::AdminUpdate),
            Self::Remove(family) => (family, RequestType::AdminRemove),
        }
    }
}

/// How long an assignment lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Length {
    /// So long.
    For(Duration),
    /// Until then.
    Until(Timestamp),
    /// Without end.
    Permanent,
}

impl Length {
    /// Reads `180 days`, `PT8H`, `2026-12-31T00:00:00Z` or `permanent`.
    ///
    /// # Errors
    /// When the text is none of them.
    pub fn from_words(text: &str) -> Result<Self, DurationError> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("permanent") {
            return Ok(Self::Permanent);
        }
        match text.parse() {
            Ok(instant) => Ok(Self::Until(instant)),
            Err(_) => Duration::from_words(text).map(Self::For),
        }
    }
}

impl From<Length> for Expiration {
    fn from(length: Length) -> Self {
        match length {
            Length::For(duration) => Self::AfterDuration(duration),
            Length::Until(instant) => Self::AfterDateTime(instant),
            Length::Permanent => Self::NoExpiration,
        }
    }
}

/// Which role someone means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Role {
    /// The GUID of its definition.
    Guid(Uuid),
    /// Its name.
    Name(String),
}

/// How the request is called.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Naming {
    /// A fresh GUID, made from random bytes the caller brings.
    Fresh([u8; 16]),
    /// The same GUID for the same scope, role, principal and nonce; change the nonce to ask again.
    Fixed {
        /// What the user changes to ask again.
        nonce: String,
    },
}

/// Everything about a request, before it is one.
#[derive(Debug, Clone, PartialEq)]
pub struct Intent {
    /// What is wanted.
    pub wish: Wish,
    /// Whether the principal asks itself.
    pub myself: bool,
    /// Where.
    pub scope: Scope,
    /// Which role.
    pub role: Role,
    /// Who.
    pub principal_id: Uuid,
    /// What kind of principal it is, where known.
    pub principal_type: Option<PrincipalType>,
    /// When it starts; now, where there is none.
    pub start: Option<Timestamp>,
    /// How long.
    pub length: Option<Length>,
    /// Why.
    pub justification: Option<String>,
    /// The ticket.
    pub ticket: Option<TicketInfo>,
    /// The condition.
    pub condition: Option<String>,
    /// The schedule to change.
    pub target_schedule_id: Option<String>,
    /// How the request is called.
    pub naming: Naming,
}

/// Why an intent is no request.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum IntentError {
    /// The role is not known by that name.
    #[error("there is no role `{0}`")]
    UnknownRole(String),
    /// It must be said how long.
    #[error("say how long, such as `180 days`, or `permanent`")]
    MissingLength,
    /// It takes something away, and so lasts no time.
    #[error("a `{0}` takes no length and no start")]
    LengthOfRemoval(RequestType),
    /// An activation must end.
    #[error("an activation cannot be permanent")]
    PermanentActivation,
    /// The end is not behind the start.
    #[error("the end `{end}` is not behind the start `{start}`")]
    EndBeforeStart {
        /// The start.
        start: Timestamp,
        /// The end.
        end: Timestamp,
    },
    /// A condition does not go with the request.
    #[error("a `{0}` takes no condition")]
    ConditionNotTaken(RequestType),
    /// The condition cannot be read.
    #[error("the condition has {} error(s)", .0.len())]
    Condition(Vec<Diagnostic>),
    /// A service principal would be made eligible.
    #[error("a service principal cannot activate what it is eligible for; make it active")]
    EligibleServicePrincipal,
}

impl Intent {
    /// Makes an intent with what every one has.
    #[must_use]
    pub const fn new(
        wish: Wish,
        scope: Scope,
        role: Role,
        principal_id: Uuid,
        naming: Naming,
    ) -> Self {
        Self {
            wish,
            myself: false,
            scope,
            role,
            principal_id,
            principal_type: None,
            start: None,
            length: None,
            justification: None,
            ticket: None,
            condition: None,
            target_schedule_id: None,
            naming,
        }
    }

    /// Makes the request; `resolve` finds the GUID of a role's name.
    ///
    /// ```
    /// use pim_model::{Intent, Length, Naming, Role, Scope, Wish};
    /// use uuid::Uuid;
    ///
    /// let scope = Scope::resource_group(Uuid::from_u128(1), "logs");
    /// let (role, group) = (Role::Name("Contributor".into()), Uuid::from_u128(3));
    /// let naming = Naming::Fixed { nonce: "2026-11".into() };
    /// let mut intent = Intent::new(Wish::MakeEligible, scope, role, group, naming);
    /// intent.length = Some(Length::from_words("180 days").unwrap());
    ///
    /// let request = intent.request(|_| Some(Uuid::from_u128(2))).unwrap();
    /// assert_eq!(request.to_json()["properties"]["requestType"], "AdminAssign");
    /// ```
    ///
    /// # Errors
    /// When the intent cannot become a request Azure would take.
    pub fn request(
        &self,
        resolve: impl FnOnce(&str) -> Option<Uuid>,
    ) -> Result<ScheduleRequest, IntentError> {
        let (family, request_type) = self.wish.request(self.myself);
        let role = match &self.role {
            Role::Guid(guid) => *guid,
            Role::Name(name) => {
                resolve(name).ok_or_else(|| IntentError::UnknownRole(name.clone()))?
            }
        };
        if let Some(condition) = &self.condition {
            if request_type.is_removal() || request_type == RequestType::SelfActivate {
                return Err(IntentError::ConditionNotTaken(request_type));
            }
            let found = abac_syntax::parse(condition).diagnostics;
            if found.iter().any(|finding| finding.severity == Severity::Error) {
                return Err(IntentError::Condition(found));
            }
        }
        if family == Family::Eligibility
            && request_type == RequestType::AdminAssign
            && self.principal_type == Some(PrincipalType::ServicePrincipal)
        {
            return Err(IntentError::EligibleServicePrincipal);
        }
        let mut request =
            ScheduleRequest::new(family, request_type, self.scope.clone(), role, self.principal_id);
        request.schedule_info = schedule(request_type, self.start, self.length)?;
        request.name = Some(self.name(family, role));
        request.principal_type = self.principal_type;
        request.justification.clone_from(&self.justification);
        request.ticket_info.clone_from(&self.ticket);
        request.condition.clone_from(&self.condition);
        request.target_schedule_id.clone_from(&self.target_schedule_id);
        Ok(request)
    }

    fn name(&self, family: Family, role: Uuid) -> Uuid {
        match &self.naming {
            Naming::Fresh(bytes) => uuid::Builder::from_random_bytes(*bytes).into_uuid(),
            Naming::Fixed { nonce } => {
                let scope = self.scope.to_string().to_lowercase();
                let (_, request_type) = self.wish.request(self.myself);
                let kind = family.request_kind();
                let principal = self.principal_id;
                let text = format!("{kind}\n{request_type}\n{scope}\n{role}\n{principal}\n{nonce}");
                Uuid::new_v5(&NAMESPACE, text.as_bytes())
            }
        }
    }
}

/// The namespace of deterministic names; it must never change, or names do.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0a3c6e_0f3b_5b0e_9a51_7d2c8b1f4e90);

fn schedule(
    request_type: RequestType,
    start: Option<Timestamp>,
    length: Option<Length>,
) -> Result<Option<ScheduleInfo>, IntentError> {
    if request_type.is_removal() {
        return match (start, length) {
            (None, None) => Ok(None),
            _ => Err(IntentError::LengthOfRemoval(request_type)),
        };
    }
    let length = length.ok_or(IntentError::MissingLength)?;
    match (length, start) {
        (Length::Permanent, _) if request_type == RequestType::SelfActivate => {
            Err(IntentError::PermanentActivation)
        }
        (Length::Until(end), Some(start)) if end <= start => {
            Err(IntentError::EndBeforeStart { start, end })
        }
        _ => Ok(Some(ScheduleInfo { start_date_time: start, expiration: length.into() })),
    }
}

/// A membership or ownership of a group that someone wants.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupIntent {
    /// What is wanted.
    pub wish: Wish,
    /// Whether the principal asks itself.
    pub myself: bool,
    /// Member or owner.
    pub access: Access,
    /// The group.
    pub group_id: Uuid,
    /// Who.
    pub principal_id: Uuid,
    /// When it starts; now, where there is none.
    pub start: Option<Timestamp>,
    /// How long.
    pub length: Option<Length>,
    /// Why.
    pub justification: Option<String>,
    /// The ticket.
    pub ticket: Option<TicketInfo>,
}

impl GroupIntent {
    /// Makes the request for Microsoft Graph.
    ///
    /// # Errors
    /// When the intent cannot become a request Microsoft Graph would take.
    pub fn request(&self) -> Result<GroupRequest, IntentError> {
        let (family, action) = self.wish.request(self.myself);
        let mut request =
            GroupRequest::new(family, action, self.access, self.group_id, self.principal_id);
        request.schedule_info = schedule(action, self.start, self.length)?;
        request.justification.clone_from(&self.justification);
        request.ticket_info.clone_from(&self.ticket);
        Ok(request)
    }
}
