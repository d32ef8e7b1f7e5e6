//! What is found in each host, and where.

use iac_extract::{Condition, Found, Host, Seen, Source, extract, extract_from, named_files};

/// Checks the texts that are found in a file, and the part of the file that each has as its own.
#[track_caller]
fn check(host: Host, file: &str, expected: &[(&str, &str)]) -> Found {
    let found = extract(host, file);
    let texts: Vec<(&str, &str)> =
        found.conditions.iter().map(|one| (one.text.value(), one.span.of(file))).collect();
    assert_eq!(texts, expected, "in {file}");
    assert_eq!(found.problems, [], "in {file}");
    found
}

/// Checks a file with one condition, and gives it.
#[track_caller]
fn one(host: Host, file: &str, text: &str, place: &str) -> Condition {
    check(host, file, &[(text, place)]).conditions.remove(0)
}

/// Checks that a file has no condition.
#[track_caller]
fn none(host: Host, file: &str) {
    check(host, file, &[]);
}

#[test]
fn bicep_strings() {
    let file = r"resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  properties: {
    condition: '@Resource[a:b] StringEquals \'it\u{2019}s\' // no comment'
    conditionVersion: '2.0'
  }
}
";
    let found = one(
        Host::Bicep,
        file,
        "@Resource[a:b] StringEquals 'it’s' // no comment",
        r"'@Resource[a:b] StringEquals \'it\u{2019}s\' // no comment'",
    );
    assert_eq!(found.version.known(), Some("2.0"));
    assert_eq!(found.property.unwrap().of(file), "condition");
    let quote = u32::try_from(found.text.value().find('\'').unwrap()).unwrap();
    let place = found.text.host_span(diagnostics::Span::new(quote, quote + 1)).unwrap();
    assert_eq!(place.of(file), r"\'");

    let block = "var c = '''\n@Resource[a:b] StringLike 'x/*' ${no}\n'''\n";
    let place = "'''\n@Resource[a:b] StringLike 'x/*' ${no}\n'''";
    one(Host::Bicep, block, "@Resource[a:b] StringLike 'x/*' ${no}\n", place);
    let block = "param n string\nvar c = $'''@Resource[a:b] StringEquals '${n}' '''\n";
    let place = "$'''@Resource[a:b] StringEquals '${n}' '''";
    one(Host::Bicep, block, "@Resource[a:b] StringEquals '${n}' ", place);
}

#[test]
fn bicep_values_are_followed() {
    let file = r"param store string = 'Microsoft.Storage/storageAccounts'
param open string
param empty string = ''
var parts = { name: '@Resource[${store}:name]', roles: ['a', 'b'] }
var all = format('{0} StringEquals \'{1}\' {{x}}', parts.name, open)
output o string = concat('(', all, ' OR ', '@Resource[a:b] StringEquals \'', join(parts.roles, '-'), empty, '\')')
";
    let found = check(
        Host::Bicep,
        file,
        &[(
            "(@Resource[Microsoft.Storage/storageAccounts:name] StringEquals '${open}' {x} OR @Resource[a:b] StringEquals 'a-b${empty}')",
            r"'(', all, ' OR ', '@Resource[a:b] StringEquals \'', join(parts.roles, '-'), empty, '\')'",
        )],
    );
    let condition = &found.conditions[0];
    assert!(condition.used_default);
    let holes: Vec<_> = condition.text.holes().map(|(place, _)| place.host.of(file)).collect();
    assert_eq!(holes, ["open", "empty"]);
}

#[test]
fn bicep_choices_are_two_conditions() {
    let file = "resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  properties: {\n    condition: x ? '@Resource[a:b] StringEquals \\'1\\'' : y ?? '@Resource[a:b] StringEquals \\'2\\''\n  }\n}\n";
    let found = extract(Host::Bicep, file);
    let texts: Vec<_> = found.conditions.iter().map(|one| one.text.value()).collect();
    assert_eq!(texts, ["@Resource[a:b] StringEquals '1'", "@Resource[a:b] StringEquals '2'"]);
}

