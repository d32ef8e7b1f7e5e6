//! Conditions and requests within files that deploy them.

use crate::run::Place;

/// A role assignment in Bicep with a condition that has a safe fix, and no version.
const BICEP: &str = "// é
param name string
resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid('a')
  properties: {
    principalId: '3e0ae4ff-42c1-4bc9-b2cd-d9f4b4a2e0a1'
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
    condition: '((!(ActionMatches{\\'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write\\'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] stringequals \\'${name}\\'))'
  }
}
";

const TERRAFORM: &str = "resource \"azurerm_role_assignment\" \"a\" {
  scope                = \"/subscriptions/00000000-0000-0000-0000-000000000000\"
  role_definition_name = \"Storage Blob Data Contributor\"
  principal_id         = \"3e0ae4ff-42c1-4bc9-b2cd-d9f4b4a2e0a1\"
  principal_type       = \"Group\"
  condition_version    = \"2.0\"
  condition            = local.condition
}
";

const LOCALS: &str = "locals {
  condition = <<-EOT
    ((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'}))
    OR (@Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolEquals 'true'))
  EOT
}
";

#[test]
fn findings_point_into_the_host() {
    let place = Place::new().with("infra/main.bicep", BICEP);
    let run = place.run(&["check", "."]).gives(1);
    assert!(run.out.contains("error[pim-condition-version]"), "{}", run.out);
    assert!(run.out.contains("--> infra/main.bicep:9:"), "{}", run.out);
    let json = place.run(&["check", "--format", "json", "."]).gives(1).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let finding = json["inputs"][0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == "operator-letter-case")
        .unwrap();
    let start = usize::try_from(finding["span"]["start"]["byte"].as_u64().unwrap()).unwrap();
    assert!(BICEP.get(start..).unwrap().starts_with("stringequals"));
}

/// Every format writes places of the host.
#[test]
fn every_format_names_the_host() {
    let place = Place::new().with("main.bicep", BICEP);
    for format in ["text", "json", "sarif", "github", "junit", "azure-devops", "gitlab"] {
        let run = place.run(&["check", "--format", format, "."]).gives(1);
        assert!(run.out.contains("main.bicep"), "{format}: {}", run.out);
        assert!(run.out.contains("pim-condition-version"), "{format}: {}", run.out);
    }
    let github = place.run(&["check", "--format", "github", "."]).gives(1).out;
    assert!(github.contains("::error file=main.bicep,line=9,"), "{github}");
}

#[test]
fn fixes_keep_every_other_byte() {
    let place =
        Place::new().with("main.bicep", BICEP).with("main.tf", TERRAFORM).with("locals.tf", LOCALS);
    place.run(&["check", "--fix", "."]).gives(0);
    let wanted = BICEP
        .replace("stringequals", "StringEquals")
        .replace("${name}\\'))'\n", "${name}\\'))'\n    conditionVersion: '2.0'\n");
    assert_eq!(place.read("main.bicep"), wanted);
    assert_eq!(place.read("main.tf"), TERRAFORM);
    assert_eq!(place.read("locals.tf"), LOCALS.replace("'true'", "true"));
}

#[test]
fn layouts_keep_every_other_byte() {
    let place =
        Place::new().with("main.bicep", BICEP).with("main.tf", TERRAFORM).with("locals.tf", LOCALS);
    let run = place.run(&["fmt", "--check", "."]).gives(1);
    assert!(run.out.contains("locals.tf would be laid out anew"), "{}", run.out);
    place.run(&["fmt", "."]).gives(0);
    assert_eq!(place.read("main.bicep"), BICEP.replace("stringequals", "StringEquals"));
    assert_eq!(
        place.read("locals.tf"),
        "locals {
  condition = <<-EOT
    (
     (
      !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})
     )
     OR
     (
      @Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolEquals 'true'
     )
    )
  EOT
}
"
    );
    place.run(&["fmt", "--check", "."]).gives(0);
}

#[test]
fn configuration_holds_for_hosts() {
    let configuration = "[rules]\npim-condition-version = \"off\"\n\n[[override]]\npaths = [\"quiet/**\"]\nrules = { operator-letter-case = \"off\" }\n\n[[ignore]]\nrule = \"operator-letter-case\"\npath = \"accepted/*\"\nreason = \"as it is\"\n";
    let place = Place::new()
        .with("grantif.toml", configuration)
        .with("quiet/a.bicep", BICEP)
        .with("accepted/a.bicep", BICEP)
        .with("loud/a.bicep", BICEP);
    let run = place.run(&["check", "--fail-on", "advice", "."]).gives(1);
    assert!(!run.out.contains("pim-condition-version"), "{}", run.out);
    assert_eq!(run.out.matches("-->").count(), 1, "{}", run.out);
    assert!(run.out.contains("loud/a.bicep"), "{}", run.out);
}

