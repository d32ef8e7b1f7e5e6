//! Actions a condition can target, their services and suboperations.

use crate::source::{Source, by_tag};
use crate::table::{items, rows};
use serde::Serialize;
use std::sync::OnceLock;

/// Whether an action is one of the control plane or of the data plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Plane {
    /// Granted through `actions` of a role.
    Control,
    /// Granted through `dataActions` of a role.
    Data,
}

impl Plane {
    /// Returns the plane in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Control => "control",
            Self::Data => "data",
        }
    }

    /// Returns the field of a role's permissions that grants actions of this plane.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Control => "actions",
            Self::Data => "dataActions",
        }
    }
}

/// How far a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Status {
    /// Generally available.
    Ga,
    /// In preview.
    Preview,
    /// Documented as no longer to be used.
    Deprecated,
    /// Seen in texts that Azure serves, on no page.
    Observed,
}

impl Status {
    /// Returns the status as the data files spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ga => "GA",
            Self::Preview => "preview",
            Self::Deprecated => "deprecated",
            Self::Observed => "observed",
        }
    }

    pub(crate) fn parse(text: &str) -> Self {
        match text {
            "preview" => Self::Preview,
            "deprecated" => Self::Deprecated,
            "observed" => Self::Observed,
            _ => Self::Ga,
        }
    }
}

/// A service whose actions take conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Service {
    /// The first part of the ids of its actions, `blob`.
    pub id: &'static str,
    /// The service in words.
    pub name: &'static str,
    /// The resource provider, `Microsoft.Storage`.
    pub provider: &'static str,
    /// Which plane its conditionable actions are on.
    pub plane: Plane,
    /// How far the service's support is, in words.
    pub status: &'static str,
    /// Roles that grant its conditionable actions.
    pub roles: Vec<&'static str>,
    /// What else is to be known.
    pub notes: &'static str,
}

/// Which suboperation an action is limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct SuboperationTarget {
    /// The suboperation, `Blob.List`.
    pub name: &'static str,
    /// Whether the action is everything *but* the suboperation.
    pub negated: bool,
}

/// An action that a condition can target, in the portal's sense: a permission string, sometimes
/// limited to a suboperation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Action {
    /// The catalog's own id, `blob.read`.
    pub id: &'static str,
    /// The portal's name for it, `Read a blob`.
    pub display_name: &'static str,
    /// The service it belongs to, in words.
    pub service: &'static str,
    /// The resource provider, `Microsoft.Storage`.
    pub provider: &'static str,
    /// The permission string, `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read`.
    pub action: &'static str,
    /// The plane it is granted on.
    pub plane: Plane,
    /// The suboperation it is limited to.
    pub suboperation: Option<SuboperationTarget>,
    /// How far it is.
    pub status: Status,
    /// Ids of the attributes it offers through `@Resource`.
    pub resource_attributes: Vec<&'static str>,
    /// Ids of the attributes it offers through `@Request`.
    pub request_attributes: Vec<&'static str>,
    /// Ids of the attributes it offers through `@Environment`.
    pub environment_attributes: Vec<&'static str>,
    /// Whether a page says that it offers `@Principal` attributes; `false` when no page says so.
    pub principal_attributes: bool,
    /// Other permission strings that the same portal action stands for.
    pub also_actions: Vec<&'static str>,
    /// What it does.
    pub description: &'static str,
    /// The page that describes it.
    pub source: &'static Source,
    /// What else is to be known.
    pub notes: &'static str,
}

impl Action {
    /// Returns the ids of the attributes offered through a source, `"Request"`, in any letter
    /// case.
    #[must_use]
    pub fn attribute_ids(&self, source: &str) -> &[&'static str] {
        const PRINCIPAL: &[&str] = &["principal.customSecurityAttribute"];
        match source {
            _ if source.eq_ignore_ascii_case("Resource") => &self.resource_attributes,
            _ if source.eq_ignore_ascii_case("Request") => &self.request_attributes,
            _ if source.eq_ignore_ascii_case("Environment") => &self.environment_attributes,
            _ if source.eq_ignore_ascii_case("Principal") && self.principal_attributes => PRINCIPAL,
            _ => &[],
        }
    }

