//! What must hold for conditions within other files.

use abac_catalog::Catalog;
use abac_lint::{Options, check};
use abac_syntax::Holes;
use diagnostics::{Applicability, Diagnostic, Span, apply_fixes};
use iac_emit::{Input, Target, emit};
use iac_extract::{Condition, Form, Host, Origin, Text, extract};
use pim_model::{Family, RequestType, RoleAssignment, ScheduleRequest, Scope};
use uuid::Uuid;

/// Every kind of host.
pub const HOSTS: [Host; 11] = [
    Host::Bicep,
    Host::BicepParameters,
    Host::Terraform,
    Host::TerraformVariables,
    Host::Json,
    Host::Http,
    Host::PowerShell,
    Host::Bash,
    Host::Yaml,
    Host::Markdown,
    Host::Template,
];

/// A host file with one condition in it.
#[derive(Debug, Clone)]
pub struct Written {
    /// What it is.
    pub host: Host,
    /// Its text.
    pub file: String,
    /// The condition as the host passes it on.
    pub text: String,
}

/// Writes a condition into every host, in every quoting that can carry it.
#[must_use]
pub fn written(condition: &str) -> Vec<Written> {
    let mut all = Vec::new();
    let mut push = |host: Host, forms: &[Form], before: &str, after: &str, text: &str| {
        let encoded = forms.iter().try_fold(text.to_owned(), |text, form| form.encode(&text));
        if let Some(encoded) = encoded {
            let file = format!("{before}{encoded}{after}");
            all.push(Written { host, file, text: text.to_owned() });
        }
    };
    let indent = || "    ".to_owned();
    let bicep = "resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  properties: {\n    condition: ";
    let end = "\n    conditionVersion: '2.0'\n  }\n}\n";
    push(Host::Bicep, &[Form::Bicep], &format!("{bicep}'"), &format!("'{end}"), condition);
    if !condition.ends_with('\'') && !condition.contains('\r') {
        let open = format!("{bicep}'''\n");
        push(Host::Bicep, &[Form::BicepBlock], &open, &format!("'''{end}"), condition);
    }
    let terraform = "resource \"azurerm_role_assignment\" \"a\" {\n  condition_version = \"2.0\"\n  condition = ";
    push(Host::Terraform, &[Form::Hcl], &format!("{terraform}\""), "\"\n}\n", condition);
    // A heredoc has whole lines, and takes the white space away that all of them begin with.
    let lines = condition.trim();
    if !lines.contains('\r') && !lines.lines().any(|line| line.trim().is_empty()) {
        let form = Form::HclHeredoc { indent: indent() };
        let open = format!("{terraform}<<-EOT\n    ");
        push(Host::Terraform, &[form], &open, "    EOT\n}\n", &format!("{lines}\n"));
        let form = Form::YamlBlock { indent: indent() };
        let open = "roleAssignments:\n  - conditionVersion: '2.0'\n    condition: |-\n      ";
        let deep = Form::YamlBlock { indent: "      ".to_owned() };
        push(Host::Yaml, &[deep], open, "\n", lines);
        let open = "steps:\n- bash: |\n    az role assignment create --condition-version 2.0 --condition '";
        push(Host::Yaml, &[Form::BashSingle, form], open, "'\n", lines);
    }
    let json = "{\"type\": \"Microsoft.Authorization/roleAssignments\", \"properties\": {\"conditionVersion\": \"2.0\", \"condition\": \"";
    if !(condition.starts_with('[') && condition.ends_with(']')) {
        push(Host::Json, &[Form::Json], json, "\"}}", condition);
        let http = format!("PUT https://management.azure.com/x\n\n{json}");
        push(Host::Http, &[Form::Json], &http, "\"}}\n", condition);
    }
    let arm = [Form::Arm { braces: false }, Form::Json];
    push(Host::Json, &arm, &format!("{json}[concat('"), "')]\"}}", condition);
    let braces = [Form::Arm { braces: true }, Form::Json];
    push(Host::Json, &braces, &format!("{json}[format('"), "')]\"}}", condition);
    let cmdlet = "New-AzRoleAssignment -ConditionVersion '2.0' `\n  -Condition ";
    push(Host::PowerShell, &[Form::PowerShellSingle], &format!("{cmdlet}'"), "'\n", condition);
    push(Host::PowerShell, &[Form::PowerShellDouble], &format!("{cmdlet}\""), "\"\n", condition);
    if !condition.ends_with('\r') {
        let single = [Form::PowerShellHereSingle];
        push(Host::PowerShell, &single, &format!("{cmdlet}@'\n"), "\n'@\n", condition);
        let double = [Form::PowerShellHereDouble];
        push(Host::PowerShell, &double, &format!("{cmdlet}@\"\n"), "\n\"@\n", condition);
    }
    let az = "az role assignment create --condition-version 2.0 \\\n  --condition ";
    push(Host::Bash, &[Form::BashSingle], &format!("{az}'"), "'\n", condition);
    push(Host::Bash, &[Form::BashDouble], &format!("{az}\""), "\"\n", condition);
    push(Host::Bash, &[Form::BashAnsi], &format!("{az}$'"), "'\n", condition);
    let body = [Form::Json, Form::BashSingle];
    push(Host::Bash, &body, &format!("az rest --body '{json}"), "\"}}'\n", condition);
    // Line breaks of a page are read as `\n`.
    let lines = condition.replace("\r\n", "\n");
    let fence = format!("# Roles\n\n```bash\n{az}'");
    push(Host::Markdown, &[Form::BashSingle], &fence, "'\n```\n", &lines);
    all
}