#[test]
fn baselines_hold_for_hosts() {
    let place = Place::new().with("a.bicep", BICEP);
    place.run(&["check", "--write-baseline", "b.json", "."]).gives(0);
    let place = place.with("a.bicep", format!("\n\n{BICEP}"));
    let run = place.run(&["check", "--baseline", "b.json", "--fail-on", "advice", "."]).gives(0);
    assert!(run.out.contains("no findings"), "{}", run.out);
}

#[test]
fn find_lists_without_judging() {
    let place = Place::new()
        .with("main.tf", TERRAFORM)
        .with("locals.tf", LOCALS)
        .with("a.bicep", BICEP)
        .with("ignored.bicep", BICEP)
        .with(".gitignore", "ignored.bicep\n")
        .with(
            ".github/workflows/a.yml",
            "- run: az role assignment create --condition \"@Resource[a:b] StringEquals 'c'\"\n",
        );
    let run = place.run(&["find", "--format", "jsonl"]).gives(0);
    let rows: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<&str> = rows.iter().map(|row| row["file"].as_str().unwrap()).collect();
    let workflow = ".github/workflows/a.yml";
    assert_eq!(files, [workflow, workflow, "a.bicep", "a.bicep", "locals.tf", "main.tf"]);
    let conditions: Vec<&serde_json::Value> =
        rows.iter().filter(|row| row["kind"] == "condition").collect();
    let condition = conditions[1];
    assert_eq!((&condition["line"], &condition["column"]), (&9.into(), &16.into()));
    let byte = |name: &str| usize::try_from(condition[name].as_u64().unwrap()).unwrap();
    let literal = BICEP.get(byte("start_byte")..byte("end_byte")).unwrap();
    assert!(literal.starts_with("'((!(Action"));
    assert!(condition["text"].as_str().unwrap().ends_with("stringequals '${name}'))"));
    assert_eq!(condition["holes"][0]["text"], "${name}");
    assert!(condition["version"].is_null());
    assert_eq!(conditions[2]["version"], "2.0");
    // The schema describes every row.
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schemas/found.v1.json");
    let schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for row in &rows {
        let errors: Vec<String> = schema.iter_errors(row).map(|one| one.to_string()).collect();
        assert!(errors.is_empty(), "{row}: {errors:?}");
    }
    let text = place.run(&["find"]).gives(0);
    assert!(text.out.contains("a.bicep:9:16: condition, no version, 1 hole"), "{}", text.out);
    assert!(text.err.contains("3 conditions and 3 assignments"), "{}", text.err);
}

/// The same tree gives the same bytes, however many threads read it.
#[test]
fn the_order_is_the_same_in_every_run() {
    let mut place = Place::new();
    for number in 0..60 {
        place = place.with(&format!("d{}/f{number}.bicep", number % 7), BICEP);
    }
    let first = place.run(&["check", "."]).gives(1).out;
    for _ in 0..3 {
        assert_eq!(place.run(&["check", "."]).gives(1).out, first);
    }
}

#[test]
fn host_rules() {
    let place = Place::new().with(
        "a.bicep",
        "resource a 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {\n  properties: {\n    condition: '@Resource[Microsoft.Storage/storageAccounts:name] StringEquals \\'c\\''\n  }\n}\nresource b 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  properties: {\n    principalId: x\n    roleDefinitionId: y\n    condition: '@Resource[Microsoft.Storage/storageAccounts:name] StringEquals \\'c\\''\n    conditionVersion: '1.0'\n  }\n}\nresource c 'Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01' = {\n  name: guid('fixed')\n  properties: {\n    principalId: x\n    roleDefinitionId: y\n    requestType: 'AdminAssign'\n    scheduleInfo: { expiration: { type: 'AfterDuration', duration: '1 week' } }\n  }\n}\n",
    );
    let run = place.run(&["check", "."]).gives(1).out;
    for (rule, line) in [
        ("pim-condition-not-taken", 3),
        ("pim-missing-principal-type", 8),
        ("pim-condition-version", 11),
        ("pim-request-name", 15),
        ("pim-duration", 20),
    ] {
        let (_, rest) =
            run.split_once(&format!("[{rule}]")).unwrap_or_else(|| panic!("{rule}: {run}"));
        let place = rest.lines().find(|line| line.contains("-->")).unwrap();
        assert!(place.contains(&format!("a.bicep:{line}:")), "{rule}: {place}");
    }
}

