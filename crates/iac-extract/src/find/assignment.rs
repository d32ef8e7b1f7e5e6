//! Role assignments and PIM requests among resources.

use super::{Finder, plain_name};
use crate::expr::{Expr, Kind};
use crate::fold::Dialect;
use crate::found::{Assignment, AssignmentField, AssignmentKind, Change, FieldValue};
use crate::text::{Origin, Text};
use diagnostics::Span;
use pim_model::Tool;

/// How many fields of one assignment are taken.
const MAX_FIELDS: usize = 200;

/// The fields of azurerm, and what they are called in Azure Resource Manager.
const AZURERM: &[(&str, &str)] = &[
    ("scope", "scope"),
    ("name", "name"),
    ("role_definition_id", "properties.roleDefinitionId"),
    ("role_definition_name", "roleName"),
    ("principal_id", "properties.principalId"),
    ("principal_type", "properties.principalType"),
    ("condition", "properties.condition"),
    ("condition_version", "properties.conditionVersion"),
    ("description", "properties.description"),
    ("delegated_managed_identity_resource_id", "properties.delegatedManagedIdentityResourceId"),
    ("justification", "properties.justification"),
    ("ticket.number", "properties.ticketInfo.ticketNumber"),
    ("ticket.system", "properties.ticketInfo.ticketSystem"),
    ("schedule.start_date_time", "properties.scheduleInfo.startDateTime"),
    ("schedule.expiration.end_date_time", "properties.scheduleInfo.expiration.endDateTime"),
    ("schedule.expiration.duration_days", "durationDays"),
    ("schedule.expiration.duration_hours", "durationHours"),
];

/// Returns what a resource of a type is, without the version of its API.
pub(super) fn kind_of(resource_type: &str) -> Option<AssignmentKind> {
    let kind = resource_type.to_ascii_lowercase();
    let own = kind.strip_prefix("microsoft.authorization/");
    let nested = kind.rsplit_once("/providers/").map(|(_, tail)| tail);
    match own.or(nested).unwrap_or(&kind) {
        "roleassignments" | "azurerm_role_assignment" => Some(AssignmentKind::Role),
        "roleeligibilityschedulerequests" | "azurerm_pim_eligible_role_assignment" => {
            Some(AssignmentKind::Eligible)
        }
        "roleassignmentschedulerequests" | "azurerm_pim_active_role_assignment" => {
            Some(AssignmentKind::Active)
        }
        _ => None,
    }
}

