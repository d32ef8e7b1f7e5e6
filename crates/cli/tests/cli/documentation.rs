//! The examples of the documentation.

use crate::run::{CLEAN, Place, binary};
use std::path::{Path, PathBuf};

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

/// Runs the commands of every `console` block and compares what they write. With `UPDATE_DOCS` in
/// the environment the page is written anew.
#[cfg(unix)]
#[test]
fn commands_write_what_the_page_shows() {
    let page = std::fs::read_to_string(docs("cli.md")).unwrap();
    let mut rewritten = String::new();
    let mut lines = page.lines();
    let mut blocks = 0;
    while let Some(line) = lines.next() {
        rewritten.push_str(line);
        rewritten.push('\n');
        if line != "```console" {
            continue;
        }
        blocks += 1;
        for line in lines.by_ref() {
            if let Some(command) = line.strip_prefix("$ ") {
                rewritten.push_str(&format!("{line}\n{}", shell(command)));
            } else if line == "```" {
                rewritten.push_str("```\n");
                break;
            }
        }
    }
    assert!(blocks >= 5, "the page has examples");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(docs("cli.md"), &rewritten).unwrap();
    } else if let Some((shown, written)) =
        page.lines().zip(rewritten.lines()).find(|(shown, written)| shown != written)
    {
        panic!(
            "the page shows\n{shown}\nand the command writes\n{written}\n(UPDATE_DOCS=1 writes the page)"
        );
    } else {
        assert_eq!(page.len(), rewritten.len());
    }
}

/// Runs a command line at the root of the repository.
#[cfg(unix)]
fn shell(command: &str) -> String {
    // The npm package has no sandbox; what the page shows of it is the native program's.
    let binary = match command.starts_with("grantif sandbox") {
        true => env!("CARGO_BIN_EXE_grantif").into(),
        false => binary(),
    };
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", binary.parent().unwrap().display());
    let output = std::process::Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(docs(".."))
        .env("PATH", path)
        .env_remove("CLICOLOR_FORCE")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    if output.ends_with('\n') { output } else { format!("{output}\n") }
}

#[test]
fn the_configuration_that_is_shown_is_valid() {
    let page = std::fs::read_to_string(docs("configuration.md")).unwrap();
    let (_, example) = page.split_once("```toml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let place = Place::new().with("grantif.toml", example).with("a.abac", CLEAN);
    place.run(&["check", "a.abac"]).gives(0);
    assert_eq!(errors(example), Vec::<String>::new());
}

#[test]
fn the_schema_refuses_what_the_command_refuses() {
    for configuration in [
        "fail-onn = \"error\"",
        "fail-on = \"never\"",
        "template = \"yes\"",
        "[rules]\nquoted-guid = \"no\"",
        "[[ignore]]\nrule = \"comment\"",
        "[[ignore]]\nreason = \"x\"",
        "[[ignore]]\nrule = \"comment\"\nreason = \" \"",
        "[[override]]\npaths = []",
        "[[override]]\nrules = {}",
        "[known.roles]\nx = \"y\"",
        "[known]\nrole = {}",
        "[security-attributes]\nA_b = { type = \"guid\" }",
        "[security-attributes]\nAb = { type = \"string\" }",
        "shell = \"cmd\"",
    ] {
        let place = Place::new().with("grantif.toml", configuration).with("a.abac", CLEAN);
        place.run(&["check", "a.abac"]).gives(2);
        assert_ne!(errors(configuration), Vec::<String>::new(), "{configuration}");
    }
}

fn errors(configuration: &str) -> Vec<String> {
    let schema = std::fs::read_to_string(docs("schemas/configuration.v1.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let configuration: serde_json::Value = toml::from_str(configuration).unwrap();
    schema.iter_errors(&configuration).map(|error| error.to_string()).collect()
}
