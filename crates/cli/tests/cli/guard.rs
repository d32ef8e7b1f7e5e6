//! The guard of a repository: what the action, the hook and the step run.

use crate::run::Place;
use std::path::Path;
use std::process::{Command, Output};

const FILE: &str = "var c = '((!(ActionMatches{\\'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write\\'})) OR (@Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolEquals \\'true\\'))'\n";

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs a script of the guard in a place, with grantif on the path.
fn script(name: &str, place: &Place, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_grantif"));
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", binary.parent().unwrap().display());
    Command::new("sh")
        .arg(root().join("guard").join(name))
        .args(arguments)
        .current_dir(place.path(""))
        .env("PATH", path)
        .envs(settings.iter().copied())
        .output()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn annotations_and_sarif() {
    let place = Place::new().with("infra/a.bicep", FILE).with("other/b.bicep", FILE);
    let settings =
        [("GRANTIF_PATHS", "infra"), ("GRANTIF_FORMAT", "github"), ("GRANTIF_SARIF", "out.sarif")];
    let output = script("check.sh", &place, &[], &settings);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("::warning file=infra/a.bicep,line=1,"), "{text}");
    let sarif: serde_json::Value = serde_json::from_str(&place.read("out.sarif")).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "quoted-boolean");
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "infra/a.bicep");
    assert!(!place.read("out.sarif").contains("other/b.bicep"));

    let settings = [("GRANTIF_FORMAT", "azure-devops"), ("GRANTIF_FAIL_ON", "error")];
    let output = script("check.sh", &place, &[], &settings);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("##vso[task.logissue type=warning;sourcepath=infra/a.bicep"), "{text}");
}

#[cfg(unix)]
#[test]
fn hooks() {
    let place = Place::new().with("a.bicep", FILE);
    let output = script("pre-commit.sh", &place, &["check", "a.bicep"], &[]);
    assert_eq!(output.status.code(), Some(1));
    let output = script("pre-commit.sh", &place, &["fmt", "--quiet", "a.bicep"], &[]);
    assert_eq!(output.status.code(), Some(0));
}

/// What the documents of the guard name is there.
#[test]
fn the_guard_names_what_there_is() {
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let action = std::fs::read_to_string(root().join("action.yml")).unwrap();
    let step = std::fs::read_to_string(root().join("guard/azure-devops.yml")).unwrap();
    for (text, script) in [
        (&hooks, "guard/pre-commit.sh"),
        (&action, "guard/install.sh"),
        (&action, "guard/check.sh"),
        (&step, "guard/install.sh"),
        (&step, "guard/check.sh"),
    ] {
        assert!(text.contains(script), "{script}");
        assert!(root().join(script).is_file());
    }
    // Every setting that is handed over is one that the script reads.
    let check = std::fs::read_to_string(root().join("guard/check.sh")).unwrap();
    for text in [&action, &step] {
        for line in text.lines().map(str::trim).filter(|line| line.starts_with("GRANTIF_")) {
            let name = line.split(':').next().unwrap();
            assert!(check.contains(name) || name == "GRANTIF_SOURCE", "{name}");
        }
    }
}
