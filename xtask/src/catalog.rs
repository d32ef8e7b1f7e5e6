//! `cargo xtask catalog`: writes the data files of `abac-catalog`, or says whether they are right.

#![allow(clippy::print_stdout, reason = "a task reports what it did")]

mod check;
mod facts;
mod roles;
mod sources;
mod table;

use crate::reference::{VARIABLE, default_folder};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Where the facts are in the folder of reference data.
const REFERENCE: &str = "reference";

/// A file that the task writes: its path in the repository, and its text.
struct File {
    path: PathBuf,
    text: String,
}

/// Runs the task.
///
/// # Errors
///
/// Returns a sentence for the first fact that cannot be written, or every finding of `--check`.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut only_check = false;
    let mut from = env::var_os(VARIABLE).map(|folder| PathBuf::from(folder).join(REFERENCE));
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--check" => only_check = true,
            "--from" => match args.next() {
                Some(folder) => from = Some(PathBuf::from(folder)),
                None => return Err("`--from` needs a folder".to_owned()),
            },
            other => {
                return Err(format!("unknown argument `{other}`: catalog [--from DIR] [--check]"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let explicit = from.is_some();
    let from = from.unwrap_or_else(|| default_folder().join(REFERENCE));
    if !from.is_dir() {
        if only_check && !explicit {
            println!("no reference folder here, so only the data itself is checked");
            return report(check::consistency(&root));
        }
        return Err(format!("no folder `{}`; give one with `--from`", from.display()));
    }
    let catalog = read(&from.join("catalog.json"))?;
    let built_in = read(&from.join("built-in-roles.json"))?;
    let files = generate(&catalog, &built_in)?;
    if only_check {
        let mut findings = check::files(&root, &files);
        findings.extend(check::consistency(&root));
        findings.extend(check::same_facts(&catalog, &built_in)?);
        return report(findings);
    }
    for file in &files {
        write(&root.join(&file.path), &file.text)?;
    }
    println!("{} files written", files.len());
    Ok(())
}

fn generate(catalog: &Value, built_in: &Value) -> Result<Vec<File>, String> {
    let sources = sources::Sources::read(catalog)?;
    let data = Path::new("crates/abac-catalog/data");
    let mut files = vec![File { path: "docs/sources.md".into(), text: sources.page() }];
    let mut tables = vec![sources.table()?, roles::table(built_in)?];
    tables.extend(facts::tables(catalog, &sources)?);
    for table in tables {
        files.push(File { path: data.join(format!("{}.tsv", table.name)), text: table.text() });
    }
    Ok(files)
}

fn read(path: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file beside its place and moves it there, so that no half of it is ever seen.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let told = |error| format!("{}: {error}", path.display());
    let beside = path.with_extension("new");
    fs::write(&beside, text).map_err(told)?;
    fs::rename(&beside, path).map_err(told)
}

fn report(findings: Vec<String>) -> Result<(), String> {
    if findings.is_empty() {
        println!("the catalog is consistent");
        return Ok(());
    }
    const SHOWN: usize = 20;
    let mut shown: Vec<_> = findings.iter().take(SHOWN).cloned().collect();
    if findings.len() > SHOWN {
        shown.push(format!("and {} more", findings.len() - SHOWN));
    }
    Err(shown.join("\n"))
}
