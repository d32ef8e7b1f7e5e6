//! Reads requests, role assignments and policies from JSON and says what is wrong with them.

mod answer;
mod assignment;
mod condition;
mod group;
mod request;
mod schedule;
mod schedule_answer;
mod template;

pub use schedule_answer::{MemberType, Schedule};

use crate::document::{Document, Node};
use crate::policy::{self, Policy};
use crate::reader::{Place, Reader};
use crate::request::{GroupRequest, RoleAssignment, ScheduleRequest};
use crate::request_type::{Casing, Family};
use crate::scope::Scope;
use crate::tool::{Subject, Tool, hazards};
use diagnostics::{Diagnostic, Span};
use jiff::Timestamp;
use uuid::Uuid;

/// What is known besides the text.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The current time; without it nothing is said about what has passed.
    pub now: Option<Timestamp>,
    /// The family of a request whose text does not tell.
    pub family: Option<Family>,
    /// The scope of a request whose text does not tell.
    pub scope: Option<Scope>,
    /// The tool that will send it, whose own pitfalls are then reported too.
    pub tool: Option<Tool>,
}

/// Something that was read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Model {
    /// A schedule request for Azure resources.
    Request(Box<ScheduleRequest>),
    /// A PIM for Groups request.
    Group(Box<GroupRequest>),
    /// A plain role assignment.
    RoleAssignment(Box<RoleAssignment>),
    /// A schedule or schedule instance, which Azure only answers.
    Schedule(Box<Schedule>),
    /// A role management policy.
    Policy(Box<Policy>),
}

impl Model {
    /// Returns the role it is about, where that is a role of Azure resources and the text tells.
    #[must_use]
    pub fn role(&self) -> Option<Uuid> {
        match self {
            Self::Request(request) => Some(request.role_definition_id.guid),
            Self::RoleAssignment(assignment) => Some(assignment.role_definition_id.guid),
            Self::Policy(policy) => policy.role(),
            Self::Group(_) | Self::Schedule(_) => None,
        }
    }
}

/// Something that was read, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The names that lead to it, as in `resources[0]`; empty for the whole text.
    pub path: String,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub model: Model,
    properties: Node,
}

impl Item {
    /// Returns where a field stands, as in `scheduleInfo.expiration.duration`; what leads to it
    /// where the field is missing.
    #[must_use]
    pub fn field_span(&self, path: &str) -> Span {
        let mut path = path;
        loop {
            if let Some(node) = self.properties.at(path) {
                return match node.kind {
                    crate::document::Kind::Object(_) => {
                        Span::new(node.span.start, node.span.start + 1)
                    }
                    _ => node.span,
                };
            }
            match path.rsplit_once('.') {
                Some((outer, _)) => path = outer,
                None => {
                    return Span::new(self.properties.span.start, self.properties.span.start + 1);
                }
            }
        }
    }
}

/// What was read of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Loaded {
    /// What could be read, in the order of the text.
    pub items: Vec<Item>,
    /// What is wrong, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text: a request, a policy, an answer of Azure, a list of them or an ARM template.
///
/// It never fails; what cannot be read is left out and reported.
///
/// ```
/// use pim_model::{Options, check};
///
/// let text = r#"{"properties": {
///   "principalId": "a3bb8764-cb92-4276-9d2a-ca1e895e55ea",
///   "roleDefinitionId": "/subscriptions/dfa2a084-766f-4003-8ae1-c4aeb893a99f/providers/Microsoft.Authorization/roleDefinitions/c8d4ff99-41c3-41a8-9f60-21dfdad59608",
///   "requestType": "SelfActivate",
///   "justification": "CHG-1",
///   "scheduleInfo": {"expiration": {"type": "AfterDuration", "duration": "8:00:00"}}
/// }}"#;
/// let loaded = check(text, &Options::default());
/// assert_eq!(loaded.items.len(), 1);
/// let found = &loaded.diagnostics[0];
/// assert_eq!(found.id, "pim-duration");
/// assert_eq!(found.fix.as_ref().unwrap().edits[0].replacement, "\"PT8H\"");
/// ```
#[must_use]
pub fn check(source: &str, options: &Options) -> Loaded {
    let Document { root, diagnostics } = Document::read(source);
    let reader = Reader::new(source);
    let mut checker = Checker { reader, options, items: Vec::new(), template: None };
    checker.reader.found = diagnostics;
    if let Some(root) = root {
        checker.document(&Place::new(&root, ""));
    }
    let Checker { reader, items, .. } = checker;
    let mut diagnostics = reader.found;
    diagnostics.sort_by(|one, other| (one.span, &one.id).cmp(&(other.span, &other.id)));
    diagnostics.dedup();
    Loaded { items, diagnostics }
}

