//! Checks over data collected elsewhere, which the repository does not carry.

use crate::command::{cargo, root, step};
use std::path::PathBuf;

/// Checks the conditions, requests and faults of a folder, or says that it is not there.
///
/// The folder is the first argument, `GRANTIF_REFERENCE`, or `shared` beside the repository; the
/// files are looked for in its `corpus`.
///
/// # Errors
///
/// Says what disagrees.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let folder = match arguments.first() {
        Some(folder) => PathBuf::from(folder),
        None => default_folder(),
    };
    if !folder.join("corpus").is_dir() {
        println!("── reference data: not here ({}), left out", folder.display());
        return Ok(());
    }
    let mut command = cargo(&["run", "--quiet", "--package", "integration-tests", "--bin"]);
    command.args(["reference", "--"]).arg(folder);
    step("reference data", command)
}

fn default_folder() -> PathBuf {
    match std::env::var_os("GRANTIF_REFERENCE") {
        Some(folder) => PathBuf::from(folder),
        None => root().join("../shared"),
    }
}