/// The limit counts what Azure receives, and not what stands in the file.
#[test]
fn size_is_that_of_the_expanded_text() {
    let guid = "3e0ae4ff-42c1-4bc9-b2cd-d9f4b4a2e0a1";
    let guids = vec![guid; 120].join(", ");
    let clause = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids}}";
    let file = format!("var ids = '{guids}'\nvar c = '({clause}) OR ({clause})'\n");
    let run = Place::new().with("a.bicep", file).run(&["check", "."]).gives(1).out;
    assert!(run.contains("error[too-long]") && run.contains("the condition has 9"), "{run}");
}

#[test]
fn bad_files_are_a_line_each() {
    let place = Place::new()
        .with("good.bicep", BICEP)
        .with("half.bicep", "resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  properties: {\n    principalId: 'x")
        .with("binary.tf", b"\x7fELF\x00\xff\xfe roleAssignments")
        .with("broken.json", "{\"roleAssignments\": [")
        .with("empty.bicep", "");
    let large = std::fs::File::create(place.path("large.json")).unwrap();
    large.set_len(200 << 20).unwrap();
    let run = place.run(&["check", "."]).gives(2);
    assert!(run.out.contains("good.bicep:9:"), "{}", run.out);
    for line in [
        "error: `binary.tf` is not UTF-8 text: byte 0xff at line 1, column 6 (offset 5)",
        "error: `half.bicep:1:67`: the file ends before this bracket is closed",
        "error: `large.json` is larger than 64 MiB",
        "error: `broken.json:1:21`: unterminated array",
    ] {
        assert!(run.err.lines().any(|one| one == line), "{line}\n{}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn loops_and_closed_directories() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new().with("a/good.bicep", BICEP).with("closed/x.bicep", BICEP);
    symlink(place.path("a"), place.path("a/loop")).unwrap();
    symlink(place.path("nowhere"), place.path("a/gone.bicep")).unwrap();
    let closed = place.path("closed");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    let readable = std::fs::read_dir(&closed).is_ok();
    let run = place.run(&["check", "."]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(run.out.contains("a/good.bicep"), "{}", run.out);
    // The superuser may read everything.
    if !readable {
        assert_eq!(run.code, 2);
        assert!(run.err.contains("closed"), "{}", run.err);
    }
}

const DEPLOYER: &str = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d} AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'})) AND ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}))";

fn assignment(role: &str, kind: &str) -> String {
    format!(
        "resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {{\n  properties: {{\n    principalId: identity.properties.principalId\n    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', {role})\n{kind}  }}\n}}\n"
    )
}

#[test]
fn preflight_answers() {
    let pull = "'7f951dda-4ed3-4680-a7ca-43fe172d538d'";
    for (file, code, answer, more) in [
        (assignment(pull, "    principalType: 'ServicePrincipal'\n"), 0, "passes", ""),
        (assignment(pull, ""), 1, "403", "set `principalType` to `ServicePrincipal`"),
        (assignment(pull, "    principalType: 'User'\n"), 1, "403", "may assign AcrPull"),
        (
            assignment(
                "'8e3af657-a8ff-443c-a75c-2fe8c4bcb635'",
                "    principalType: 'ServicePrincipal'\n",
            ),
            1,
            "403",
            "may assign Owner",
        ),
        (
            assignment("role", "    principalType: 'ServicePrincipal'\n"),
            0,
            "unknown until deployment",
            "depends on: role",
        ),
        (
            assignment(pull, "    principalType: kind\n"),
            0,
            "unknown until deployment",
            "depends on: principal type",
        ),
        (assignment("role", "    principalType: 'User'\n"), 1, "403", "let an identity deploy it"),
    ] {
        let place = Place::new().with("main.bicep", &file).with("d.abac", DEPLOYER);
        let run = place.run(&["preflight", "-c", "d.abac", "main.bicep"]).gives(code);
        let row = run.out.lines().nth(1).unwrap();
        assert!(row.starts_with("main.bicep:1 ") && row.ends_with(answer), "{}", run.out);
        let flat = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(more), "{more}: {}", run.out);
        let strict = place.run(&["preflight", "--fail-on-unknown", "-c", DEPLOYER, "main.bicep"]);
        assert_eq!(strict.code, i32::from(answer != "passes"));
        let json = place.run(&["preflight", "--format", "json", "-c", "d.abac", "."]).out;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schemas/preflight.v1.json");
        let schema: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
        let errors: Vec<String> = jsonschema::validator_for(&schema)
            .unwrap()
            .iter_errors(&json)
            .map(|one| one.to_string())
            .collect();
        assert!(errors.is_empty(), "{json:#}: {errors:?}");
    }
}

#[test]
fn preflight_reads_plans() {
    let role = |guid: &str| {
        format!(
            "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/{guid}"
        )
    };
    let pull = role("7f951dda-4ed3-4680-a7ca-43fe172d538d");
    let owner = role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635");
    let plan = serde_json::json!({
        "format_version": "1.2",
        "resource_changes": [
            {"type": "azurerm_role_assignment", "change": {
                "actions": ["delete", "create"],
                "before": {"role_definition_id": owner, "principal_id": "3e0ae4ff-42c1-4bc9-b2cd-d9f4b4a2e0a1", "principal_type": "Group"},
                "after": {"role_definition_id": pull, "principal_type": "ServicePrincipal"},
                "after_unknown": {"principal_id": true},
            }},
            {"type": "azurerm_pim_eligible_role_assignment", "change": {
                "actions": ["create"], "before": null,
                "after": {"role_definition_id": pull, "principal_id": "3e0ae4ff-42c1-4bc9-b2cd-d9f4b4a2e0a1"},
                "after_unknown": {},
            }},
        ],
    });
    let place = Place::new().with("plan.json", plan.to_string());
    let json =
        place.run(&["preflight", "--format", "json", "-c", DEPLOYER, "plan.json"]).gives(1).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let answers: Vec<(&str, &str)> = json["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["change"].as_str().unwrap(), row["answer"].as_str().unwrap()))
        .collect();
    assert_eq!(answers, [("delete", "refused"), ("write", "passes"), ("write", "refused")]);
    assert!(json["changes"][2]["fix"].as_str().unwrap().contains("PIM request carries no"));
}

#[test]
fn preflight_refuses_what_it_cannot_use() {
    let place = Place::new().with("a.bicep", BICEP);
    place.run(&["preflight", "-c", "@Resource[", "a.bicep"]).gives(2);
    place.run(&["preflight", "-c", "nowhere.abac", "a.bicep"]).gives(2);
}

#[test]
fn convert_writes_what_reads_back() {
    let place =
        Place::new().with("main.bicep", BICEP).with("main.tf", TERRAFORM).with("locals.tf", LOCALS);
    let text = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] stringequals '${name}'))";
    for (target, file, before, after) in [
        ("terraform", "a.tfvars", "x = {\n", "}\n"),
        ("arm", "a.json", "{", "}"),
        ("bash", "a.sh", "az role assignment create ", ""),
        ("powershell", "a.ps1", "New-AzRoleAssignment ", ""),
        ("bicep", "b.bicep", "var x = {\n", "}\n"),
    ] {
        let run = place.run(&["convert", "main.bicep:9", "--to", target]).gives(0);
        assert!(run.err.contains("to be filled in: ${name}"), "{}", run.err);
        let other = Place::new().with(file, format!("{before}{}{after}", run.out));
        let found = other.run(&["find", "--format", "jsonl", file]).gives(0).out;
        let rows =
            found.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let row = rows.into_iter().find(|row| row["kind"] == "condition").unwrap();
        assert_eq!(
            (row["text"].as_str().unwrap(), &row["version"]),
            (text, &"2.0".into()),
            "{target}: {found}"
        );
    }
    let whole = place.run(&["convert", "main.tf:3", "--to", "az-role-assignment-create"]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    place.run(&["convert", "main.bicep:1", "--to", "bash"]).gives(2);
    place.run(&["convert", "main.bicep:9", "--to", "cobol"]).gives(2);
    place.run(&["convert", "main.bicep", "--to", "bash"]).gives(2);
}

/// An assignment of which everything is known is written whole.
#[test]
fn convert_writes_whole_assignments() {
    let plan = "resource \"azurerm_role_assignment\" \"a\" {\n  scope              = \"/subscriptions/00000000-0000-0000-0000-000000000000\"\n  role_definition_id = \"/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe\"\n  principal_id       = \"3e0ae4ff-42c1-4bc9-b2cd-d9f4b4a2e0a1\"\n  principal_type     = \"Group\"\n}\n";
    let place = Place::new().with("main.tf", plan);
    let bicep = place.run(&["convert", "main.tf:3", "--to", "bicep"]).gives(0).out;
    assert!(bicep.contains("Microsoft.Authorization/roleAssignments@"), "{bicep}");
    assert!(
        bicep.contains("param principalId string = '3e0ae4ff-42c1-4bc9-b2cd-d9f4b4a2e0a1'"),
        "{bicep}"
    );
}
