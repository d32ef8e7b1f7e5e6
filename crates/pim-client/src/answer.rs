//! What the service answers, as the types of `pim_model`.

use crate::status::RequestStatus;
use pim_model::{
    GroupRequest, Model, Options, Policy, RoleAssignment, Schedule, ScheduleRequest, Timestamp,
    check,
};
use serde_json::Value;
use uuid::Uuid;

/// How many items one page may have.
const MAX_ITEMS: usize = 10_000;

/// An answer that is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the service answered something that cannot be read: {0}")]
pub struct Unreadable(pub String);

/// The names that the service puts beside ids, where it does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// The name of the role.
    pub role: Option<String>,
    /// The name of the principal.
    pub principal: Option<String>,
    /// Its address.
    pub email: Option<String>,
    /// The name of the scope.
    pub scope: Option<String>,
}

impl Names {
    fn of(item: &Value) -> Self {
        let expanded = item.pointer("/properties/expandedProperties");
        let text = |path: &str| {
            let text = expanded?.pointer(path)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        Self {
            role: text("/roleDefinition/displayName"),
            principal: text("/principal/displayName"),
            email: text("/principal/email"),
            scope: text("/scope/displayName"),
        }
    }
}

/// A schedule request as the service knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestAnswer {
    /// The request.
    pub request: ScheduleRequest,
    /// Its whole id.
    pub id: Option<String>,
    /// How far it has come.
    pub status: RequestStatus,
    /// The approval it waits for.
    pub approval_id: Option<String>,
    /// Who sent it.
    pub requestor_id: Option<Uuid>,
    /// When it was sent.
    pub created_on: Option<Timestamp>,
    /// Names beside the ids.
    pub names: Names,
}

/// A schedule or schedule instance as the service knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleAnswer {
    /// The schedule.
    pub schedule: Schedule,
    /// Names beside the ids.
    pub names: Names,
}

/// A role assignment as the service knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct AssignmentAnswer {
    /// The assignment.
    pub assignment: RoleAssignment,
    /// Its whole id.
    pub id: Option<String>,
}

/// A role definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleDefinition {
    /// Its id, as it is seen from the scope that was asked.
    pub id: String,
    /// Its GUID.
    pub guid: Uuid,
    /// Its name.
    pub name: String,
    /// Whether it is of the tenant and not of Azure.
    pub is_custom: bool,
}

/// A stage of an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its whole id.
    pub id: String,
    /// `NotStarted`, `InProgress`, `Completed`, `Expired` and others.
    pub status: String,
    /// Whether the caller may decide it.
    pub assigned_to_me: bool,
    /// `Approve`, `Deny` or `NotReviewed`.
    pub review_result: String,
    /// Who decided.
    pub reviewed_by: Option<String>,
    /// Why.
    pub justification: Option<String>,
}

/// A place below a scope where the caller is eligible for a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildResource {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `managementgroup`, `subscription` or `resourcegroup`.
    pub kind: String,
}

/// What the caller may do at a scope, as a role definition has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permission {
    /// What is allowed.
    pub actions: Vec<String>,
    /// What is left out of that.
    pub not_actions: Vec<String>,
    /// What is allowed with data.
    pub data_actions: Vec<String>,
    /// What is left out of that.
    pub not_data_actions: Vec<String>,
    /// The condition under which it is.
    pub condition: Option<String>,
}

/// A PIM for Groups request as the service knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupAnswer {
    /// The request, where the answer has all of it.
    pub request: Option<GroupRequest>,
    /// Its id.
    pub id: String,
    /// How far it has come.
    pub status: RequestStatus,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next one is, as the service wrote it.
    pub next_link: Option<String>,
}

pub(crate) fn json(body: &str) -> Result<Value, Unreadable> {
    serde_json::from_str(body).map_err(|error| Unreadable(format!("it is no JSON: {error}")))
}

/// Reads a page whose items are each read by `one`.
pub(crate) fn page<T>(
    body: &str,
    one: impl Fn(&Value) -> Result<T, Unreadable>,
) -> Result<Page<T>, Unreadable> {
    let mut answer = json(body)?;
    let missing = || Unreadable("it has no list `value`".to_owned());
    let items = answer.get("value").and_then(Value::as_array).ok_or_else(missing)?;
    if items.len() > MAX_ITEMS {
        return Err(Unreadable(format!("a page has {} items", items.len())));
    }
    let items = items.iter().map(one).collect::<Result<_, _>>()?;
    let next = answer.get_mut("nextLink").or(None).map(Value::take);
    let next = next.or_else(|| answer.get_mut("@odata.nextLink").map(Value::take));
    let next_link = match next {
        Some(Value::String(link)) if !link.is_empty() => Some(link),
        None | Some(Value::Null | Value::String(_)) => None,
        Some(_) => return Err(Unreadable("`nextLink` is no text".to_owned())),
    };
    Ok(Page { items, next_link })
}

/// Reads one thing with the reader of `pim_model`. What it finds wrong is not the business of
/// whoever only reads, but what it cannot read is never left out in silence.
fn model(item: &Value) -> Result<Model, Unreadable> {
    let loaded = check(&item.to_string(), &Options::default());
    let said = loaded.diagnostics.iter().max_by_key(|found| found.severity);
    let said = said.map_or_else(|| "it is something else".to_owned(), |one| one.message.clone());
    loaded.items.into_iter().next().map(|item| item.model).ok_or(Unreadable(said))
}

