//! Whole snippets: the condition and the justification that come out are those that went in.

use iac_emit::{EmitError, Options, Target, emit};
use pim_model::{Family, RequestType, RoleAssignment, ScheduleRequest, Scope};
use proptest::prelude::*;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::reader::{
    assert_parses, cases, nasty, read_arm, read_bash, read_bicep, read_hcl, read_powershell,
};

fn request(condition: &str, justification: &str) -> ScheduleRequest {
    let (role, principal) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let scope = Scope::subscription(Uuid::from_u128(3));
    let assign = RequestType::AdminAssign;
    let mut request = ScheduleRequest::new(Family::Eligibility, assign, scope, role, principal);
    request.name = Some(Uuid::from_u128(4));
    request.condition = Some(condition.to_owned());
    request.justification = Some(justification.to_owned());
    request
}

fn written(request: &ScheduleRequest, target: Target) -> String {
    emit(request.clone(), target, &Options::default()).unwrap().text
}

/// The text between the first `before` and the last `after`.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.rsplit_once(after).unwrap().0
}

fn in_folder(script: &str) -> (tempfile::TempDir, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let output = read_bash(script, folder.path());
    (folder, output)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn files_carry_what_was_said(condition in nasty(1..10), justification in nasty(1..10)) {
        let request = request(&condition, &justification);

        let bicep = written(&request, Target::Bicep);
        prop_assert_eq!(read_bicep(between(&bicep, "var condition = ", "\n\nresource eligible ")), condition.as_str());
        let quoted = between(&bicep, "\n    justification: ", "\n    condition: condition\n");
        prop_assert_eq!(read_bicep(quoted), justification.as_str());

        let arm: Json = serde_json::from_str(&written(&request, Target::ArmJson)).unwrap();
        let properties = &arm["resources"][0]["properties"];
        prop_assert_eq!(read_arm(properties["condition"].as_str().unwrap()), condition.as_str());
        prop_assert_eq!(read_arm(properties["justification"].as_str().unwrap()), justification.as_str());

        let azurerm = serde_json::to_value(read_hcl(&written(&request, Target::Azurerm))).unwrap();
        let resource = &azurerm["resource"]["azurerm_pim_eligible_role_assignment"]["eligible"];
        prop_assert_eq!(&resource["condition"], &condition);
        prop_assert_eq!(&resource["justification"], &justification);

        let azapi = serde_json::to_value(read_hcl(&written(&request, Target::Azapi))).unwrap();
        prop_assert_eq!(&azapi["resource"]["azapi_resource"]["eligible"]["body"], &request.to_json());

        let powershell = written(&request, Target::Powershell);
        let quoted = between(&powershell, "\n  Condition        = ", "\n  ConditionVersion = '2.0'\n}");
        prop_assert_eq!(read_powershell(quoted), condition.as_str());
        let quoted = between(&powershell, "\n  Justification    = ", "\n  Condition        = ");
        prop_assert_eq!(read_powershell(quoted), justification.as_str());

        let script = written(&request, Target::AzRestPowershell);
        let quoted = between(&script, "0004'\n\n", " | Set-Content -Path body.json -Encoding utf8\n");
        let body: Json = serde_json::from_str(&read_powershell(quoted)).unwrap();
        prop_assert_eq!(body, request.to_json());

        let call = written(&request, Target::Rest);
        let (_, body) = call.split_once("\n\n").unwrap();
        prop_assert_eq!(serde_json::from_str::<Json>(body).unwrap(), request.to_json());
    }
}

