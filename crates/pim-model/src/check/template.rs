//! ARM templates that carry requests.

use super::Checker;
use crate::document::{Kind, Node};
use crate::reader::{Got, Place, quoted, shown};
use crate::request_type::Family;
use crate::rules::severity;
use crate::scope::{Scope, ScopeKind};
use diagnostics::{Diagnostic, Fix, Span, closest};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The versions of the API for requests (*documented*: azure-rest-api-specs, read 2026-11).
const REQUEST_VERSIONS: &[&str] = &[
    "2020-10-01",
    "2020-10-01-preview",
    "2022-04-01-preview",
    "2024-02-01-preview",
    "2024-09-01-preview",
];

/// What a template says besides its resources.
#[derive(Debug, Default)]
pub(crate) struct Template {
    /// The kind of scope it deploys to.
    scope: Option<ScopeKind>,
    /// Lower-case names of parameters and variables, and their values in lower case.
    values: BTreeMap<String, String>,
    /// Where a parameter can be added, and what goes around it.
    parameters: Option<(u32, &'static str, &'static str)>,
}

impl Checker<'_> {
    pub(crate) fn template(&mut self, place: &Place<'_>) {
        let outer = self.template.replace(Template::of(place.node));
        self.reader.template = true;
        if let Some(resources) = place.node.get("resources") {
            self.resources(&Place::new(resources, place.path_of("resources")));
        }
        self.template = outer;
        self.reader.template = self.template.is_some();
    }

    /// Resources are a list, or an object with a name for each.
    fn resources(&mut self, place: &Place<'_>) {
        match &place.node.kind {
            Kind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.resource(&Place::new(item, format!("{}[{index}]", place.path)));
                }
            }
            Kind::Object(fields) => {
                for field in fields {
                    self.resource(&Place::new(&field.value, place.path_of(&field.name)));
                }
            }
            _ => {}
        }
    }

    fn resource(&mut self, place: &Place<'_>) {
        let Some(kind) = place.node.get("type").and_then(Node::text) else { return };
        let span = place.node.get("type").map_or(place.span(), |node| node.span);
        let name = kind.to_lowercase();
        match name.as_str() {
            "microsoft.resources/deployments" => {
                if let Some(inner) = place.node.at("properties.template") {
                    self.template(&Place::new(inner, place.path_of("properties.template")));
                }
            }
            "microsoft.authorization/rolemanagementpolicies" => {
                let message = "role management policies cannot be deployed from a template";
                let help = "send a `PATCH` with `az rest`, or use `azurerm_role_management_policy`";
                self.reader.advise("pim-policy-in-template", span, message, help);
            }
            "microsoft.authorization/rolemanagementpolicyassignments" => self.policy_link(place),
            "microsoft.authorization/roleassignments" => self.one(place, true),
            _ => {
                let is_request = Family::of_resource_type(kind).is_some();
                if is_request && name.starts_with("microsoft.authorization/") {
                    self.request_resource(place);
                } else {
                    self.condition_of_other(place, kind);
                }
            }
        }
        if let Some(children) = place.node.get("resources") {
            self.resources(&Place::new(children, place.path_of("resources")));
        }
    }

    /// Looks for a condition on a resource that is no assignment.
    fn condition_of_other(&mut self, place: &Place<'_>, kind: &str) {
        let Some(node) = place.node.at("properties.condition") else { return };
        let is_condition = node.text().is_some_and(|text| {
            let parsed = abac_syntax::parse_with(text, abac_syntax::Holes::Allowed);
            parsed.diagnostics.is_empty() && parsed.tree.root().is_some()
        });
        if is_condition && let Some(found) = condition_not_taken(kind, node.span) {
            self.reader.push(found);
        }
    }

    fn request_resource(&mut self, place: &Place<'_>) {
        match self.reader.string(place, "apiVersion") {
            Got::Is(version, span) if !REQUEST_VERSIONS.contains(&version) => {
                let message = format!("the API has no version `{}`", shown(version));
                let help = match closest(version, REQUEST_VERSIONS.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the versions are {}", quoted(REQUEST_VERSIONS)),
                };
                self.reader.advise("pim-unknown-token", span, message, help);
            }
            Got::Absent => self.reader.missing(place, "apiVersion"),
            _ => {}
        }
        if let Got::Is(text, span) = self.reader.string(place, "scope") {
            let kind = text.parse::<Scope>().ok().map(|scope| scope.kind());
            let own = self.template.as_ref().and_then(|template| template.scope);
            if let (Some(kind), Some(own)) = (kind, own)
                && kind != own
                && kind != ScopeKind::Resource
            {
                let message = format!(
                    "the template deploys to a {}, and the request is at a {}",
                    own.as_str(),
                    kind.as_str()
                );
                let help = format!(
                    "use the template schema of a {}, or a nested deployment with its scope",
                    kind.as_str()
                );
                self.reader.advise("pim-deployment-scope", span, message, help);
            }
        }
        if place.node.get("properties").is_none() {
            self.reader.missing(place, "properties");
            return;
        }
        self.one(place, true);
    }

    fn policy_link(&mut self, place: &Place<'_>) {
        let Some(properties) = self.reader.object(place, "properties") else { return };
        for (place, name) in [(&properties, "policyId"), (place, "name")] {
            if let Got::Is(text, span) = self.reader.string(place, name) {
                let last = text.rsplit('/').next().unwrap_or("");
                let guid = last.split('_').next().unwrap_or("");
                if Uuid::try_parse(guid).is_ok() {
                    let message = "the GUID of a policy changes with updates of the policy";
                    let help = "look the policy up each time, by scope and role";
                    self.reader.advise("pim-policy-name", span, message, help);
                    return;
                }
            }
        }
    }

    /// Looks at the name of a request in a template.
    pub(crate) fn template_name(&mut self, place: &Place<'_>) {
        let id = "pim-request-name";
        let help = "each deployment needs a new GUID: a parameter with the default `[newGuid()]`";
        match self.reader.string(place, "name") {
            Got::Absent => self.reader.missing(place, "name"),
            Got::Is(text, span) => {
                let message = match Uuid::try_parse(text) {
                    Ok(_) => {
                        "the name of the request is fixed, and no name can be used twice".to_owned()
                    }
                    Err(_) => format!("the name of a request is a GUID, found `{}`", shown(text)),
                };
                self.fixed_name(id, span, message, help);
            }
            Got::Opaque(span) => {
                let Some(text) = place.node.get("name").and_then(Node::text) else { return };
                let expression = self.resolved(&text.to_lowercase());
                if expression.contains("newguid(") || expression.contains("utcnow(") {
                    let message =
                        "a second deployment asks again, and fails with `RoleAssignmentExists`";
                    let help =
                        "deploy it once, or behind a condition; Terraform's azurerm keeps state";
                    self.reader.advise("pim-not-idempotent", span, message, help);
                } else if expression.contains("guid(") && !has_nonce(&expression) {
                    let message = "`guid(…)` of fixed parts is the same each time, and no name can be \
                                   used twice";
                    self.fixed_name(id, span, message.to_owned(), help);
                }
            }
        }
    }

    fn fixed_name(&mut self, id: &'static str, span: Span, message: String, help: &str) {
        let mut found = Diagnostic::new(id, severity(id), span, message).help(help);
        let template = self.template.as_ref();
        let taken = template.is_none_or(|one| one.values.contains_key("requestname"));
        let place = template.and_then(|one| one.parameters).filter(|_| !taken);
        if let Some((at, front, behind)) = place {
            let parameter =
                "\"requestName\": { \"type\": \"string\", \"defaultValue\": \"[newGuid()]\" }";
            let title = "make the name a parameter that is new each time";
            let fix = Fix::needs_review(title, span, "\"[parameters('requestName')]\"")
                .and(Span::at(at), format!("{front}{parameter}{behind}"));
            found = found.fix(fix);
        }
        self.reader.push(found);
    }

    /// Returns the value of the parameters and variables of an expression.
    pub(crate) fn parameter_default(&self, expression: &str) -> String {
        let Some(template) = &self.template else { return String::new() };
        let mut text = String::new();
        for opening in ["parameters('", "variables('"] {
            for part in expression.split(opening).skip(1) {
                let name = part.split('\'').next().unwrap_or("");
                if let Some(value) = template.values.get(name) {
                    text.push_str(value);
                    text.push(' ');
                }
            }
        }
        text
    }

    /// Returns the expression with what it names, two steps deep.
    fn resolved(&self, expression: &str) -> String {
        let first = self.parameter_default(expression);
        let second = self.parameter_default(&first);
        format!("{expression} {first} {second}")
    }
}