fn text(item: &Value, path: &str) -> Option<String> {
    item.pointer(path).and_then(Value::as_str).map(str::to_owned)
}

fn other(what: &str) -> Unreadable {
    Unreadable(format!("it is no {what}"))
}

pub(crate) fn request(item: &Value) -> Result<RequestAnswer, Unreadable> {
    let Model::Request(request) = model(item)? else { return Err(other("schedule request")) };
    let status = text(item, "/properties/status").ok_or_else(|| other("answer to a request"))?;
    Ok(RequestAnswer {
        request: *request,
        id: text(item, "/id"),
        status: RequestStatus::from_text(&status),
        approval_id: text(item, "/properties/approvalId").filter(|id| !id.is_empty()),
        requestor_id: text(item, "/properties/requestorId").and_then(|id| id.parse().ok()),
        created_on: text(item, "/properties/createdOn").and_then(|at| at.parse().ok()),
        names: Names::of(item),
    })
}

pub(crate) fn schedule(item: &Value) -> Result<ScheduleAnswer, Unreadable> {
    let Model::Schedule(schedule) = model(item)? else { return Err(other("schedule")) };
    Ok(ScheduleAnswer { schedule: *schedule, names: Names::of(item) })
}

pub(crate) fn assignment(item: &Value) -> Result<AssignmentAnswer, Unreadable> {
    let Model::RoleAssignment(assignment) = model(item)? else {
        return Err(other("role assignment"));
    };
    Ok(AssignmentAnswer { assignment: *assignment, id: text(item, "/id") })
}

/// Reads a policy, or the link between a role and its policy; the id is that of the policy.
pub(crate) fn policy(item: &Value) -> Result<Policy, Unreadable> {
    let Model::Policy(policy) = model(item)? else { return Err(other("role management policy")) };
    let mut policy = *policy;
    if let Some(id) = text(item, "/properties/policyId") {
        policy.id = Some(id);
    }
    Ok(policy)
}

pub(crate) fn role_definition(item: &Value) -> Result<RoleDefinition, Unreadable> {
    let missing = || other("role definition");
    let id = text(item, "/id").ok_or_else(missing)?;
    let guid = text(item, "/name")
        .or_else(|| id.rsplit('/').next().map(str::to_owned))
        .and_then(|name| Uuid::try_parse(&name).ok())
        .ok_or_else(missing)?;
    let name = text(item, "/properties/roleName").ok_or_else(missing)?;
    let kind = text(item, "/properties/type").unwrap_or_default();
    Ok(RoleDefinition { id, guid, name, is_custom: kind.eq_ignore_ascii_case("CustomRole") })
}

pub(crate) fn stage(item: &Value) -> Result<Stage, Unreadable> {
    let id = text(item, "/id").ok_or_else(|| other("stage of an approval"))?;
    let properties = item.get("properties").unwrap_or(item);
    let field = |name: &str| properties.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Stage {
        id,
        status: field("status").unwrap_or_default(),
        assigned_to_me: properties.get("assignedToMe").and_then(Value::as_bool).unwrap_or(false),
        review_result: field("reviewResult").unwrap_or_default(),
        reviewed_by: text(properties, "/reviewedBy/principalName")
            .or_else(|| text(properties, "/reviewedBy/principalId")),
        justification: field("justification").filter(|text| !text.is_empty()),
    })
}

pub(crate) fn child_resource(item: &Value) -> Result<ChildResource, Unreadable> {
    let field = |name: &str| text(item, name).ok_or_else(|| other("child resource"));
    Ok(ChildResource { id: field("/id")?, name: field("/name")?, kind: field("/type")? })
}

pub(crate) fn permission(item: &Value) -> Result<Permission, Unreadable> {
    let list = |name: &str| match item.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(texts)) => {
            texts.iter().map(|one| one.as_str().map(str::to_owned)).collect::<Option<_>>().ok_or(())
        }
        Some(_) => Err(()),
    };
    let read = || -> Result<Permission, ()> {
        Ok(Permission {
            actions: list("actions")?,
            not_actions: list("notActions")?,
            data_actions: list("dataActions")?,
            not_data_actions: list("notDataActions")?,
            condition: text(item, "/condition"),
        })
    };
    read().map_err(|()| other("list of permissions"))
}

pub(crate) fn group_request(item: &Value) -> Result<GroupAnswer, Unreadable> {
    let missing = || other("PIM for Groups request");
    let id = text(item, "/id").ok_or_else(missing)?;
    let status = text(item, "/status").ok_or_else(missing)?;
    let request = match model(item) {
        Ok(Model::Group(request)) => Some(*request),
        _ => None,
    };
    Ok(GroupAnswer { request, id, status: RequestStatus::from_text(&status) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_leaves_nothing_out() {
        let empty = page(r#"{"value": []}"#, schedule).unwrap();
        assert_eq!((empty.items.len(), empty.next_link), (0, None));
        let odata = r#"{"value": [], "@odata.nextLink": "https://a/b"}"#;
        assert_eq!(page(odata, schedule).unwrap().next_link.as_deref(), Some("https://a/b"));
        for body in [
            "",
            "[]",
            "{}",
            r#"{"value": {}}"#,
            r#"{"value": [], "nextLink": 3}"#,
            r#"{"value": [{"properties": {}}]}"#,
            r#"{"value": [{"type": "Microsoft.Authorization/roleEligibilitySchedules", "properties": {"principalId": "x"}}]}"#,
        ] {
            assert!(page(body, schedule).is_err(), "{body}");
        }
    }
}
