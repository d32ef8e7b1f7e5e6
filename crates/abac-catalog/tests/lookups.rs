//! Finding actions, attributes, operators and roles.

use abac_catalog::{Catalog, Grant, LegacyKind, Marker, NameForm, Plane, Status, ValueType};

const BLOBS: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const WRITE: &str = "Microsoft.Authorization/roleAssignments/write";
const DELETE: &str = "Microsoft.Authorization/roleAssignments/delete";

fn catalog() -> &'static Catalog {
    Catalog::builtin()
}

#[test]
fn actions_are_found_by_pattern_and_by_request() {
    let ids = |pattern: &str| -> Vec<_> {
        catalog().actions_matching(pattern).map(|action| action.id).collect()
    };
    assert_eq!(ids("microsoft.authorization/roleassignments/*"), ["authz.delete", "authz.write"]);
    assert_eq!(ids("Microsoft.Compute/*"), [] as [&str; 0]);
    assert_eq!(ids("*").len(), 45);

    let read = format!("{BLOBS}/read");
    let covering = |suboperation| -> Vec<_> {
        catalog().actions_covering(&read, suboperation).map(|action| action.id).collect()
    };
    assert_eq!(covering(Some("blob.list")), ["blob.list", "blob.readAll"]);
    assert_eq!(covering(None), ["blob.read", "blob.readAll"]);
}

#[test]
fn an_operation_can_be_known_without_taking_conditions() {
    assert!(catalog().action_exists(&WRITE.to_uppercase()));
    assert!(!catalog().action_exists("Microsoft.Compute/virtualMachines/start/action"));
    assert!(catalog().operation_known("microsoft.compute/virtualMachines/START/action"));
    assert!(!catalog().operation_known("Microsoft.Compute/virtualMachines/levitate/action"));
}

#[test]
fn guards_are_those_of_the_portal() {
    let guard = catalog().action("blob.read").unwrap().guard();
    let expect =
        format!("ActionMatches{{'{BLOBS}/read'}} AND NOT SubOperationMatches{{'Blob.List'}}");
    assert_eq!(guard, expect);
}

#[track_caller]
fn check(body: &str, ids: &[&str], key: Option<&str>, marker: Marker) {
    let found = catalog().match_attribute(body).unwrap_or_else(|| panic!("{body} is unknown"));
    let found_ids: Vec<_> = found.attributes.iter().map(|one| one.id.as_ref()).collect();
    assert_eq!(found_ids, ids, "{body}");
    assert_eq!((found.key, found.marker), (key, marker), "{body}");
}

#[test]
fn attributes_are_found_by_the_text_between_the_brackets() {
    let path = format!("{BLOBS}:PATH");
    check(&path, &["blob.path"], None, Marker::Fine);
    check("isprivatelink", &["env.isPrivateLink"], None, Marker::Fine);
    check(" UtcNow ", &["env.utcNow"], None, Marker::Fine);
    check("Microsoft.Network/privateEndpoints", &["env.privateEndpoint"], None, Marker::Fine);
    let account = "Microsoft.Storage/storageAccounts:name";
    check(account, &["blob.accountName", "queue.accountName"], None, Marker::Fine);
    let secret = "Microsoft.KeyVault/vaults/secrets:name";
    check(secret, &["kv.secretName", "kv.secretNameRequest"], None, Marker::Fine);
    let own = "Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project";
    let id = "principal.customSecurityAttribute";
    check(own, &[id], Some("Engineering_Project"), Marker::Fine);
}