/// Returns what is wrong with a condition on a resource of a type, where the type takes none.
///
/// Role assignments, schedule requests and deny assignments take conditions (*documented*:
/// `Microsoft.Authorization` template reference, read 2026-11). Types that are not known by their
/// form, such as the path of a module, are passed over.
#[must_use]
pub fn condition_not_taken(resource_type: &str, span: Span) -> Option<Diagnostic> {
    let kind = resource_type.split('@').next().unwrap_or("");
    let name = kind.to_ascii_lowercase();
    let is_type = name.starts_with("microsoft.") && name.contains('/');
    let is_resource = name.starts_with("azurerm_") || name.starts_with("azuread_");
    let last = name.rsplit('/').next().unwrap_or("");
    const TAKE: &[&str] = &[
        "roleassignments",
        "roleeligibilityschedulerequests",
        "roleassignmentschedulerequests",
        "denyassignments",
        "deployments",
        "azurerm_role_assignment",
        "azurerm_pim_eligible_role_assignment",
        "azurerm_pim_active_role_assignment",
    ];
    if !(is_type || is_resource) || TAKE.contains(&last) {
        return None;
    }
    let id = "pim-condition-not-taken";
    let message = format!("`{}` takes no condition", shown(kind));
    let help = "put it on the role assignment or the schedule request that it is to limit";
    Some(Diagnostic::new(id, severity(id), span, message).help(help))
}

