//! Checking documents: requests, role assignments and policies.

use super::{FamilyName, instant, scope};
use crate::answer::Failure;
use crate::finding::{Finding, Place, Places, findings};
use pim_model::{Family, Model, Options, Timestamp, Tool};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// What a document does not say about itself.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "an object")]
pub struct RequestOptions {
    /// The scope of a request that names none, as an id such as `/subscriptions/…`.
    pub scope: Option<String>,
    /// The family of a request that does not tell.
    pub family: Option<FamilyName>,
    /// The time to judge by; now, unless it is said.
    pub at: Option<String>,
    /// The tool that will send it, whose own pitfalls are reported too.
    #[tsify(type = r#""template" | "azurerm" | "azapi" | "powershell" | "rest""#)]
    pub tool: Option<String>,
}

/// What stands in a document, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct CheckedRequests {
    /// The text that places count in: the one that was given, or the JSON of the object that was.
    pub text: String,
    /// What could be read.
    pub items: Vec<RequestItem>,
    /// The findings, sorted by place.
    pub findings: Vec<Finding>,
}

/// Something that stands in a document.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct RequestItem {
    /// What it is.
    #[tsify(type = r#""request" | "groupRequest" | "roleAssignment" | "schedule" | "policy""#)]
    pub kind: &'static str,
    /// The names that lead to it, as in `resources[0]`; empty for the whole document.
    pub path: String,
    /// Where it stands.
    pub place: Place,
    /// The GUID of its role, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The request or assignment as it would be sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(type = "Record<string, unknown>")]
    pub body: Option<serde_json::Value>,
}

/// Finds what is wrong with the requests, role assignments and policies of a document: the JSON of a
/// call or an answer, a list of them, or an ARM template.
///
/// # Errors
///
/// An option that cannot be read.
pub fn check_request(
    source: &str,
    options: &RequestOptions,
    now: Timestamp,
) -> Result<CheckedRequests, Failure> {
    let loaded = pim_model::check(source, &options.model(now)?);
    let places = Places::new(source);
    let item = |item: &pim_model::Item| {
        let (kind, body) = match &item.model {
            Model::Request(request) => ("request", Some(request.to_document())),
            Model::Group(request) => ("groupRequest", Some(request.to_json())),
            Model::RoleAssignment(assignment) => ("roleAssignment", Some(assignment.to_json())),
            Model::Schedule(_) => ("schedule", None),
            _ => ("policy", None),
        };
        RequestItem {
            kind,
            path: item.path.clone(),
            place: places.of(item.span),
            role: item.model.role().map(|role| role.to_string()),
            body,
        }
    };
    Ok(CheckedRequests {
        text: source.to_owned(),
        items: loaded.items.iter().map(item).collect(),
        findings: findings(source, &loaded.diagnostics),
    })
}

impl RequestOptions {
    /// Returns what the model is to know.
    pub(super) fn model(&self, now: Timestamp) -> Result<Options, Failure> {
        let tool = |name: &String| {
            Tool::from_name(name).ok_or_else(|| {
                let names = Tool::ALL.map(Tool::as_str).join("`, `");
                Failure::new("options", format!("`tool`: expected `{names}`, found `{name}`"))
            })
        };
        Ok(Options {
            now: Some(self.now(now)?),
            family: self.family.map(Family::from),
            scope: self.scope.as_deref().map(scope).transpose()?,
            tool: self.tool.as_ref().map(tool).transpose()?,
        })
    }

    pub(super) fn now(&self, now: Timestamp) -> Result<Timestamp, Failure> {
        self.at.as_deref().map_or(Ok(now), |text| instant("at", text))
    }
}