pub(crate) struct Checker<'s> {
    pub(crate) reader: Reader<'s>,
    pub(crate) options: &'s Options,
    items: Vec<Item>,
    template: Option<template::Template>,
}

impl Checker<'_> {
    fn document(&mut self, place: &Place<'_>) {
        let node = place.node;
        if node.get("$schema").is_some() || node.get("resources").is_some() {
            self.template(place);
        } else if let Some(list) = node.get("value").filter(|list| !list.items().is_empty()) {
            for (index, item) in list.items().iter().enumerate() {
                self.one(&Place::new(item, format!("value[{index}]")), false);
            }
        } else if !node.items().is_empty() {
            for (index, item) in node.items().iter().enumerate() {
                self.one(&Place::new(item, format!("[{index}]")), false);
            }
        } else {
            self.one(place, false);
        }
    }

    /// Reads one request, assignment or policy; `in_template` says that it is a resource.
    pub(crate) fn one(&mut self, place: &Place<'_>, in_template: bool) {
        let node = place.node;
        if node.get("error").is_some() {
            return self.answer_error(place);
        }
        // A call to Microsoft Graph: its path tells the family.
        if let (Some(path), Some(body)) = (node.get("path").and_then(Node::text), node.get("body"))
        {
            let body = Place::new(body, place.path_of("body"));
            let last = path.rsplit('/').next().unwrap_or("");
            let families = [Family::Eligibility, Family::Assignment];
            let family = families.into_iter().find(|one| one.graph_kind() == last);
            return self.group_request(&body, &body, family);
        }
        let inner = node.get_any_case("properties").filter(|inner| !inner.fields().is_empty());
        let properties = match inner {
            Some(inner) => Place::new(inner, place.path_of("properties")),
            None => place.clone(),
        };
        let has = |name: &str| properties.node.get_any_case(name).is_some();
        let kind = node.get("type").and_then(Node::text).unwrap_or("");
        let is_kind = |name: &str| kind.rsplit('/').next().unwrap_or("").eq_ignore_ascii_case(name);
        if has("rules") || has("effectiveRules") {
            let policy = policy::read(&mut self.reader, place, &properties);
            self.tool_hazards(&Subject::Policy(&policy), properties.span());
            self.keep(place, &properties, Model::Policy(Box::new(policy)));
        } else if let Some(family) = schedule_answer::schedule_family(kind) {
            if let Some(schedule) = self.schedule_answer(place, &properties, family) {
                self.keep(place, &properties, Model::Schedule(Box::new(schedule)));
            }
        } else if has("policyId") {
            // The link between a role and its policy, without rules: nothing in it can be wrong
            // but the ids Azure gave.
            let policy = Policy {
                id: properties.node.at("policyId").and_then(Node::text).map(str::to_owned),
                scope: self.scope(place, &properties),
                ..Policy::default()
            };
            self.keep(place, &properties, Model::Policy(Box::new(policy)));
        } else if has("groupId") || has("accessId") || has("action") {
            self.group_request(place, &properties, None);
        } else if is_kind("roleAssignments")
            || (has("principalId")
                && !has("requestType")
                && !has("scheduleInfo")
                && Family::of_resource_type(kind).is_none())
        {
            if let Some(assignment) = self.role_assignment(place, &properties, in_template) {
                self.keep(place, &properties, Model::RoleAssignment(Box::new(assignment)));
            }
        } else if has("requestType") || has("principalId") || has("scheduleInfo") || in_template {
            if let Some(request) = self.request(place, &properties, in_template) {
                self.tool_hazards(&Subject::Request(&request), properties.span());
                self.keep(place, &properties, Model::Request(Box::new(request)));
            }
        } else {
            let message = "this is no schedule request, role assignment or role management policy";
            let help = "a request has `properties.requestType`, a policy `properties.rules`";
            self.reader.advise("pim-missing-field", place.span(), message, help);
        }
    }

    fn group_request(&mut self, place: &Place<'_>, properties: &Place<'_>, family: Option<Family>) {
        self.reader.casing = Casing::Graph;
        if let Some(request) = self.group(properties, family) {
            self.tool_hazards(&Subject::Group(&request), properties.span());
            self.keep(place, properties, Model::Group(Box::new(request)));
        }
        self.reader.casing = Casing::Arm;
    }

    fn keep(&mut self, place: &Place<'_>, properties: &Place<'_>, model: Model) {
        self.items.push(Item {
            path: place.path.clone(),
            span: place.node.span,
            model,
            properties: properties.node.clone(),
        });
    }

    fn tool_hazards(&mut self, subject: &Subject<'_>, span: Span) {
        for hazard in self.options.tool.iter().flat_map(|tool| hazards(*tool, subject)) {
            self.reader.advise(hazard.id, span, hazard.message, hazard.help);
        }
    }
}