#[test]
fn keys_are_told_from_their_marker() {
    let tags = |rest: &str| format!("{BLOBS}/tags{rest}");
    let id = ["blob.tagValues"];
    check(&tags(":Project<$key_case_sensitive$>"), &id, Some("Project"), Marker::Fine);
    check(&tags(":Project"), &id, Some("Project"), Marker::Missing);
    check(&tags(":Project<$>"), &id, Some("Project"), Marker::Damaged);
    check(&tags(":Project<\\$key_case_sensitive\\$>"), &id, Some("Project"), Marker::Damaged);
    check(&tags(":<key>"), &id, Some("<key>"), Marker::Missing);
    check(&tags(":<key><$key_case_sensitive$>"), &id, Some("<key>"), Marker::Fine);
    check(&tags(":a:b/c=d.e f<$key_case_sensitive$>"), &id, Some("a:b/c=d.e f"), Marker::Fine);
    check(&tags("&$keys$&"), &["blob.tagKeys"], None, Marker::Fine);
    check(&tags("&$&"), &["blob.tagKeys"], None, Marker::Damaged);
    let metadata = "Microsoft.Storage/storageAccounts/blobServices/containers/metadata:stage";
    check(metadata, &["blob.containerMetadata"], Some("stage"), Marker::Fine);
    let marked = format!("{metadata}<$key_case_sensitive$>");
    check(&marked, &["blob.containerMetadata"], Some("stage"), Marker::Unexpected);
}

#[test]
fn what_no_attribute_is_written_like_is_not_found() {
    for body in ["", ":", "UtcNow:x", "é", &format!("{BLOBS}/tags"), &format!("{BLOBS}/tags:")] {
        assert_eq!(catalog().match_attribute(body), None, "{body}");
    }
    assert_eq!(catalog().match_attribute("Microsoft.Storage/storageAccounts:nameé"), None);
    assert_eq!(catalog().match_attribute(&"é".repeat(100_000)), None);
}

#[test]
fn an_attribute_is_offered_by_an_action_through_a_source() {
    let role = "Microsoft.Authorization/roleAssignments:RoleDefinitionId";
    assert!(catalog().offers(WRITE, None, "request", role));
    assert!(!catalog().offers(WRITE, None, "Resource", role));
    assert!(catalog().offers(DELETE, None, "Resource", role));
    assert!(!catalog().offers(DELETE, None, "Request", role));

    let prefix = format!("{BLOBS}:prefix");
    let read = format!("{BLOBS}/read");
    assert!(catalog().offers(&read, Some("Blob.List"), "Request", &prefix));
    assert!(!catalog().offers(&read, Some("Blob.Other"), "Request", &prefix));

    let secret = "Microsoft.KeyVault/vaults/secrets:name";
    let ids = |source| -> Vec<_> {
        catalog().actions_offering(source, secret).into_iter().map(|action| action.id).collect()
    };
    assert_eq!(ids("Request"), ["kv.restore", "kv.setSecret"]);
    assert_eq!(ids("Resource").len(), 7);

    let own = "Microsoft.Directory/CustomSecurityAttributes/Id:A_b";
    assert!(catalog().offers(&read, None, "Principal", own));
    assert!(!catalog().offers(WRITE, None, "Principal", own));
    let write = catalog().action("authz.write").unwrap();
    assert_eq!(catalog().attributes_offered(write, "Request").count(), 3);
}

#[test]
fn attributes_tell_type_operators_and_status() {
    let now = catalog().attribute("env.utcNow").unwrap();
    assert_eq!(now.value_type(), Some(ValueType::DateTime));
    assert!(now.takes_operator("datetimelessthan") && !now.takes_operator("DateTimeEquals"));
    assert!(now.operators_are_listed());
    let include = catalog().attribute("blob.listInclude").unwrap();
    assert_eq!((include.status, include.verified), (Status::Preview, false));
    assert_eq!(include.multi_valued, Some(true));
    let own = catalog().attribute("principal.customSecurityAttribute").unwrap();
    assert_eq!((own.value_type(), own.multi_valued), (None, None));
    assert_eq!(own.form, NameForm::SecurityAttribute);
    assert_eq!(own.applies_to.len(), 25);
    let kind = catalog().attribute("authz.principalType").unwrap();
    assert_eq!(kind.values, ["User", "Group", "ServicePrincipal"]);
    let level = catalog().action("insights.dataRead").unwrap();
    assert_eq!(level.status, Status::Observed);
}

