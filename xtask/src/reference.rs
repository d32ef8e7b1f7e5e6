//! Checks over data collected elsewhere, which the repository does not carry.

use crate::command::{cargo, root, step};
use std::path::PathBuf;

/// Says where the folder of reference data is: facts in its `reference`, collections in its
/// `corpus`.
pub(crate) const VARIABLE: &str = "GRANTIF_REFERENCE";

/// Checks the conditions, requests and faults of a folder, or says that it is not there.
///
/// The folder is the first argument or the default one; the files are looked for in its `corpus`.
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

/// Returns the folder of reference data: that of the variable, or `shared` beside the repository.
pub(crate) fn default_folder() -> PathBuf {
    match std::env::var_os(VARIABLE) {
        Some(folder) => PathBuf::from(folder),
        None => root().join("../shared"),
    }
}
