//! From what is wanted to the request.

use super::{FamilyName, guid, instant, scope};
use crate::answer::Failure;
use crate::known::{KnownFacts, find_role};
use pim_model::{
    Access, Family, GroupIntent, IntentError, Length, Naming, PrincipalType, Role, TicketInfo, Wish,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tsify::Tsify;
use uuid::Uuid;

/// What somebody wants.
#[derive(Debug, Clone, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct Intent {
    /// What is wanted.
    pub wish: WishName,
    /// The object id of the principal.
    pub principal: String,
    /// Where, as an id such as `/subscriptions/…`; not for groups.
    #[serde(default)]
    pub scope: Option<String>,
    /// The role, by name or GUID; not for groups.
    #[serde(default)]
    pub role: Option<String>,
    /// The object id of the group, for PIM for Groups.
    #[serde(default)]
    pub group: Option<String>,
    /// What the principal is to be in the group; a member, unless it is said.
    #[serde(default)]
    pub access: Option<AccessName>,
    /// What kind of principal it is.
    #[serde(default)]
    pub principal_type: Option<PrincipalName>,
    /// Whether it is about an eligible or an active assignment, where the wish leaves that open;
    /// eligible, unless it is said.
    #[serde(default)]
    pub family: Option<FamilyName>,
    /// Whether the principal asks itself.
    #[serde(default)]
    pub myself: bool,
    /// When it starts; now, unless it is said.
    #[serde(default)]
    pub start: Option<String>,
    /// How long: `180 days`, `PT8H`, an instant, or `permanent`.
    #[serde(default)]
    pub length: Option<String>,
    /// Why.
    #[serde(default)]
    pub justification: Option<String>,
    /// The number of the ticket.
    #[serde(default)]
    pub ticket: Option<String>,
    /// The system the ticket is in.
    #[serde(default)]
    pub ticket_system: Option<String>,
    /// The condition; not for groups.
    #[serde(default)]
    pub condition: Option<String>,
    /// The id of the schedule to change.
    #[serde(default)]
    pub target_schedule: Option<String>,
    /// Names the request by what it is and this text, so that it has the same name each time.
    #[serde(default)]
    pub nonce: Option<String>,
    /// What a tenant adds to the facts, such as custom roles.
    #[serde(default)]
    pub known: KnownFacts,
}

/// A wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum WishName {
    /// Let somebody activate the role.
    Eligible,
    /// Give somebody the role.
    Active,
    /// Use a role one is eligible for.
    Activate,
    /// Stop using it.
    Deactivate,
    /// Let an assignment end later.
    Extend,
    /// Bring an assignment back that has ended.
    Renew,
    /// Change an assignment.
    Update,
    /// Take an assignment away.
    Remove,
}

/// What a principal is in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum AccessName {
    /// A member.
    Member,
    /// An owner.
    Owner,
}

/// What kind of principal is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum PrincipalName {
    /// A person.
    User,
    /// A group.
    Group,
    /// An application or a managed identity.
    ServicePrincipal,
}

/// A request that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewRequest {
    /// The request: with `type`, `scope` and `properties` for the role of a resource, with `path`
    /// and `body` for PIM for Groups.
    #[tsify(type = "Record<string, unknown>")]
    pub request: Value,
    /// The name of the role, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
}

/// Makes the request that does what is wanted.
///
/// # Errors
///
/// A wish that no request can carry out, a role that is not known, a condition with errors.
pub fn new_request(intent: &Intent) -> Result<NewRequest, Failure> {
    match &intent.group {
        Some(group) => intent.of_group(group),
        None => intent.of_resource(),
    }
}