#[test]
fn operators_are_documented() {
    assert_eq!(catalog().operators().count(), 28);
    let operator = catalog().operator("foranyofallvalues:stringnotequals").unwrap();
    assert_eq!(operator.negation_of, Some("StringEquals"));
    assert!(operator.quantifiable && !operator.ignores_case);
    assert_eq!(operator.source.to_string(), "conditions-format, 2023-11-15");
    assert!(!catalog().operator("StringStartsWith").unwrap().quantifiable);
    assert_eq!(catalog().quantifiers().count(), 4);
    assert_eq!(catalog().functions().count(), 3);
}

#[test]
fn roles_are_found_by_any_spelling_of_their_guid_and_name() {
    let catalog = catalog();
    for id in [
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
        "8E3AF657A8FF443CA75C2FE8C4BCB635",
        "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    ] {
        assert_eq!(catalog.role(id).unwrap().name(), "Owner", "{id}");
    }
    assert_eq!(catalog.role("8e3af657-a8ff-443c-a75c-2fe8c4bcb636"), None);
    assert_eq!(catalog.role("Owner"), None);
    assert_eq!(catalog.role_by_name(" owner ").unwrap().name(), "Owner");
    let arc = catalog.role_by_name("azure arc vmware administrator role").unwrap();
    assert_eq!(arc.name(), "Azure Arc VMware Administrator role");
    assert_eq!(catalog.roles().count(), 929);
    assert_eq!(catalog.roles_source().date, "2026-08-22");
}

#[test]
fn roles_tell_what_they_grant() {
    let catalog = catalog();
    let role = |name: &str| catalog.role_by_name(name).unwrap();
    assert!(role("Owner").can_assign_roles());
    assert!(role("User Access Administrator").can_assign_roles());
    let contributor = role("Contributor");
    assert!(!contributor.can_assign_roles() && contributor.is_privileged());
    assert!(contributor.grants("Microsoft.Compute/virtualMachines/write", Plane::Control));
    assert!(!contributor.grants("microsoft.authorization/locks/write", Plane::Control));
    assert!(!contributor.grants("Microsoft.Compute/virtualMachines/write", Plane::Data));

    let delegate = role("Key Vault Data Access Administrator");
    assert_eq!(delegate.grant(WRITE, Plane::Control), Grant::Conditioned);
    assert!(!delegate.can_assign_roles() && delegate.has_condition());
    let oracle = role("Oracle Database DbSystems Administrator");
    let [block] = oracle.permissions() else { panic!("one block") };
    assert_eq!(block.condition.as_deref(), Some("@Resource[HasObotoken] boolequals true"));
    assert_eq!(block.condition_version.as_deref(), Some("1.0"));

    let reader = role("Storage Blob Data Reader");
    let ids: Vec<_> =
        catalog.conditionable_actions(reader).into_iter().map(|action| action.id).collect();
    let expect = ["blob.list", "blob.read", "blob.readAll", "blob.readWithTagConditions"];
    assert_eq!(ids, expect);
    assert_eq!(reader.description(), "Read and list blobs and containers.");
    let counted = role("Backup Operator").description();
    assert!(counted.ends_with("control-plane action patterns and no data-plane action patterns."));
}

#[test]
fn conditions_in_built_in_roles_are_kept() {
    let conditioned: Vec<_> = catalog()
        .roles()
        .flat_map(|role| role.permissions())
        .filter_map(|block| block.condition.as_deref())
        .collect();
    assert_eq!(conditioned.len(), 31);
    assert!(conditioned.iter().all(|text| text.contains('@')));
}