    /// Returns the guard the portal writes for it, without the negation around:
    /// `ActionMatches{'…'} AND NOT SubOperationMatches{'Blob.List'}`.
    ///
    /// *Documented*: conditions-format, 2023-11-15.
    #[must_use]
    pub fn guard(&self) -> String {
        let action = self.action;
        match self.suboperation {
            None => format!("ActionMatches{{'{action}'}}"),
            Some(SuboperationTarget { name, negated }) => {
                let not = if negated { "NOT " } else { "" };
                format!("ActionMatches{{'{action}'}} AND {not}SubOperationMatches{{'{name}'}}")
            }
        }
    }

    /// Says whether it covers a request: the same permission string in any letter case, and a
    /// suboperation that fits.
    #[must_use]
    pub fn covers(&self, action: &str, suboperation: Option<&str>) -> bool {
        self.action.eq_ignore_ascii_case(action)
            && self.suboperation.is_none_or(|target| {
                let same = suboperation.is_some_and(|name| name.eq_ignore_ascii_case(target.name));
                same != target.negated
            })
    }
}

/// A suboperation that `SubOperationMatches` can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Suboperation {
    /// The name, `Blob.List`.
    pub name: &'static str,
    /// The permission strings that have it.
    pub actions: Vec<&'static str>,
    /// How far it is.
    pub status: Status,
    /// Id of the action to target in its place.
    pub replaced_by: Option<&'static str>,
    /// Other spellings that older pages used.
    pub former_names: Vec<&'static str>,
    /// The page that describes it.
    pub source: &'static Source,
}

/// Returns every service, by id.
pub(crate) fn services() -> &'static [Service] {
    static TABLE: OnceLock<Vec<Service>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../data/services.tsv"))
            .map(|mut row| Service {
                id: row.text(),
                provider: row.text(),
                plane: plane(row.text()),
                name: row.text(),
                status: row.text(),
                roles: row.list(),
                notes: row.text(),
            })
            .collect()
    })
}

/// Returns every action, by id.
pub(crate) fn actions() -> &'static [Action] {
    static TABLE: OnceLock<Vec<Action>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../data/actions.tsv"))
            .map(|mut row| {
                let id = row.text();
                let service = id.split('.').next().unwrap_or(id);
                let service = services().iter().find(|known| known.id == service);
                let action = row.text();
                let suboperation = match row.text() {
                    "" => None,
                    text => Some(match text.strip_prefix('!') {
                        Some(name) => SuboperationTarget { name, negated: true },
                        None => SuboperationTarget { name: text, negated: false },
                    }),
                };
                let status = Status::parse(row.text());
                Action {
                    id,
                    service: service.map_or("", |service| service.name),
                    provider: service.map_or("", |service| service.provider),
                    action,
                    plane: service.map_or(Plane::Data, |service| service.plane),
                    suboperation,
                    status,
                    display_name: row.text(),
                    resource_attributes: row.list(),
                    request_attributes: row.list(),
                    environment_attributes: row.list(),
                    principal_attributes: row.text() == "principal",
                    also_actions: row.list(),
                    source: by_tag(row.text()),
                    description: row.text(),
                    notes: row.text(),
                }
            })
            .collect()
    })
}

/// Returns every suboperation, by name.
pub(crate) fn suboperations() -> &'static [Suboperation] {
    static TABLE: OnceLock<Vec<Suboperation>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../data/suboperations.tsv"))
            .map(|mut row| Suboperation {
                name: row.text(),
                status: Status::parse(row.text()),
                actions: row.list(),
                replaced_by: Some(row.text()).filter(|id| !id.is_empty()),
                former_names: items(row.text()).collect(),
                source: by_tag(row.text()),
            })
            .collect()
    })
}

fn plane(text: &str) -> Plane {
    if text == "control" { Plane::Control } else { Plane::Data }
}
