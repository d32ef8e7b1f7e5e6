//! Running other programs, step by step.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Returns the folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    folder.parent().map_or(folder.clone(), PathBuf::from)
}

/// Returns a command of cargo in the folder of the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(root());
    command
}

/// Runs one step, says what it does and how long it took.
///
/// # Errors
///
/// Says which step failed, and what to do where the program is not there.
pub(crate) fn step(what: &str, mut command: Command) -> Result<(), String> {
    println!("── {what}");
    let start = Instant::now();
    let status = command.status().map_err(|error| {
        let program = command.get_program().to_string_lossy().into_owned();
        format!("{what}: cannot start `{program}` ({error}); install it and try again")
    })?;
    if status.success() {
        println!("   {what}: {:.1} s", start.elapsed().as_secs_f64());
        Ok(())
    } else {
        Err(format!("{what} failed"))
    }
}

/// Installs what the lockfile of a folder names, unless it is there.
///
/// # Errors
///
/// Says that npm failed, or that it is not there.
pub(crate) fn npm_packages(folder: &Path) -> Result<(), String> {
    let written =
        |file: &str| std::fs::metadata(folder.join(file)).and_then(|one| one.modified()).ok();
    let (locked, installed) =
        (written("package-lock.json"), written("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= locked {
        return Ok(());
    }
    let mut install = Command::new("npm");
    install.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder);
    step(&format!("install the packages of {}", folder.display()), install)
}

/// Says whether a program answers.
pub(crate) fn answers(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