/// A condition that was written into a host is found again: the same text, in its place.
#[track_caller]
pub fn written_is_found(condition: &str) {
    for one in written(condition) {
        let found = extract(one.host, &one.file);
        let [only] = found.conditions.as_slice() else {
            panic!("{} conditions in {:?} {}", found.conditions.len(), one.host, one.file);
        };
        assert_eq!(only.text.value(), one.text, "{:?} {}", one.host, one.file);
        text_is_sound(&one.file, &only.text);
        assert!(fits(&one.file, only.span));
    }
}

/// A condition in the snippet of any tool is found again, the same text.
#[track_caller]
pub fn emitted_is_found(condition: &str) {
    let (role, principal) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let scope = Scope::subscription(Uuid::from_u128(3));
    let assign = RequestType::AdminAssign;
    let mut request =
        ScheduleRequest::new(Family::Eligibility, assign, scope.clone(), role, principal);
    request.name = Some(Uuid::from_u128(4));
    request.condition = Some(condition.to_owned());
    let mut assignment = RoleAssignment::new(scope, role, principal);
    assignment.condition = Some(condition.to_owned());
    for target in Target::ALL {
        let inputs = [Input::from(request.clone()), Input::from(assignment.clone())];
        for input in inputs {
            // What a target cannot carry it refuses.
            let Ok(emitted) = emit(input, target, &iac_emit::Options::default()) else { continue };
            let name = target.file_name().rsplit('.').next().unwrap_or("");
            let Some(host) = Host::from_name(name) else { panic!("{target} is read") };
            let found = extract(host, &emitted.text);
            let texts: Vec<&str> = found.conditions.iter().map(|one| one.text.value()).collect();
            assert_eq!(texts, [condition], "{target}\n{}", emitted.text);
            assert!(!found.assignments.is_empty(), "{target}\n{}", emitted.text);
        }
    }
}