#[test]
fn bicep_traps() {
    none(Host::Bicep, "@description('(@Resource[a:b] StringEquals \\'c\\')')\nparam x string\n");
    none(Host::Bicep, "// var c = '@Resource[a:b] StringEquals \\'c\\''\n");
    none(Host::Bicep, "/* var c = '@Resource[a:b] StringEquals \\'c\\'' */\n");
    none(Host::Bicep, "metadata description = '@Resource[a:b] StringEquals \\'c\\''\n");
    none(Host::Bicep, "var c = 'a sentence about ActionMatches{} and @Resource[a:b]'\n");
    // Half-written, and read as far as it goes.
    let file = "resource a 'x@1' = {\n  properties: {\n    condition: '@Resource[a:b] StringEquals \\'c\\''\n    other: [\n";
    let found = extract(Host::Bicep, file);
    assert_eq!(found.conditions[0].text.value(), "@Resource[a:b] StringEquals 'c'");
    let problem = &found.problems[0];
    assert_eq!(problem.message, "the file ends before this bracket is closed");
    assert_eq!(problem.span.start as usize, file.find('{').unwrap());
    let cut = "resource \"azurerm_role_assignment\" \"a\" {\n  scope = \"x\"\n";
    assert_eq!(extract(Host::Terraform, cut).problems.len(), 1);
    let file = "var x = '@Resource[a:b] StringEquals \\'c\nvar y = 1\n";
    one(Host::Bicep, file, "@Resource[a:b] StringEquals 'c", "'@Resource[a:b] StringEquals \\'c");
}

#[test]
fn bicep_parameter_files() {
    let file = "using './main.bicep'\nparam condition = '@Resource[a:b] StringEquals \\'c\\''\n";
    one(
        Host::BicepParameters,
        file,
        "@Resource[a:b] StringEquals 'c'",
        "'@Resource[a:b] StringEquals \\'c\\''",
    );
}

#[test]
fn terraform_strings() {
    let file = "resource \"azurerm_role_assignment\" \"a\" {\n  condition = \"@Resource[a:b] StringEquals '\\\"\\u00e9$${x}'\"\n}\n";
    let place = "\"@Resource[a:b] StringEquals '\\\"\\u00e9$${x}'\"";
    one(Host::Terraform, file, "@Resource[a:b] StringEquals '\"é${x}'", place);

    let file = "resource \"azurerm_role_assignment\" \"a\" {\n  condition = <<-EOT\n    (\n      @Resource[a:b] StringEquals '${var.open}'\n    )\n  EOT\n  condition_version = \"1.0\"\n}\n";
    let place = "<<-EOT\n    (\n      @Resource[a:b] StringEquals '${var.open}'\n    )\n  EOT";
    let text = "(\n  @Resource[a:b] StringEquals '${var.open}'\n)\n";
    let found = one(Host::Terraform, file, text, place);
    assert_eq!(found.version.known(), Some("1.0"));
    assert_eq!(found.resource_type.as_deref(), Some("azurerm_role_assignment"));

    let file = "x = { condition = <<EOT\n  @Resource[a:b] StringEquals 'c'\nEOT\n}\n";
    let place = "<<EOT\n  @Resource[a:b] StringEquals 'c'\nEOT";
    one(Host::TerraformVariables, file, "  @Resource[a:b] StringEquals 'c'\n", place);
}

#[test]
fn terraform_values_are_followed() {
    let file = "locals {\n  roles = [\"1\", \"2\"]\n  set = join(\", \", local.roles)\n}\nvariable \"name\" {\n  default = \"logs\"\n}\noutput \"x\" {\n  value = format(\"@Resource[a:b] ForAnyOfAnyValues:GuidEquals {%s} AND @Resource[c:d] StringEquals '%s' %%\", local.set, var.name)\n}\n";
    let found = extract(Host::Terraform, file);
    assert_eq!(
        found.conditions[0].text.value(),
        "@Resource[a:b] ForAnyOfAnyValues:GuidEquals {1, 2} AND @Resource[c:d] StringEquals 'logs' %"
    );
}