/// Says whether something in the arguments of `guid` is meant to change.
fn has_nonce(expression: &str) -> bool {
    const WORDS: &[&str] = &[
        "nonce",
        "run",
        "stamp",
        "time",
        "date",
        "seed",
        "build",
        "attempt",
        "iteration",
        "revision",
    ];
    expression
        .split("parameters('")
        .skip(1)
        .filter_map(|part| part.split('\'').next())
        .any(|name| WORDS.iter().any(|word| name.contains(word)))
}

impl Template {
    fn of(node: &Node) -> Self {
        let schema = node.get("$schema").and_then(Node::text).unwrap_or("").to_lowercase();
        let scope = [
            ("/subscriptiondeploymenttemplate.json", ScopeKind::Subscription),
            ("/managementgroupdeploymenttemplate.json", ScopeKind::ManagementGroup),
            ("/tenantdeploymenttemplate.json", ScopeKind::Tenant),
            ("/deploymenttemplate.json", ScopeKind::ResourceGroup),
        ]
        .into_iter()
        .find(|(name, _)| schema.contains(name))
        .map(|(_, kind)| kind);
        let mut values = BTreeMap::new();
        for field in node.get("parameters").map_or(&[][..], Node::fields) {
            let default = field.value.get("defaultValue").and_then(Node::text).unwrap_or("");
            values.insert(field.name.to_lowercase(), expression(default));
        }
        for field in node.get("variables").map_or(&[][..], Node::fields) {
            let value = field.value.text().unwrap_or("");
            values.insert(field.name.to_lowercase(), expression(value));
        }
        let parameters = match node.get("parameters") {
            Some(list) if list.fields().is_empty() => Some((list.span.start + 1, " ", " ")),
            Some(list) => Some((list.span.start + 1, " ", ",")),
            None => Some((node.span.start + 1, "\"parameters\": { ", " },")),
        };
        Self { scope, values, parameters }
    }
}

/// Returns an expression in lower case; a longer one than templates may have is cut (*documented*:
/// template best practices, 24,576 characters, read 2026-11).
fn expression(text: &str) -> String {
    const MOST: usize = 24_576;
    text.chars().take(MOST).flat_map(char::to_lowercase).collect()
}
