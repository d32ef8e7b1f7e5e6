//! What every generator works from: the request as it goes over the wire, and where it goes.

use pim_model::{Duration, RoleDefinitionId, Scope, ScopeKind};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::document::arm::Deployment;
use crate::target::Carried;

/// Which resource type a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `roleEligibilityScheduleRequests`.
    Eligible,
    /// `roleAssignmentScheduleRequests`.
    Active,
    /// `roleAssignments`, without PIM.
    Plain,
}

impl Kind {
    /// The full type.
    pub(crate) const fn resource_type(self) -> &'static str {
        match self {
            Self::Eligible => "Microsoft.Authorization/roleEligibilityScheduleRequests",
            Self::Active => "Microsoft.Authorization/roleAssignmentScheduleRequests",
            Self::Plain => "Microsoft.Authorization/roleAssignments",
        }
    }

    /// The newest stable API version: *documented*,
    /// <https://learn.microsoft.com/rest/api/authorization/>, read 2026-11.
    pub(crate) const fn api_version(self) -> &'static str {
        match self {
            Self::Eligible | Self::Active => "2020-10-01",
            Self::Plain => "2022-04-01",
        }
    }

    /// What we call it in the files we write.
    pub(crate) const fn symbol(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Active => "active",
            Self::Plain => "assignment",
        }
    }
}

/// When an assignment ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing is said.
    Unsaid,
    /// Never.
    Never,
    /// After a duration, in ISO 8601.
    After(String),
    /// At an instant, in RFC 3339.
    At(String),
}

/// A request to Azure Resource Manager.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    pub(crate) kind: Kind,
    pub(crate) scope: Scope,
    /// The name, if it was chosen; else each submission takes a new one.
    pub(crate) name: Option<Uuid>,
    /// The role's name, for people to read.
    pub(crate) role_name: Option<String>,
    /// The properties, as they go over the wire.
    pub(crate) properties: Map<String, Json>,
}