#[test]
fn older_texts_lead_to_todays() {
    let container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    let upgrade = |name: &str| catalog().find_legacy(&format!("{container}:{name}"))?.upgrade;
    let today = format!("{container}:name");
    assert_eq!(upgrade("Name"), Some(today.as_str()));
    assert_eq!(upgrade("ContainerName"), Some(today.as_str()));
    assert_eq!(upgrade("name"), None);
    let suboperation = catalog().find_legacy("SubOperation").unwrap();
    assert_eq!(suboperation.kind, LegacyKind::Replaced);
    assert_eq!(catalog().find_legacy("hasobotoken").unwrap().kind, LegacyKind::Internal);
    let retired = catalog().suboperation("blob.read.withtagconditions").unwrap();
    assert_eq!((retired.status, retired.replaced_by), (Status::Deprecated, Some("blob.read")));
}

#[test]
fn close_texts_lead_to_known_ones() {
    let catalog = catalog();
    let action = |text: &str| catalog.closest_action(text).map(|action| action.action);
    assert_eq!(action("Microsoft.Authorization/roleAssignment/write"), Some(WRITE));
    assert_eq!(action("Microsoft.Compute/virtualMachines/start/action"), None);

    let attribute = |text: &str| catalog.closest_attribute(text);
    assert_eq!(attribute(&format!("{BLOBS}:pth")), Some(format!("{BLOBS}:path")));
    assert_eq!(
        attribute(&format!("{BLOBS}/tag:Project")),
        Some(format!("{BLOBS}/tags:Project<$key_case_sensitive$>"))
    );
    assert_eq!(attribute("UtcNoww"), Some("UtcNow".to_owned()));
    assert_eq!(attribute("Department"), None);

    let suboperation = |text: &str| catalog.closest_suboperation(text).map(|one| one.name);
    assert_eq!(suboperation("Blob.Lists"), Some("Blob.List"));
    assert_eq!(suboperation("Blobs.Read.WithTagConditions"), Some("Blob.Read.WithTagConditions"));
    let role = |text: &str| catalog.closest_role(text).map(|role| role.name());
    assert_eq!(role("Contributer"), Some("Contributor"));
    assert_eq!(role("Storage Blob Data Raeder"), Some("Storage Blob Data Reader"));
    assert_eq!(role("Storage Image Data Owner"), None);
    assert_eq!(role("Role of the Year"), None);
    let operator = |text: &str| catalog.closest_operator(text).map(|one| one.name);
    assert_eq!(operator("ForAnyOfAnyValues:StringEqual"), Some("StringEquals"));
}

#[test]
fn searching_looks_at_ids_and_names() {
    let catalog = catalog();
    let ids: Vec<_> = catalog.search_actions("SECRET delete").iter().map(|one| one.id).collect();
    assert_eq!(ids, ["kv.delete"]);
    let ids: Vec<_> =
        catalog.search_attributes("snapshot").iter().map(|one| one.id.to_string()).collect();
    assert_eq!(ids, ["blob.snapshot"]);
    assert_eq!(catalog.search_operators("guid").len(), 2);
    let names: Vec<_> =
        catalog.search_roles("blob data").iter().map(|one| one.name().to_owned()).collect();
    assert!(names.contains(&"Storage Blob Data Owner".to_owned()) && names.is_sorted());
    assert_eq!(catalog.search_roles("8e3af657a8ff443ca75c2fe8c4bcb635").len(), 1);
    assert_eq!(catalog.search_roles("").len(), 929);
    assert_eq!(catalog.search_actions("nothing at all"), [] as [&abac_catalog::Action; 0]);
}

#[test]
fn answers_are_serialized_in_camel_case() {
    let role = serde_json::to_value(catalog().role_by_name("Owner").unwrap()).unwrap();
    assert_eq!(role["permissions"][0]["actions"][0], "*");
    assert_eq!(role["kind"], "BuiltInRole");
    let action = serde_json::to_value(catalog().action("blob.read").unwrap()).unwrap();
    assert_eq!(action["suboperation"]["negated"], true);
    assert_eq!(action["source"]["date"], "2023-08-10");
    let attribute = serde_json::to_value(catalog().attribute("blob.tagValues").unwrap()).unwrap();
    assert_eq!(attribute["form"]["key"]["marker"], true);
    assert_eq!(attribute["hierarchicalNamespace"], "unsupported");
}