/// A fix that is applied within a host gives what it gives for the text alone.
#[track_caller]
pub fn host_fixes_are_meant(condition: &str) {
    let options = Options::new(Catalog::builtin());
    for one in written(condition) {
        let found = extract(one.host, &one.file);
        let Some(only) = found.conditions.first() else { continue };
        let mut findings = check(only.text.value(), Holes::Refused, &options);
        findings.retain(|finding| only.carry(finding.clone()).fix.is_some());
        let carried: Vec<Diagnostic> =
            findings.iter().map(|finding| only.carry(finding.clone())).collect();
        // One by one: side by side in the text is not always side by side in the host.
        for (finding, carried) in findings.iter().zip(&carried) {
            let alone = std::slice::from_ref(finding);
            let meant = apply_fixes(only.text.value(), alone, Applicability::NeedsReview);
            let alone = std::slice::from_ref(carried);
            let fixed = apply_fixes(&one.file, alone, Applicability::NeedsReview);
            let again = extract(one.host, &fixed.text);
            let text = again.conditions.first().map_or("", |one| one.text.value());
            assert_eq!(text, meant.text, "{}: {:?}\n{}", finding.id, one.host, fixed.text);
        }
    }
}

/// A layout that is written within a host reads back as the layout.
#[track_caller]
pub fn host_layouts_are_meant(condition: &str) {
    for one in written(condition) {
        let found = extract(one.host, &one.file);
        let Some(only) = found.conditions.first() else { continue };
        let text = only.text.value();
        let tree = abac_syntax::parse(text).tree;
        let Ok(line) = abac_syntax::format(text, &tree, abac_syntax::Layout::OneLine) else {
            continue;
        };
        // White space around a condition is the host's.
        let behind = text.get(text.trim_end().len()..).unwrap_or_default();
        let line = format!("{line}{behind}");
        let Some(edit) = only.replacement(&one.file, &line) else { continue };
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        let around = (one.file.get(..start), one.file.get(end..));
        let (Some(before), Some(behind)) = around else { panic!("{edit:?} in {}", one.file) };
        let file = format!("{before}{}{behind}", edit.replacement);
        let again = extract(one.host, &file);
        let text = again.conditions.first().map_or("", |one| one.text.value());
        assert_eq!(text, line, "{:?}\n{file}", one.host);
    }
}

/// Any text can be read as any host: nothing panics, and every place is in the text.
#[track_caller]
pub fn hosts_take_anything(source: &str) {
    for host in HOSTS {
        let found = extract(host, source);
        for one in &found.conditions {
            text_is_sound(source, &one.text);
            assert!(fits(source, one.span), "{host:?} {source:?}");
            carries(source, one);
        }
        for one in &found.assignments {
            assert!(fits(source, one.head), "{host:?} {source:?}");
            let document = one.document();
            assert!(
                serde_json::from_str::<serde_json::Value>(document.value()).is_ok(),
                "{}",
                document.value()
            );
            let checked = pim_model::check(document.value(), &pim_model::Options::default());
            for finding in checked.diagnostics {
                let carried = one.carry(&document, source, finding);
                assert!(fits(source, carried.span), "{host:?} {source:?}");
            }
        }
        for problem in &found.problems {
            assert!(fits(source, problem.span), "{host:?} {source:?}");
        }
    }
}

/// Every finding about a condition has its place in the host.
#[track_caller]
fn carries(source: &str, one: &Condition) {
    let options = Options::new(Catalog::builtin());
    for finding in check(one.text.value(), Holes::Allowed, &options) {
        let carried = one.carry(finding);
        assert!(fits(source, carried.span), "{source:?}");
        for edit in carried.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(fits(source, edit.span), "{source:?}");
        }
    }
}

/// The pieces of a text tile it, and what is copied stands in the host as it is.
#[track_caller]
fn text_is_sound(source: &str, text: &Text) {
    let mut at = 0;
    for segment in text.segments() {
        assert_eq!(segment.value.start, at, "{source:?}");
        at = segment.value.end;
        assert!(fits(source, segment.host), "{:?} in {source:?}", segment.host);
        if segment.origin == Origin::Copied {
            assert_eq!(segment.host.of(source), segment.value.of(text.value()), "{source:?}");
        }
    }
    assert_eq!(at as usize, text.value().len());
}

fn fits(source: &str, span: Span) -> bool {
    source.get(span.start as usize..span.end as usize).is_some()
}