#[test]
fn terraform_modules_are_read_together() {
    let main = "resource \"azurerm_role_assignment\" \"a\" {\n  condition = local.condition\n}\nresource \"azurerm_role_assignment\" \"b\" {\n  condition = templatefile(\"${path.module}/c.tftpl\", { name = \"logs\" })\n}\n";
    let locals = "locals {\n  condition = \"@Resource[a:b] StringEquals 'c'\"\n}\n";
    let template = "@Resource[a:b] StringEquals '${name}'";
    assert_eq!(named_files(main), ["c.tftpl"]);
    let text = format!("{main}\n{locals}\n{template}");
    let offset = |part: &str| u32::try_from(text.find(part).unwrap()).unwrap();
    let span = |part: &str| {
        let start = offset(part);
        diagnostics::Span::new(start, start + u32::try_from(part.len()).unwrap())
    };
    let files = vec![
        ("main.tf".to_owned(), span(main)),
        ("locals.tf".to_owned(), span(locals)),
        ("c.tftpl".to_owned(), span(template)),
    ];
    let found = extract_from(Host::Terraform, &Source { text: &text, files });
    let texts: Vec<_> = found.conditions.iter().map(|one| one.text.value()).collect();
    assert_eq!(texts, ["@Resource[a:b] StringEquals 'logs'", "@Resource[a:b] StringEquals 'c'"]);
    assert_eq!(found.conditions[1].span.of(&text), "\"@Resource[a:b] StringEquals 'c'\"");
}

#[test]
fn terraform_traps() {
    none(
        Host::Terraform,
        "variable \"x\" {\n  description = \"@Resource[a:b] StringEquals 'c'\"\n  validation {\n    condition = \"@Resource[a:b] StringEquals 'c'\" != \"\"\n  }\n}\n",
    );
    none(
        Host::Terraform,
        "resource \"a\" \"b\" {\n  lifecycle {\n    precondition {\n      condition = can(regex(\"@Resource[a:b]\", var.x))\n    }\n  }\n}\n",
    );
    none(Host::Terraform, "# condition = \"@Resource[a:b] StringEquals 'c'\"\n");
}

#[test]
fn json_strings() {
    let file = r#"{"resources": [{"type": "Microsoft.Authorization/roleAssignments", "properties": {
  "condition": "@Resource[a:b] StringEquals '\u00e9\"'", "conditionVersion": "2.0" // a comment
}}]}"#;
    let place = r#""@Resource[a:b] StringEquals '\u00e9\"'""#;
    one(Host::Json, file, "@Resource[a:b] StringEquals 'é\"'", place);
}

#[test]
fn templates_are_followed() {
    let file = r#"{
  "parameters": { "name": { "type": "string", "defaultValue": "logs" }, "open": { "type": "string" } },
  "variables": { "attribute": "[concat('@Resource[', 'a:b', ']')]" },
  "resources": [{ "type": "Microsoft.Authorization/roleAssignments", "properties": {
    "condition": "[format('{0} StringEquals ''{1}'' AND {{x}} ''{2}''', variables('attribute'), parameters('name'), parameters('open'))]"
  }}]
}"#;
    let found = extract(Host::Json, file);
    let condition = &found.conditions[0];
    assert_eq!(
        condition.text.value(),
        "@Resource[a:b] StringEquals 'logs' AND {x} '${parameters('open')}'"
    );
    let place = condition.text.value().find("'logs").unwrap();
    let place = u32::try_from(place).unwrap();
    let place = condition.text.host_span(diagnostics::Span::new(place, place + 1)).unwrap();
    assert_eq!(place.of(file), "''");
    // A bracket that is doubled is a bracket.
    let file = r#"{"condition": "[[@Resource[a:b] StringEquals 'c']", "conditionVersion": "2.0"}"#;
    let found = extract(Host::Json, file);
    assert_eq!(found.conditions[0].text.value(), "[@Resource[a:b] StringEquals 'c']");
}