impl Intent {
    fn of_group(&self, group: &str) -> Result<NewRequest, Failure> {
        let given = [
            ("scope", self.scope.is_some()),
            ("role", self.role.is_some()),
            ("condition", self.condition.is_some()),
        ];
        if let Some((name, _)) = given.into_iter().find(|(_, given)| *given) {
            return Err(Failure::new("options", format!("`{name}` does not go with `group`")));
        }
        let intent = GroupIntent {
            wish: self.wish(),
            myself: self.myself,
            access: match self.access {
                Some(AccessName::Owner) => Access::Owner,
                Some(AccessName::Member) | None => Access::Member,
            },
            group_id: guid("group", group)?,
            principal_id: guid("principal", &self.principal)?,
            start: self.start.as_deref().map(|text| instant("start", text)).transpose()?,
            length: self.length()?,
            justification: self.justification.clone(),
            ticket: self.ticket(),
        };
        let request = intent.request().map_err(|error| refused(&error, ""))?;
        let request = json!({ "path": request.path(), "body": request.to_json() });
        Ok(NewRequest { request, role_name: None })
    }

    fn of_resource(&self) -> Result<NewRequest, Failure> {
        let missing = |name: &str| Failure::new("options", format!("`{name}` is missing"));
        let catalog = self.known.catalog()?;
        let name = self.role.as_deref().ok_or_else(|| missing("role"))?.trim();
        // A role that only the tenant knows is given by its GUID.
        let (guid_of_role, role) = match Uuid::try_parse(name) {
            Ok(guid) => (guid, catalog.role(name)),
            Err(_) => {
                let role = find_role(&catalog, name)?;
                (guid("role", role.id())?, Some(role))
            }
        };
        let place = scope(self.scope.as_deref().ok_or_else(|| missing("scope"))?)?;
        let naming = match &self.nonce {
            Some(nonce) => Naming::Fixed { nonce: nonce.clone() },
            None => Naming::Fresh([0; 16]),
        };
        let principal = guid("principal", &self.principal)?;
        let role_guid = Role::Guid(guid_of_role);
        let intent = pim_model::Intent {
            myself: self.myself,
            principal_type: self.principal_type.map(|name| match name {
                PrincipalName::User => PrincipalType::User,
                PrincipalName::Group => PrincipalType::Group,
                PrincipalName::ServicePrincipal => PrincipalType::ServicePrincipal,
            }),
            start: self.start.as_deref().map(|text| instant("start", text)).transpose()?,
            length: self.length()?,
            justification: self.justification.clone(),
            ticket: self.ticket(),
            condition: self.condition.clone(),
            target_schedule_id: self.target_schedule.clone(),
            ..pim_model::Intent::new(self.wish(), place, role_guid, principal, naming)
        };
        let condition = self.condition.as_deref().unwrap_or_default();
        let mut request = intent.request(|_| None).map_err(|error| refused(&error, condition))?;
        if self.nonce.is_none() {
            // What is written takes a fresh name each time it is sent.
            request.name = None;
        }
        Ok(NewRequest {
            request: request.to_document(),
            role_name: role.map(|role| role.name().to_owned()),
        })
    }

    fn wish(&self) -> Wish {
        let family = self.family.map_or(Family::Eligibility, Family::from);
        match self.wish {
            WishName::Eligible => Wish::MakeEligible,
            WishName::Active => Wish::MakeActive,
            WishName::Activate => Wish::Activate,
            WishName::Deactivate => Wish::Deactivate,
            WishName::Extend => Wish::Extend(family),
            WishName::Renew => Wish::Renew(family),
            WishName::Update => Wish::Update(family),
            WishName::Remove => Wish::Remove(family),
        }
    }

    fn length(&self) -> Result<Option<Length>, Failure> {
        let read = |text: &String| {
            Length::from_words(text)
                .map_err(|error| Failure::new("options", format!("`length`: {error}")))
        };
        self.length.as_ref().map(read).transpose()
    }

    fn ticket(&self) -> Option<TicketInfo> {
        let ticket = TicketInfo {
            ticket_number: self.ticket.clone(),
            ticket_system: self.ticket_system.clone(),
        };
        (!ticket.is_empty()).then_some(ticket)
    }
}

/// Says why an intent is no request: a condition by its own errors.
fn refused(error: &IntentError, condition: &str) -> Failure {
    let of_condition = match error {
        IntentError::Condition(found) => Failure::of_errors(condition, found),
        _ => None,
    };
    of_condition.unwrap_or_else(|| Failure::new("intent", error.to_string()))
}
