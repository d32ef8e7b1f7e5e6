//! The tests of the package: in Node, as a bundle, in Chromium, and as a command line.

use super::{package, run, sources};
use crate::command::{answers, cargo, npm_packages, root, step};
use crate::reference;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the package and runs every test there is for it.
///
/// # Errors
///
/// Says which step failed.
pub(crate) fn test() -> Result<(), String> {
    run(&["--check-size".to_owned()])?;
    let tests = sources().join("tests");
    npm_packages(&tests)?;
    step("pack the package", pack())?;
    unpack()?;
    let answers = native_answers()?;
    chromium()?;
    let mut node = Command::new("node");
    node.args(["--test", "--expose-gc"]).current_dir(&tests).env("GRANTIF_ANSWERS", answers);
    step("tests of the package in Node, as a bundle and in Chromium", node)?;
    // What opens a connection is not in the package: no sandbox, and nothing that asks a service.
    let offline = ["--", "--skip", "online::", "--skip", "sandbox::"];
    let mut parity = cargo(&["test", "--package", "cli", "--test", "cli"]);
    parity.args(offline);
    parity.env("GRANTIF_BINARY", command_line());
    step("tests of the command line, run by Node", parity)
}

fn pack() -> Command {
    let mut pack = Command::new("npm");
    pack.args(["pack", "--silent", "--pack-destination", ".."]).current_dir(package());
    pack
}

/// Puts what is in the packed file where the tests import it from.
fn unpack() -> Result<(), String> {
    let home = sources().join("tests/node_modules/grantif");
    let failed = |error: std::io::Error| format!("cannot unpack the package: {error}");
    if home.exists() {
        fs::remove_dir_all(&home).map_err(failed)?;
    }
    fs::create_dir_all(&home).map_err(failed)?;
    link(&home).map_err(failed)?;
    let mut tar = Command::new("tar");
    let packed = root().join(concat!("target/npm/grantif-", env!("CARGO_PKG_VERSION"), ".tgz"));
    tar.args(["-xzf"]).arg(packed).args(["--strip-components", "1", "-C"]).arg(home);
    step("unpack the package", tar)
}

/// Returns where npm puts the command.
fn command_line() -> PathBuf {
    sources().join("tests/node_modules/.bin/grantif")
}

/// Puts the command where npm would.
fn link(home: &Path) -> std::io::Result<()> {
    let (script, link) = (home.join("cli.js"), command_line());
    if link.is_symlink() {
        fs::remove_file(&link)?;
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(script, link)?;
    #[cfg(windows)]
    std::os::windows::fs::symlink_file(script, link)?;
    Ok(())
}

/// Writes what a native build answers, also for the collected conditions where they are.
fn native_answers() -> Result<PathBuf, String> {
    let file = root().join("target/npm/answers.jsonl");
    let output = fs::File::create(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut command = cargo(&["run", "--quiet", "--package", "wasm", "--example"]);
    command.arg("answers").stdout(output);
    let corpus = reference::default_folder().join("corpus");
    if corpus.is_dir() {
        command.arg("--").arg(corpus);
    } else {
        println!("── collected conditions: not here ({}), left out", corpus.display());
    }
    step("answers of a native build", command)?;
    Ok(file)
}

/// Installs Chromium where it is not there and can be installed.
fn chromium() -> Result<(), String> {
    let there = |name: &&str| answers(name, &["--version"]);
    if ["chromium", "chromium-browser", "google-chrome"].iter().any(there) {
        return Ok(());
    }
    let needed = |error| {
        format!("{error}; the test in a browser needs `chromium` on the path, install it as root")
    };
    // A new machine has no list of packages yet.
    let mut update = Command::new("apt-get");
    update.args(["update", "--quiet"]);
    step("ask for the list of packages", update).map_err(needed)?;
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--no-install-recommends", "chromium"]);
    step("install Chromium", install).map_err(needed)
}