impl Finder<'_> {
    /// Looks at a resource with a type of its own.
    pub(super) fn assignment(&mut self, written: &str, head: Span, deletes: bool, body: &Expr) {
        let (resource_type, version) = match written.split_once('@') {
            Some((kind, version)) => (kind, Some(version.to_owned())),
            None => (written, None),
        };
        if resource_type.eq_ignore_ascii_case("azapi_resource")
            || resource_type.eq_ignore_ascii_case("azapi_resource_action")
        {
            let kind = body.get("type").and_then(|kind| kind.plain(self.folder.source));
            let Some(kind) = kind else { return };
            let (kind, version) = match kind.split_once('@') {
                Some((kind, version)) => (kind.to_owned(), Some(version.to_owned())),
                None => (kind, None),
            };
            let Some(kind) = kind_of(&kind) else { return };
            self.keep(kind, head, deletes, Some(Tool::Azapi), version, |finder, fields| {
                for (from, to) in [("name", "name"), ("parent_id", "scope")] {
                    finder.field(body, from, to, fields);
                }
                if let Some(inside) = body.get("body") {
                    // `jsonencode({…})` or the object itself.
                    let inside = match &inside.kind {
                        Kind::Call(_, arguments) => arguments.first().unwrap_or(inside),
                        _ => inside,
                    };
                    finder.flatten(inside, "", head, fields, 0);
                }
            });
            return;
        }
        let Some(kind) = kind_of(resource_type) else { return };
        if resource_type.starts_with("azurerm_") {
            self.keep(kind, head, deletes, Some(Tool::Azurerm), None, |finder, fields| {
                finder.azurerm(kind, body, head, fields);
            });
            return;
        }
        self.keep(kind, head, deletes, Some(Tool::Template), version, |finder, fields| {
            finder.flatten(body, "", head, fields, 0);
        });
    }

    /// Looks for resources in JSON: objects with a type, and bodies of calls.
    pub(super) fn resources(&mut self, expr: &Expr, depth: usize) {
        if depth > crate::expr::MAX_DEPTH {
            return;
        }
        let Kind::Object(fields) = &expr.kind else {
            let inside = match &expr.kind {
                Kind::List(items) | Kind::Call(_, items) | Kind::Other(items) => items,
                _ => return,
            };
            for item in inside {
                self.resources(item, depth + 1);
            }
            return;
        };
        let kind = expr.get("type").and_then(|kind| kind.plain(self.folder.source));
        if let (Some(written), Some(kind)) = (kind, expr.get("type"))
            && kind_of(&written).is_some()
            && expr.get("properties").is_some()
        {
            let version = expr.get("apiVersion").and_then(|one| one.plain(self.folder.source));
            let written = match version {
                Some(version) => format!("{written}@{version}"),
                None => written,
            };
            self.assignment(&written, kind.span, false, expr);
            return;
        }
        // The body of a call has no type: a request has one of its own, an assignment a principal.
        if let Some(properties) = expr.get("properties")
            && expr.get("type").is_none()
        {
            let has = |name: &str| properties.get(name).is_some();
            if has("principalId") && has("roleDefinitionId") {
                let kind = if has("requestType") {
                    AssignmentKind::Eligible
                } else {
                    AssignmentKind::Role
                };
                let head = fields.first().map_or(expr.span, |one| one.name_span);
                self.keep(kind, head, false, Some(Tool::Rest), None, |finder, fields| {
                    finder.flatten(expr, "", head, fields, 0);
                });
                return;
            }
        }
        for field in fields {
            self.resources(&field.value, depth + 1);
        }
    }

    /// Keeps an assignment whose fields `collect` gathers.
    pub(super) fn keep(
        &mut self,
        kind: AssignmentKind,
        head: Span,
        deletes: bool,
        tool: Option<Tool>,
        api_version: Option<String>,
        collect: impl FnOnce(&mut Self, &mut Vec<AssignmentField>),
    ) {
        self.folder.reset();
        let mut fields = Vec::new();
        collect(self, &mut fields);
        if fields.is_empty() {
            // A command without arguments, such as one that asks for help.
            return;
        }
        fields.truncate(MAX_FIELDS);
        let request = fields.iter().find(|one| one.path == "properties.requestType");
        let removes = match request.map(|one| &one.value) {
            Some(FieldValue::Text(text)) => text.known().is_some_and(|text| {
                let text = text.to_ascii_lowercase();
                text.ends_with("remove") || text.ends_with("deactivate")
            }),
            _ => false,
        };
        let change = if deletes || removes { Change::Delete } else { Change::Write };
        let pieces = self.folder.pieces.values().cloned().collect();
        self.found.assignments.push(Assignment {
            kind,
            changes: vec![change],
            label: head.of(self.folder.source).trim_matches(['\'', '"']).to_owned(),
            head,
            tool,
            api_version,
            target_scope: self.target_scope.clone(),
            used_default: self.folder.used_default,
            fields,
            pieces,
        });
    }

    /// Takes a field over under another name; `from` may lead through objects.
    pub(super) fn field(
        &mut self,
        body: &Expr,
        from: &str,
        to: &str,
        fields: &mut Vec<AssignmentField>,
    ) {
        let mut place = body;
        let mut name = body.span;
        for step in from.split('.') {
            let found = place.fields().iter().find(|one| one.name.eq_ignore_ascii_case(step));
            let Some(field) = found else { return };
            (place, name) = (&field.value, field.name_span);
        }
        self.flatten(&place.clone(), to, name, fields, 0);
    }

    fn azurerm(
        &mut self,
        kind: AssignmentKind,
        body: &Expr,
        head: Span,
        fields: &mut Vec<AssignmentField>,
    ) {
        for (from, to) in AZURERM {
            self.field(body, from, to, fields);
        }
        if kind == AssignmentKind::Role {
            return;
        }
        // What the provider sends of itself.
        let sent = |path: &str, text: &str| AssignmentField {
            path: path.to_owned(),
            name: head,
            value: FieldValue::Text(made(text, head)),
        };
        fields.push(sent("properties.requestType", "AdminAssign"));
        let place = |path: &str| fields.iter().position(|one| one.path == path);
        let length = place("durationDays").map(|at| (at, "P", "D"));
        let length = length.or_else(|| place("durationHours").map(|at| (at, "PT", "H")));
        let expiration = match length {
            Some((at, before, after)) => {
                let field = fields.remove(at);
                let value = match field.value {
                    FieldValue::Text(text) if !text.has_holes() => {
                        let mut duration = made(before, field.name);
                        duration.append(&text);
                        duration.append(&made(after, field.name));
                        FieldValue::Text(duration)
                    }
                    FieldValue::Word(word, span) => {
                        FieldValue::Text(made(&format!("{before}{word}{after}"), span))
                    }
                    _ => FieldValue::Unknown(field.name),
                };
                let path = "properties.scheduleInfo.expiration.duration".to_owned();
                fields.push(AssignmentField { path, name: field.name, value });
                "AfterDuration"
            }
            None if place("properties.scheduleInfo.expiration.endDateTime").is_some() => {
                "AfterDateTime"
            }
            None => "NoExpiration",
        };
        fields.retain(|one| !one.path.starts_with("duration"));
        fields.push(sent("properties.scheduleInfo.expiration.type", expiration));
    }

    /// Takes a value over, an object field by field.
    pub(super) fn flatten(
        &mut self,
        expr: &Expr,
        path: &str,
        name: Span,
        fields: &mut Vec<AssignmentField>,
        depth: usize,
    ) {
        if depth > 8 || fields.len() >= MAX_FIELDS {
            return;
        }
        let branches = self.folder.branches(expr);
        let value = match branches.as_slice() {
            [Expr { kind: Kind::Object(inner), span }] => {
                if !path.is_empty() {
                    let value = FieldValue::Group(*span);
                    fields.push(AssignmentField { path: path.to_owned(), name, value });
                }
                for field in inner {
                    let known = match (path, self.folder.dialect) {
                        // PowerShell and the API it calls know no letter case.
                        (_, Dialect::PowerShell) => any_case(&field.name),
                        ("", _) => known_name(&field.name),
                        _ => field.name.clone(),
                    };
                    let inner = match path {
                        "" => known,
                        _ => format!("{path}.{known}"),
                    };
                    self.flatten(&field.value, &inner, field.name_span, fields, depth + 1);
                }
                return;
            }
            [Expr { kind: Kind::Word(word), span }] => FieldValue::Word(word.clone(), *span),
            [Expr { kind: Kind::List(_), span }] => FieldValue::Unknown(*span),
            [one] => {
                let text = self.folder.text(one);
                match text.segments() {
                    // Nothing of it is known; what it calls may tell.
                    [only] if only.origin == Origin::Hole => {
                        let shown = self.folder.hole(expr);
                        match self.expression(one, 0) {
                            Some(expression) => FieldValue::Expression(expression, shown),
                            None => FieldValue::Text(shown),
                        }
                    }
                    _ => FieldValue::Text(text),
                }
            }
            _ => FieldValue::Unknown(expr.span),
        };
        fields.push(AssignmentField { path: path.to_owned(), name, value });
    }

    /// Writes a call as an expression of a template, so that what names are made of can be judged.
    fn expression(&self, expr: &Expr, depth: usize) -> Option<String> {
        if depth > 8 {
            return None;
        }
        match &expr.kind {
            Kind::Call(name, arguments) => {
                let name = match name.as_str() {
                    "uuid" => "newGuid",
                    "uuidv5" => "guid",
                    name => name,
                };
                let arguments: Vec<String> = arguments
                    .iter()
                    .map(|one| self.expression(one, depth + 1).unwrap_or_else(|| "'…'".to_owned()))
                    .collect();
                Some(format!("{name}({})", arguments.join(", ")))
            }
            Kind::Name(path) => {
                if let Some(value) = self.folder.lookup(path)
                    && matches!(value.kind, Kind::Call(..))
                {
                    return self.expression(&value, depth + 1);
                }
                Some(format!("parameters('{}')", path.rsplit('.').next().unwrap_or("")))
            }
            Kind::Literal(_) => {
                let text = expr.plain(self.folder.source)?;
                Some(format!("'{}'", text.replace('\'', "''")))
            }
            _ => None,
        }
    }
}

