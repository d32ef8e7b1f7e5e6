//! The checks of the repository.

use crate::command::{cargo, step};
use crate::{catalog, reference, sdk, wasm, web};

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
    "pim-client",
    "workbench",
];

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
    sdk::run()?;
    web_assembly()?;
    web::test()?;
    let fuzz = ["build", "--manifest-path", "fuzz/Cargo.toml", "--bins"];
    step("fuzz targets build", cargo(&fuzz))?;
    reference::run(&[])
}

fn web_assembly() -> Result<(), String> {
    wasm::install_target(wasm::BROWSER)?;
    let mut arguments = vec!["build", "--target", wasm::BROWSER];
    for name in BROWSER_CRATES {
        arguments.extend(["--package", *name]);
    }
    step("WebAssembly build", cargo(&arguments))?;
    wasm::test()
}
