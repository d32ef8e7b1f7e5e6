//! Each scenario in `tests/golden`, written for every target, byte for byte.
//!
//! `GRANTIF_BLESS=1 cargo test -p iac-emit --test golden` writes the files anew; read the difference
//! before it is committed.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers state their expectations as tests do"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use iac_emit::{Input, Options, PolicyChange, Target, emit};
use pim_model::policy::{
    Approval, ApprovalStage, Approver, AuthenticationContext, Enabled, Expires, Notification,
    NotificationLevel, Recipient, Rule, RuleId, RuleSettings,
};
use pim_model::{
    Access, Duration, Expiration, Family, GroupRequest, Policy, PrincipalType, RequestType,
    RoleAssignment, RoleDefinitionId, ScheduleInfo, ScheduleRequest, Scope, TicketInfo, Timestamp,
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
const GROUP: &str = "11111111-1111-1111-1111-111111111111";
const USER: &str = "22222222-2222-2222-2222-222222222222";
const APPROVERS: &str = "33333333-3333-3333-3333-333333333333";

const CONTRIBUTOR: Role = Role("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c");
const READER: Role = Role("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7");
const USER_ACCESS_ADMINISTRATOR: Role =
    Role("User Access Administrator", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9");
const RBAC_ADMINISTRATOR: Role =
    Role("Role Based Access Control Administrator", "f58310d9-a9f6-439a-9e8d-f62e7b41a168");
const STORAGE_BLOB_DATA_READER: Role =
    Role("Storage Blob Data Reader", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");

/// AcrDelete, AcrImageSigner, AcrPull and AcrPush, and no other role, may be given and taken.
const FOUR_REGISTRY_ROLES: &str = "\
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, 7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 )
 OR
 (
  @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, 7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}
 )
)";

const ONE_CONTAINER: &str = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'reports'))";

const READERS_ONLY: &str = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))";

struct Role(&'static str, &'static str);

struct Scenario {
    folder: &'static str,
    role: Option<&'static str>,
    input: Input,
}

fn guid(text: &str) -> Uuid {
    text.parse().unwrap()
}

