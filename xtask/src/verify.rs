//! The checks of the repository.

use crate::command::{answers, cargo, step};
use crate::{catalog, reference};

/// The crates the browser will use; nothing in them may need an operating system.
const BROWSER_CRATES: &[&str] = &[
    "diagnostics",
    "abac-catalog",
    "abac-syntax",
    "abac-eval",
    "abac-lint",
    "abac-explain",
    "pim-model",
    "iac-emit",
    "iac-extract",
];

const WASM: &str = "wasm32-unknown-unknown";

/// Checks what must hold before a commit.
///
/// # Errors
///
/// Says which step failed.
pub(crate) fn ready() -> Result<(), String> {
    step("format", cargo(&["fmt", "--all", "--check"]))?;
    let lints = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    step("lints", cargo(&lints))?;
    let mut documentation = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
    documentation.env("RUSTDOCFLAGS", "-D warnings");
    step("documentation", documentation)?;
    catalog::run(&["--check".to_owned()])
}

/// Runs every test there is.
///
/// # Errors
///
/// Says which step failed.
pub(crate) fn test() -> Result<(), String> {
    ready()?;
    step("tests", cargo(&["test", "--workspace"]))?;
    web_assembly()?;
    let fuzz = ["build", "--manifest-path", "fuzz/Cargo.toml", "--bins"];
    step("fuzz targets build", cargo(&fuzz))?;
    reference::run(&[])
}

fn web_assembly() -> Result<(), String> {
    if !installed(WASM) {
        let mut install = std::process::Command::new("rustup");
        install.args(["target", "add", WASM]);
        step("install the WebAssembly target", install)?;
    }
    let mut arguments = vec!["build", "--target", WASM];
    for name in BROWSER_CRATES {
        arguments.extend(["--package", *name]);
    }
    step("WebAssembly build", cargo(&arguments))
}

fn installed(target: &str) -> bool {
    let list =
        std::process::Command::new("rustup").args(["target", "list", "--installed"]).output();
    match list {
        Ok(list) => String::from_utf8_lossy(&list.stdout).lines().any(|line| line == target),
        // Without rustup the target came with the toolchain, or the build says that it did not.
        Err(_) => !answers("rustup", &["--version"]),
    }
}