#[test]
fn plans_are_read_by_their_changes() {
    let file = r#"{"format_version": "1.2", "resource_changes": [
  {"address": "a", "type": "azurerm_role_assignment", "change": {"actions": ["delete", "create"],
   "before": {"principal_type": "User"},
   "after": {"condition": "@Resource[a:b] StringEquals 'c'", "principal_type": "Group"},
   "after_unknown": {"principal_id": true}}},
  {"address": "b", "type": "azurerm_role_assignment", "change": {"actions": ["no-op"], "before": {}, "after": {"condition": "@Resource[a:b] StringEquals 'd'"}}}
], "planned_values": {"x": {"condition": "@Resource[a:b] StringEquals 'c'"}}}"#;
    let found = extract(Host::Json, file);
    assert_eq!(found.conditions.len(), 1, "a plan says everything several times");
    let types: Vec<_> = found
        .assignments
        .iter()
        .map(|one| (one.changes.clone(), one.seen("properties.principalType")))
        .map(|(changes, kind)| (changes, kind.known().unwrap().to_owned()))
        .collect();
    assert_eq!(
        types,
        [
            (vec![iac_extract::Change::Delete], "User".to_owned()),
            (vec![iac_extract::Change::Write], "Group".to_owned())
        ]
    );
    let Seen::Is(principal) = found.assignments[1].seen("properties.principalId") else {
        panic!("it is there, and not known")
    };
    assert!(principal.has_holes());
}

#[test]
fn terraform_in_json() {
    let file = r#"{"resource": {"azurerm_role_assignment": {"a": {"condition": "@Resource[a:b] StringEquals 'c'", "principal_type": "Group"}}}}"#;
    let found = extract(Host::Json, file);
    assert_eq!(found.conditions[0].text.value(), "@Resource[a:b] StringEquals 'c'");
    assert_eq!(found.assignments[0].seen("properties.principalType").known(), Some("Group"));
}

#[test]
fn powershell_strings() {
    let text = "@Resource[a:b] StringEquals 'c'";
    for (quoted, text) in [
        ("'@Resource[a:b] StringEquals ''c'''", text),
        ("\"@Resource[a:b] StringEquals 'c'\"", text),
        ("\"@Resource[a:b] StringEquals '`\"`u{e9}`n'\"", "@Resource[a:b] StringEquals '\"é\n'"),
        ("@'\n@Resource[a:b] StringEquals 'c'\n'@", text),
        (
            "@\"\n@Resource[a:b] StringEquals '$($x.y)' # no comment\n\"@",
            "@Resource[a:b] StringEquals '$($x.y)' # no comment",
        ),
    ] {
        let file = format!("$roleAssignments = 1\n$c = {quoted}\n");
        one(Host::PowerShell, &file, text, quoted);
    }
}

#[test]
fn powershell_values_are_followed() {
    let file = "$name = 'logs'\n$parameters = @{\n  ObjectId = $id\n  ObjectType = 'Group'\n  Condition = (\"@Resource[a:b] StringEquals '{0}'\" -f $name) + \" AND @Resource[c:d] StringEquals '\" + $open + \"'\"\n  ConditionVersion = '2.0'\n}\nNew-AzRoleAssignment @parameters `\n  -Scope $scope\n";
    let found = extract(Host::PowerShell, file);
    let condition = &found.conditions[0];
    assert_eq!(
        condition.text.value(),
        "@Resource[a:b] StringEquals 'logs' AND @Resource[c:d] StringEquals '$open'"
    );
    assert_eq!(condition.version.known(), Some("2.0"));
    let assignment = &found.assignments[0];
    assert_eq!(assignment.seen("properties.principalType").known(), Some("Group"));
    assert_eq!(assignment.seen("properties.condition"), Seen::Is(condition.text.clone()));
    // A name that is given twice is not followed.
    let file = "$n = 'a'\n$n = 'b'\n$c = \"@Resource[a:b] StringEquals '$n'\"\n";
    let found = extract(Host::PowerShell, file);
    assert_eq!(found.conditions[0].text.value(), "@Resource[a:b] StringEquals '$n'");
}

#[test]
fn powershell_traps() {
    none(Host::PowerShell, "<#\n.EXAMPLE\n $c = \"@Resource[a:b] StringEquals 'c'\"\n#>\n");
    none(Host::PowerShell, "# $c = \"@Resource[a:b] StringEquals 'c'\"\n");
}

#[test]
fn shells_eat_markers() {
    let file = "az role assignment create --condition \"@Resource[a:b<$key_case_sensitive$>] StringEquals 'c'\"\n";
    let found = extract(Host::Bash, file);
    assert_eq!(found.conditions[0].text.value(), "@Resource[a:b<$>] StringEquals 'c'");
    let file =
        file.replace('"', "").replace("--condition ", "--condition $'").replace("'c'", "\\'c\\''");
    let found = extract(Host::Bash, &file);
    let text = "@Resource[a:b<$key_case_sensitive$>] StringEquals 'c'";
    assert_eq!(found.conditions[0].text.value(), text);
}