fn scope(text: &str) -> Scope {
    let below = text.strip_prefix("sub");
    below
        .map_or_else(|| text.to_owned(), |rest| format!("/subscriptions/{SUBSCRIPTION}{rest}"))
        .parse()
        .unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn request(
    folder: &'static str,
    family: Family,
    kind: RequestType,
    role: &Role,
    place: &str,
    change: impl FnOnce(&mut ScheduleRequest),
) -> Scenario {
    let principal = if kind.is_self() { USER } else { GROUP };
    let mut request =
        ScheduleRequest::new(family, kind, scope(place), guid(role.1), guid(principal));
    change(&mut request);
    Scenario { folder, role: Some(role.0), input: request.into() }
}

fn lasting(duration: Duration) -> Option<ScheduleInfo> {
    Some(ScheduleInfo::now(Expiration::AfterDuration(duration)))
}

fn schedule_requests() -> Vec<Scenario> {
    use Family::{Assignment, Eligibility};
    use RequestType::{
        AdminAssign, AdminExtend, AdminRemove, AdminRenew, SelfActivate, SelfDeactivate,
    };
    vec![
        request(
            "eligible-contributor",
            Eligibility,
            AdminAssign,
            &CONTRIBUTOR,
            "sub/resourceGroups/rg-app",
            |request| {
                request.schedule_info = lasting(Duration::days(180));
                request.justification = Some("CHG-1234: team on call for the app".to_owned());
            },
        ),
        request(
            "eligible-registry-administrator",
            Eligibility,
            AdminAssign,
            &USER_ACCESS_ADMINISTRATOR,
            "sub",
            |request| {
                request.schedule_info = lasting(Duration::days(365));
                request.justification =
                    Some("CHG-2345: may give and take registry roles".to_owned());
                request.ticket_info = Some(TicketInfo::new("CHG-2345", "ServiceNow"));
                request.condition = Some(FOUR_REGISTRY_ROLES.to_owned());
            },
        ),
        request(
            "activation-with-ticket",
            Assignment,
            SelfActivate,
            &CONTRIBUTOR,
            "sub/resourceGroups/rg-app",
            |request| {
                request.schedule_info = lasting(Duration::hours(4));
                request.justification = Some("INC-4711: the app doesn't answer".to_owned());
                request.ticket_info = Some(TicketInfo::new("INC-4711", "ServiceNow"));
            },
        ),
        request(
            "deactivation",
            Assignment,
            SelfDeactivate,
            &CONTRIBUTOR,
            "sub/resourceGroups/rg-app",
            |_| {},
        ),
        request("on-call-rotation", Eligibility, AdminAssign, &CONTRIBUTOR, "sub", |request| {
            request.name = Some(guid("6f0f3b0e-5a43-5d1c-9d0b-6a2f0d3c9b11"));
            request.schedule_info = Some(ScheduleInfo {
                start_date_time: Some(at("2026-12-07T08:00:00Z")),
                expiration: Expiration::AfterDuration(Duration::days(14)),
            });
            request.justification = Some("On-call rotation, weeks 50 and 51".to_owned());
        }),
        request("extend", Eligibility, AdminExtend, &CONTRIBUTOR, "sub", |request| {
            request.schedule_info =
                Some(ScheduleInfo::now(Expiration::AfterDateTime(at("2027-06-30T22:00:00Z"))));
            request.justification = Some("Project runs until the end of June".to_owned());
            request.target_schedule_id = Some("9ddfb7d9-1a6f-4d0b-9a5c-5b7b7a0a6f10".to_owned());
        }),
        request("renew", Eligibility, AdminRenew, &CONTRIBUTOR, "sub", |request| {
            request.schedule_info = lasting(Duration::days(90));
            request.justification = Some("Project was taken up again".to_owned());
            request.target_schedule_id = Some("9ddfb7d9-1a6f-4d0b-9a5c-5b7b7a0a6f10".to_owned());
        }),
        request("remove", Eligibility, AdminRemove, &CONTRIBUTOR, "sub", |request| {
            request.justification = Some("Left the team".to_owned());
        }),
        request(
            "management-group",
            Eligibility,
            AdminAssign,
            &READER,
            "/providers/Microsoft.Management/managementGroups/mg-platform",
            |request| {
                request.schedule_info = lasting(Duration::days(365));
                request.justification = Some("Auditors, until the next audit".to_owned());
            },
        ),
        request("tenant", Eligibility, AdminAssign, &READER, "/", |request| {
            request.schedule_info = lasting(Duration::days(30));
            request.justification = Some("Yearly review of all scopes".to_owned());
        }),
        request(
            "single-resource",
            Eligibility,
            AdminAssign,
            &STORAGE_BLOB_DATA_READER,
            "sub/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata/blobServices/default/containers/reports",
            |request| {
                request.schedule_info = lasting(Duration::days(90));
                request.justification = Some("Reads the monthly reports".to_owned());
            },
        ),
        request("active-time-bound", Assignment, AdminAssign, &CONTRIBUTOR, "sub", |request| {
            request.schedule_info = Some(ScheduleInfo {
                start_date_time: Some(at("2026-12-01T06:00:00Z")),
                expiration: Expiration::AfterDateTime(at("2026-12-05T18:00:00Z")),
            });
            request.justification = Some("CHG-3456: migration".to_owned());
            request.ticket_info = Some(TicketInfo::new("CHG-3456", "ServiceNow"));
        }),
        request(
            "active-with-condition",
            Assignment,
            AdminAssign,
            &RBAC_ADMINISTRATOR,
            "sub",
            |request| {
                request.schedule_info = lasting(Duration::minutes(90));
                request.justification = Some("CHG-4567: hands out Reader".to_owned());
                request.condition = Some(READERS_ONLY.to_owned());
            },
        ),
        request("permanent", Eligibility, AdminAssign, &READER, "sub", |request| {
            request.schedule_info = Some(ScheduleInfo::now(Expiration::NoExpiration));
        }),
        request("hostile-text", Eligibility, AdminAssign, &READER, "sub", |request| {
            request.schedule_info = lasting(Duration::hours(8));
            let text = "['it's \"${x}\" $${y} %{z} `$(id)` {{v}} \\ ''' '@ @' größer 名 🔐\n\ttab, \u{7}bell]";
            request.justification = Some(text.to_owned());
            request.ticket_info = Some(TicketInfo::new("[1]", "EOF\nJSON"));
            request.condition =
                Some("@Resource[a:b] StringEquals 'it\\'s ${x} $${y} ''' \\\\'".to_owned());
        }),
    ]
}

fn assignments() -> Vec<Scenario> {
    let place = "sub/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata";
    let mut plain =
        RoleAssignment::new(scope(place), guid(STORAGE_BLOB_DATA_READER.1), guid(GROUP));
    plain.principal_type = Some(PrincipalType::Group);
    plain.description = Some("Reads the monthly reports".to_owned());
    plain.condition = Some(ONE_CONTAINER.to_owned());
    let role = Some(STORAGE_BLOB_DATA_READER.0);
    let mut hostile = RoleAssignment::new(scope("sub"), guid(READER.1), guid(GROUP));
    hostile.description = Some("it's a=@b, \"${x}\" `$(id)` \\".to_owned());
    hostile.condition = Some(
        "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:a_b] StringEquals '${x}'"
            .to_owned(),
    );
    vec![
        Scenario { folder: "plain-storage-condition", role, input: plain.into() },
        Scenario { folder: "plain-hostile-text", role: Some(READER.0), input: hostile.into() },
    ]
}

fn group_requests() -> Vec<Scenario> {
    let group = |folder, family, action, access, principal, duration| {
        let mut request =
            GroupRequest::new(family, action, access, guid(APPROVERS), guid(principal));
        request.schedule_info = lasting(duration);
        request.justification = Some("CHG-5678: joins the platform team".to_owned());
        Scenario { folder, role: None, input: request.into() }
    };
    use Family::{Assignment, Eligibility};
    use RequestType::{AdminAssign, SelfActivate};
    vec![
        group("group-member", Eligibility, AdminAssign, Access::Member, USER, Duration::days(180)),
        group("group-owner", Assignment, AdminAssign, Access::Owner, USER, Duration::days(30)),
        group(
            "group-activation",
            Assignment,
            SelfActivate,
            Access::Member,
            USER,
            Duration::hours(8),
        ),
    ]
}

fn policies() -> Vec<Scenario> {
    let policy = |folder, rules: Vec<(RuleId, RuleSettings)>| {
        let scope = scope("sub");
        let change = PolicyChange {
            role_definition_id: RoleDefinitionId::seen_from(&scope, guid(RBAC_ADMINISTRATOR.1)),
            scope,
            rules: rules
                .into_iter()
                .map(|(id, settings)| Rule::new(id, settings).unwrap())
                .collect(),
        };
        Scenario { folder, role: Some(RBAC_ADMINISTRATOR.0), input: change.into() }
    };
    let expires = |required, duration| {
        RuleSettings::Expiration(Expires {
            is_expiration_required: required,
            maximum_duration: Some(duration),
        })
    };
    let approval = RuleSettings::Approval(Approval {
        is_approval_required: true,
        approval_stages: vec![ApprovalStage::new(vec![Approver::group(guid(APPROVERS))])],
        ..Approval::default()
    });
    let enabled = |ticketing: bool| {
        RuleSettings::Enablement(Enabled {
            multi_factor_authentication: !ticketing,
            justification: true,
            ticketing,
        })
    };
    let mail = |recipient_type, addresses: &[&str]| {
        RuleSettings::Notification(Notification {
            recipient_type,
            notification_level: NotificationLevel::Critical,
            is_default_recipients_enabled: false,
            notification_recipients: Some(
                addresses.iter().map(|&address| address.to_owned()).collect(),
            ),
        })
    };
    vec![
        policy("policy-approver", vec![(RuleId::ApprovalEndUserAssignment, approval.clone())]),
        policy(
            "policy-permanent-eligibility",
            vec![(RuleId::ExpirationAdminEligibility, expires(false, Duration::days(365)))],
        ),
        policy(
            "policy-activation-duration",
            vec![(RuleId::ExpirationEndUserAssignment, expires(true, Duration::hours(4)))],
        ),
        policy(
            "policy-production",
            vec![
                (RuleId::ExpirationEndUserAssignment, expires(true, Duration::hours(4))),
                (RuleId::EnablementEndUserAssignment, enabled(true)),
                (
                    RuleId::AuthenticationContextEndUserAssignment,
                    RuleSettings::AuthenticationContext(AuthenticationContext {
                        is_enabled: true,
                        claim_value: "c1".to_owned(),
                    }),
                ),
                (RuleId::ApprovalEndUserAssignment, approval),
                (RuleId::ExpirationAdminEligibility, expires(true, Duration::days(180))),
                (RuleId::ExpirationAdminAssignment, expires(true, Duration::days(15))),
                (RuleId::EnablementAdminAssignment, enabled(false)),
                (
                    RuleId::NotificationAdminEndUserAssignment,
                    mail(Recipient::Admin, &["soc@contoso.com", "iam@contoso.com"]),
                ),
            ],
        ),
    ]
}

/// The request itself, as the resource it is or the call it makes.
fn request_json(input: &Input) -> Json {
    let resource = |kind: &str, name: Option<Uuid>, scope: Option<&Scope>, body: Json| {
        let mut resource = json!({ "type": kind, "scope": scope.map(Scope::to_string) });
        if let Some(name) = name {
            resource["name"] = json!(name.to_string());
        }
        resource["properties"] = body["properties"].clone();
        resource
    };
    match input {
        Input::Schedule(request) => resource(
            request.family.resource_type(),
            request.name,
            request.scope.as_ref(),
            request.to_json(),
        ),
        Input::Assignment(assignment) => resource(
            "Microsoft.Authorization/roleAssignments",
            assignment.name,
            assignment.scope.as_ref(),
            assignment.to_json(),
        ),
        Input::Group(request) => json!({ "path": request.path(), "body": request.to_json() }),
        Input::Policy(change) => json!({
            "type": "Microsoft.Authorization/roleManagementPolicies",
            "scope": change.scope.to_string(),
            "roleDefinitionId": change.role_definition_id.to_string(),
            "properties": Policy::patch_body(&change.rules)["properties"],
        }),
    }
}

/// Every file of a scenario.
fn files(scenario: &Scenario) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    files.insert("request.json".to_owned(), format!("{:#}\n", request_json(&scenario.input)));
    let options = Options { role_name: scenario.role.map(str::to_owned), ..Options::default() };
    let mut refused = String::new();
    for target in Target::ALL {
        match emit(scenario.input.clone(), target, &options) {
            Ok(emitted) => {
                files.insert(target.file_name().to_owned(), emitted.text);
            }
            Err(error) => refused.push_str(&format!("{error}\n")),
        }
    }
    files.insert("refused.txt".to_owned(), refused);
    files
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden")
}

fn scenarios() -> Vec<Scenario> {
    let mut scenarios = schedule_requests();
    scenarios.extend(assignments());
    scenarios.extend(group_requests());
    scenarios.extend(policies());
    scenarios
}

#[test]
fn every_scenario_is_written_as_before() {
    let bless = std::env::var_os("GRANTIF_BLESS").is_some();
    let mut differing = Vec::new();
    for scenario in scenarios() {
        let folder = folder().join(scenario.folder);
        if bless {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
        }
        let expected = files(&scenario);
        for (name, text) in &expected {
            if bless {
                fs::write(folder.join(name), text).unwrap();
            }
            if fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text) {
                differing.push(format!("{}/{name}", scenario.folder));
            }
        }
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if !expected.contains_key(&name) {
                differing.push(format!("{}/{name}", scenario.folder));
            }
        }
    }
    assert!(differing.is_empty(), "not as before: {differing:#?}");
}

#[test]
fn every_folder_is_a_scenario() {
    let known: Vec<_> = scenarios().iter().map(|scenario| scenario.folder).collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(&name.as_str()), "{name}");
    }
    assert!(known.len() >= 12);
}