proptest! {
    // Each case starts a process.
    #![proptest_config(cases(100))]

    #[test]
    fn a_script_sends_the_body_that_was_meant(condition in nasty(1..10), justification in nasty(1..10)) {
        let request = request(&condition, &justification);
        let script = format!("az() {{ :; }}\n{}", written(&request, Target::AzRest));
        let (folder, _) = in_folder(&script);
        let body = std::fs::read_to_string(folder.path().join("body.json")).unwrap();
        prop_assert_eq!(serde_json::from_str::<Json>(&body).unwrap(), request.to_json());
    }

    #[test]
    fn a_command_gets_the_words_that_were_meant(condition in nasty(1..10), description in nasty(1..10)) {
        let scope = Scope::subscription(Uuid::from_u128(3));
        let mut assignment = RoleAssignment::new(scope, Uuid::from_u128(1), Uuid::from_u128(2));
        assignment.condition = Some(condition.clone());
        assignment.description = Some(description.clone());
        match emit(assignment, Target::AzRoleAssignmentCreate, &Options::default()) {
            Err(EmitError::Refused { why, .. }) => {
                let has_nul = condition.contains('\0') || description.contains('\0');
                prop_assert_eq!(has_nul, why.contains("NUL"));
            }
            Err(other) => panic!("{other}"),
            Ok(emitted) => {
                let (folder, output) =
                    in_folder(&format!("az() {{ printf '%s\\0' \"$@\"; }}\n{}", emitted.text));
                let output = String::from_utf8(output).unwrap();
                let words: Vec<_> = output.split('\0').collect();
                let argument = |option: &str| {
                    let place = words.iter().position(|word| *word == option).unwrap();
                    // As the Azure CLI reads it.
                    match words[place + 1] {
                        file @ ("@condition.txt" | "@description.txt") => {
                            let text = std::fs::read_to_string(folder.path().join(&file[1..])).unwrap();
                            text.trim_end_matches('\n').to_owned()
                        }
                        word => {
                            let value = word.split_once('=').map_or(word, |(_, value)| value);
                            assert!(!value.starts_with('@') && !word.starts_with(['@', '-']));
                            word.to_owned()
                        }
                    }
                };
                prop_assert_eq!(argument("--condition"), condition);
                prop_assert_eq!(argument("--description"), description);
            }
        }
    }
}

/// Every golden file as a whole: a reader of its format finds no fault in it.
#[test]
fn golden_files_are_well_formed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let mut count = 0;
    for scenario in std::fs::read_dir(folder).unwrap() {
        for entry in std::fs::read_dir(scenario.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let extension = path.extension().unwrap().to_str().unwrap();
            match extension {
                "bicep" => assert_parses(tree_sitter_bicep::LANGUAGE.into(), &text),
                "ps1" => assert_parses(tree_sitter_powershell::LANGUAGE.into(), &text),
                "tf" => assert!(hcl::parse(&text).is_ok(), "{}", path.display()),
                "json" => {
                    assert!(serde_json::from_str::<Json>(&text).is_ok(), "{}", path.display())
                }
                "sh" => {
                    in_folder(&format!("set -n\n{text}"));
                }
                other => assert!(matches!(other, "http" | "txt"), "{other}"),
            }
            assert!(extension == "txt" || text.ends_with('\n') && !text.ends_with("\n\n"));
            assert!(text.lines().all(|line| line.trim_end() == line), "{}", path.display());
            count += 1;
        }
    }
    assert!(count > 100);
}

proptest! {
    #![proptest_config(cases(200))]

    /// The name of a role stands in a remark, which nothing in it may leave.
    #[test]
    fn a_remark_stays_a_remark(name in nasty(1..10)) {
        let request = request("a", "b");
        let options = Options { role_name: Some(name), ..Options::default() };
        for target in Target::ALL {
            let (Ok(with), Ok(without)) = (
                emit(request.clone(), target, &options),
                emit(request.clone(), target, &Options::default()),
            ) else {
                continue;
            };
            if target == Target::ArmJson {
                let mut with: Json = serde_json::from_str(&with.text).unwrap();
                let without: Json = serde_json::from_str(&without.text).unwrap();
                with["metadata"] = without["metadata"].clone();
                prop_assert_eq!(with, without);
                continue;
            }
            let code = |text: &str| {
                let remark = if target == Target::Bicep { "//" } else { "#" };
                text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
                    .filter(|line| !line.starts_with(remark))
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            prop_assert_eq!(code(&with.text), code(&without.text));
        }
    }
}