#[test]
fn bash_strings() {
    let text = "@Resource[a:b] StringEquals 'c'";
    for (quoted, text) in [
        ("\"@Resource[a:b] StringEquals 'c'\"", text),
        (r"'@Resource[a:b] StringEquals '\''c'\'''", text),
        (r"$'@Resource[a:b] StringEquals \'c\''", text),
        ("\"@Resource[a:b] StringEquals '\\\"\\$x'\"", "@Resource[a:b] StringEquals '\"$x'"),
        ("\"@Resource[a:b] \\\nStringEquals '${x:-y}'\"", "@Resource[a:b] StringEquals '${x:-y}'"),
    ] {
        let file =
            format!("az role assignment create \\\n  --condition {quoted} \\\n  --scope /\n");
        one(Host::Bash, &file, text, quoted);
    }
    let file = "C=$(cat <<'EOF'\n@Resource[a:b] StringEquals 'c'\nEOF\n)\naz role assignment create --condition \"$C\" --condition-version=2.0\n";
    let place = "<<'EOF'\n@Resource[a:b] StringEquals 'c'\nEOF";
    let found = one(Host::Bash, file, text, place);
    assert_eq!(found.version.known(), Some("2.0"));
    let file = "read -r -d '' C <<EOF\n@Resource[a:b] StringEquals '$x'\nEOF\n";
    let place = "<<EOF\n@Resource[a:b] StringEquals '$x'\nEOF";
    one(Host::Bash, file, "@Resource[a:b] StringEquals '$x'\n", place);
    none(Host::Bash, "# C=\"@Resource[a:b] StringEquals 'c'\"\n");
}

#[test]
fn bodies_of_calls() {
    let file = "az rest --method put --body '{\"properties\": {\"principalId\": \"'$id'\", \"roleDefinitionId\": \"r\", \"condition\": \"@Resource[a:b] StringEquals \\u0027c\\u0027\"}}'\n";
    let file = file.replace("\"'$id'\"", "\"x\"");
    let found = extract(Host::Bash, &file);
    assert_eq!(found.conditions[0].text.value(), "@Resource[a:b] StringEquals 'c'");
    assert_eq!(
        found.conditions[0].span.of(&file),
        r#""@Resource[a:b] StringEquals \u0027c\u0027""#
    );
    assert_eq!(found.assignments.len(), 1);
    let file = "PUT https://management.azure.com/x\ncontent-type: application/json\n\n{\n  \"properties\": {\"condition\": \"@Resource[a:b] StringEquals 'c'\", \"conditionVersion\": \"2.0\"}\n}\n\n###\n";
    one(Host::Http, file, "@Resource[a:b] StringEquals 'c'", "\"@Resource[a:b] StringEquals 'c'\"");
}

#[test]
fn pipelines() {
    let file = "steps:\n- task: AzureCLI@2\n  inputs:\n    scriptType: bash\n    inlineScript: |\n      az role assignment create \\\n        --condition \"@Resource[a:b] StringEquals '${{ parameters.x }}'\"\n- task: AzurePowerShell@5\n  inputs:\n    Inline: |\n      $c = @'\n      (\n      @Resource[a:b] StringEquals 'c')\n      '@\n- run: az role assignment create --condition \"@Resource[a:b] StringEquals 'd'\"\n";
    let found = extract(Host::Yaml, file);
    let texts: Vec<_> = found.conditions.iter().map(|one| one.text.value()).collect();
    assert_eq!(
        texts,
        [
            "@Resource[a:b] StringEquals '${{ parameters.x }}'",
            "(\n@Resource[a:b] StringEquals 'c')",
            "@Resource[a:b] StringEquals 'd'"
        ]
    );
    none(Host::Yaml, "jobs:\n- job: roleAssignments\n  condition: and(succeeded(), eq(1, 1))\n");
}

