//! The npm package: built, measured, tested.

mod package;
mod size;
mod tests;

use crate::command::{cargo, root, step};
use std::path::PathBuf;
use std::process::Command;

pub(crate) use tests::test;

/// For JavaScript.
pub(crate) const BROWSER: &str = "wasm32-unknown-unknown";

/// For the command line under Node.
const WASI: &str = "wasm32-wasip1";

/// Builds the package; `--check-size` also prints and enforces how large it may be.
///
/// # Errors
///
/// Says which step failed.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let check_size = match arguments {
        [] => false,
        [flag] if flag == "--check-size" => true,
        _ => return Err("usage: cargo xtask wasm [--check-size]".to_owned()),
    };
    build()?;
    if check_size { size::check() } else { Ok(()) }
}

/// Returns the folder that the package is made in.
pub(crate) fn package() -> PathBuf {
    root().join("target/npm/grantif")
}

/// Returns the sources of the package.
fn sources() -> PathBuf {
    root().join("crates/wasm")
}

fn build() -> Result<(), String> {
    install_target(BROWSER)?;
    install_target(WASI)?;
    let module = root().join("target").join(BROWSER).join("wasm/wasm.wasm");
    package::begin()?;
    for (entry, features) in [("full", &[][..]), ("core", &["--no-default-features"])] {
        let mut compile = cargo(&["build", "--package", "wasm", "--profile", "wasm"]);
        compile.args(["--target", BROWSER]).args(features);
        step(&format!("compile `{entry}` for JavaScript"), compile)?;
        let mut bindgen = cargo(&["run", "--quiet", "--package", "bindgen", "--"]);
        bindgen.arg(&module).arg(package().join(entry)).arg("grantif");
        step(&format!("write the JavaScript side of `{entry}`"), bindgen)?;
        package::entry(entry)?;
    }
    let mut compile = cargo(&["build", "--package", "cli", "--profile", "wasm"]);
    compile.args(["--target", WASI, "--no-default-features"]);
    compile.env("CARGO_PROFILE_WASM_STRIP", "symbols");
    step("compile the command line for Node", compile)?;
    package::command_line(&root().join("target").join(WASI).join("wasm/grantif.wasm"))
}

/// Installs what a target needs, unless it is there.
///
/// # Errors
///
/// Says that rustup failed.
pub(crate) fn install_target(target: &str) -> Result<(), String> {
    if installed(target) {
        return Ok(());
    }
    let mut install = Command::new("rustup");
    install.args(["target", "add", target]);
    step(&format!("install the target {target}"), install)
}

fn installed(target: &str) -> bool {
    match Command::new("rustup").args(["target", "list", "--installed"]).output() {
        Ok(list) => String::from_utf8_lossy(&list.stdout).lines().any(|line| line == target),
        // Without rustup the target came with the toolchain, or the build says that it did not.
        Err(_) => true,
    }
}