impl Plan {
    /// A text among the properties; an empty one is as good as none.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.properties.get(name).and_then(Json::as_str).filter(|text| !text.is_empty())
    }

    fn nested(&self, path: &[&str]) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        let mut value = self.properties.get(*first)?;
        for name in rest {
            value = value.get(name)?;
        }
        value.as_str().filter(|text| !text.is_empty())
    }

    pub(crate) fn principal(&self) -> &str {
        self.text("principalId").unwrap_or_default()
    }

    /// The id of the role definition.
    pub(crate) fn role(&self) -> &str {
        self.text("roleDefinitionId").unwrap_or_default()
    }

    /// The GUID of the role, if its id is the one that is seen from the scope.
    pub(crate) fn role_seen_from_scope(&self) -> Option<Uuid> {
        let id: RoleDefinitionId = self.role().parse().ok()?;
        let usual = RoleDefinitionId::seen_from(&self.scope, id.guid).to_string();
        usual.eq_ignore_ascii_case(self.role()).then_some(id.guid)
    }

    pub(crate) fn request_type(&self) -> &str {
        self.text("requestType").unwrap_or_default()
    }

    pub(crate) fn condition(&self) -> Option<&str> {
        self.text("condition")
    }

    pub(crate) fn start(&self) -> Option<&str> {
        self.nested(&["scheduleInfo", "startDateTime"])
    }

    pub(crate) fn end(&self) -> End {
        let expiration = |field| self.nested(&["scheduleInfo", "expiration", field]);
        match expiration("type") {
            Some("NoExpiration") => End::Never,
            Some("AfterDuration") => {
                expiration("duration").map_or(End::Unsaid, |text| End::After(text.to_owned()))
            }
            Some("AfterDateTime") => {
                expiration("endDateTime").map_or(End::Unsaid, |text| End::At(text.to_owned()))
            }
            _ => End::Unsaid,
        }
    }

    pub(crate) fn ticket_number(&self) -> Option<&str> {
        self.nested(&["ticketInfo", "ticketNumber"])
    }

    pub(crate) fn ticket_system(&self) -> Option<&str> {
        self.nested(&["ticketInfo", "ticketSystem"])
    }

    /// What a target must be able to carry.
    pub(crate) fn carried(&self) -> Carried {
        let has_condition = self.condition().is_some();
        match (self.kind, self.request_type()) {
            (Kind::Plain, _) if has_condition => Carried::AssignmentCondition,
            (Kind::Plain, _) => Carried::Assignment,
            (_, request) if request.starts_with("Self") => Carried::Activation,
            (_, "AdminRemove") => Carried::Remove,
            (_, "AdminUpdate" | "AdminExtend" | "AdminRenew") => Carried::Update,
            (Kind::Eligible, _) if has_condition => Carried::EligibleCondition,
            (Kind::Eligible, _) => Carried::Eligible,
            (Kind::Active, _) if has_condition => Carried::ActiveCondition,
            (Kind::Active, _) => Carried::Active,
        }
    }

    /// What a template that carries this is deployed to.
    pub(crate) fn deployment(&self) -> Deployment {
        match &self.scope {
            Scope::Tenant => Deployment::Tenant,
            Scope::ManagementGroup { .. } => Deployment::ManagementGroup,
            Scope::Subscription { .. } | Scope::Resource { resource_group: None, .. } => {
                Deployment::Subscription
            }
            Scope::ResourceGroup { .. } | Scope::Resource { .. } => Deployment::ResourceGroup,
        }
    }

    /// The scope as the front of a URL path: nothing for the tenant.
    pub(crate) fn scope_path(&self) -> String {
        match &self.scope {
            Scope::Tenant => String::new(),
            scope => scope.to_string(),
        }
    }

    /// The scope in words: `resource group rg-app`.
    pub(crate) fn scope_words(&self) -> String {
        scope_words(&self.scope)
    }

    /// The role in words: its name, or its GUID.
    pub(crate) fn role_words(&self) -> String {
        match &self.role_name {
            Some(name) => name.clone(),
            None => format!("role {}", self.role().rsplit('/').next().unwrap_or_default()),
        }
    }

    /// What the request does, in one sentence.
    pub(crate) fn summary(&self) -> String {
        let (principal, role, scope) = (self.principal(), self.role_words(), self.scope_words());
        let condition = if self.condition().is_some() { ", with a condition" } else { "" };
        let kind = if self.kind == Kind::Eligible { "eligible" } else { "active" };
        let assignment = format!("the {kind} assignment of {role} to {principal} on {scope}");
        let end = self.end_words();
        match self.request_type() {
            "SelfActivate" => format!("Activates {role} on {scope} for {principal}{end}."),
            "SelfDeactivate" => format!("Deactivates {role} on {scope} for {principal}."),
            "SelfExtend" => format!("Asks to extend {assignment}{end}."),
            "SelfRenew" => format!("Asks to renew {assignment}{end}."),
            "AdminRemove" => format!("Removes {assignment}."),
            "AdminUpdate" => format!("Updates {assignment}{end}{condition}."),
            "AdminExtend" => format!("Extends {assignment}{end}{condition}."),
            "AdminRenew" => format!("Renews {assignment}{end}{condition}."),
            _ if self.kind == Kind::Plain => {
                format!("Assigns {role} to {principal} on {scope}{condition}.")
            }
            _ if self.kind == Kind::Eligible => {
                format!("Makes {principal} eligible for {role} on {scope}{end}{condition}.")
            }
            _ => format!("Assigns {role} to {principal} on {scope}{end}{condition}."),
        }
    }

    fn end_words(&self) -> String {
        let start = self.start().map(|start| format!(", from {start}")).unwrap_or_default();
        match self.end() {
            End::Unsaid => start,
            End::Never => format!("{start}, without end"),
            End::After(duration) => format!("{start}, for {}", duration_words(&duration)),
            End::At(instant) => format!("{start}, until {instant}"),
        }
    }
}

/// A duration in words, or as it is written if it is none.
pub(crate) fn duration_words(duration: &str) -> String {
    duration.parse::<Duration>().map_or_else(|_| duration.to_owned(), Duration::words)
}

/// A scope in words: `resource group rg-app`.
pub(crate) fn scope_words(scope: &Scope) -> String {
    let kind = scope.kind().as_str();
    match scope {
        Scope::Tenant => "the tenant".to_owned(),
        Scope::ManagementGroup { name } | Scope::ResourceGroup { name, .. } => {
            format!("{kind} {name}")
        }
        Scope::Subscription { id } => format!("{kind} {id}"),
        Scope::Resource { path, .. } => {
            let name = path.last().map(|part| part.name.as_str()).unwrap_or_default();
            format!("{} {name}", ScopeKind::Resource.as_str())
        }
    }
}