/// Returns the names at the top of a resource in the case in which they are looked for.
fn known_name(name: &str) -> String {
    match plain_name(name).as_str() {
        "properties" => "properties".to_owned(),
        "name" => "name".to_owned(),
        "scope" => "scope".to_owned(),
        _ => name.to_owned(),
    }
}

/// Returns a field in Azure's spelling.
fn any_case(name: &str) -> String {
    const NAMES: &[&str] = &[
        "name",
        "scope",
        "properties",
        "roleDefinitionId",
        "principalId",
        "principalType",
        "requestType",
        "justification",
        "condition",
        "conditionVersion",
        "description",
        "scheduleInfo",
        "startDateTime",
        "expiration",
        "type",
        "duration",
        "endDateTime",
        "ticketInfo",
        "ticketNumber",
        "ticketSystem",
        "linkedRoleEligibilityScheduleId",
        "targetRoleEligibilityScheduleId",
        "targetRoleAssignmentScheduleId",
    ];
    let known = NAMES.iter().find(|one| one.eq_ignore_ascii_case(name));
    known.map_or_else(|| name.to_owned(), |one| (*one).to_owned())
}

fn made(text: &str, host: Span) -> Text {
    let mut result = Text::default();
    result.push(text, host, Origin::Made, 0);
    result
}