#[test]
fn settings_in_yaml() {
    let file = "roleAssignments:\n  - name: a\n    condition: >-\n      @Resource[a:b]\n      StringEquals 'c'\n    conditionVersion: \"2.0\"\n  - condition: '@Resource[a:b] StringEquals ''d'''\n";
    let found = extract(Host::Yaml, file);
    let texts: Vec<_> = found.conditions.iter().map(|one| one.text.value()).collect();
    assert_eq!(texts, ["@Resource[a:b] StringEquals 'c'", "@Resource[a:b] StringEquals 'd'"]);
    assert_eq!(found.conditions[0].version.known(), Some("2.0"));
}

#[test]
fn pages() {
    let file = "# Roles\n\n- item:\n\n  ```bash\n  az role assignment create --condition \"@Resource[a:b]\n  StringEquals 'c'\"\n  ```\n\n```text\n@Resource[a:b] StringEquals 'd'\n```\n\nA sentence with `@Resource[a:b] StringEquals 'e'`.\n";
    let found = extract(Host::Markdown, file);
    let texts: Vec<_> = found.conditions.iter().map(|one| one.text.value()).collect();
    assert_eq!(texts, ["@Resource[a:b]\nStringEquals 'c'", "@Resource[a:b] StringEquals 'd'\n"]);
}

#[test]
fn a_file_that_is_a_condition() {
    let file = "@Resource[a:b] StringEquals '${name}'\n";
    one(Host::Template, file, file, file);
    none(Host::Template, "A page about @Resource[a:b].\n");
}

#[test]
fn requests_are_read_with_their_fields() {
    let file = "resource \"azurerm_pim_eligible_role_assignment\" \"a\" {\n  scope = \"/subscriptions/s\"\n  schedule {\n    expiration {\n      duration_days = 8\n    }\n  }\n  ticket {\n    number = \"1\"\n  }\n}\n";
    let found = extract(Host::Terraform, file);
    let request = &found.assignments[0];
    let duration = request.seen("properties.scheduleInfo.expiration.duration");
    assert_eq!(duration.known(), Some("P8D"));
    assert_eq!(request.seen("properties.ticketInfo.ticketNumber").known(), Some("1"));
    assert_eq!(request.tool, Some(pim_model::Tool::Azurerm));

    let file = "resource \"azapi_resource\" \"a\" {\n  type = \"Microsoft.Authorization/roleEligibilityScheduleRequests@2022-04-01-preview\"\n  body = jsonencode({ properties = { requestType = \"adminassign\" } })\n}\n";
    let found = extract(Host::Terraform, file);
    let request = &found.assignments[0];
    let document = request.document();
    let checked = pim_model::check(document.value(), &pim_model::Options::default());
    let token = checked.diagnostics.into_iter().find(|one| one.id == "pim-token-case").unwrap();
    let carried = request.carry(&document, file, token);
    assert_eq!(carried.span.of(file), "\"adminassign\"".trim_matches('"'));
    let edit = &carried.fix.unwrap().edits[0];
    assert_eq!((edit.span.of(file), edit.replacement.as_ref()), ("adminassign", "AdminAssign"));
}

#[test]
fn broken_files_are_said_once() {
    let found = extract(Host::Json, "{\"roleAssignments\": ");
    assert_eq!(found.problems.len(), 1);
    let deep = format!("{}\"roleAssignments\"", "[".repeat(100_000));
    assert_eq!(extract(Host::Json, &deep).problems.len(), 1);
}

/// Files that nest as deep as they can, or repeat what is hardest, end soon.
#[test]
fn hard_files_end() {
    let word = "roleAssignments ActionMatches{'a'} ";
    for piece in
        ["(", "[", "{", "'", "\"", "${", "$(", "@(", "@{", "<<E\n", "'''", "`", "- ", "? a : "]
    {
        let file = format!("{word}x = {}", piece.repeat(50_000));
        for name in ["bicep", "tf", "json", "ps1", "sh", "yml", "md", "http", "tpl"] {
            let _ = extract(Host::from_name(name).unwrap(), &file);
        }
    }
    // Names that name each other.
    let names: String =
        (0..500).map(|n| format!("var a{n} = '${{a{}}}${{a{}}}'\n", n + 1, n + 1)).collect();
    let _ = extract(Host::Bicep, &format!("{names}var c = '@Resource[a:b] ${{a0}}'\n"));
    let _ = extract(Host::Bicep, "var a = b\nvar b = a\nvar c = '@Resource[a:b] ${a}'\n");
}
