//! Every task of the repository, as `cargo xtask TASK`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task reports what it does")]

mod bench;
mod catalog;
mod command;
mod reference;
mod sdk;
mod serve;
mod tree;
mod verify;
mod wasm;
mod web;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask TASK

  ready        what must hold before a commit: format, lints, documentation, catalog
  test         ready, then every test, Azure's SDK for Python, the WebAssembly builds, the editor in
               a browser, and the reference data where it is
  web          builds the editor; --check-size also says whether it is small enough
  bench        benchmarks beside regorus, cedar-policy and cel, and the table of docs/performance.md
  wasm         builds the npm package in target/npm/grantif [--check-size]; `wasm test` tests it
  catalog      writes crates/abac-catalog/data anew from reference data; --check compares only
  reference    checks conditions, requests and faults collected elsewhere [DIR]
  sdk          runs Azure's SDK for Python against a sandbox
  serve        builds the editor and grantif, and shows `grantif serve` at http://127.0.0.1:8080
               [OPTIONS]
  tree         writes a tree of 10,000 files and measures reading it; a part of bench
  fuzz         runs each fuzz target [--seconds N]
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("help", &[][..]),
    };
    let result = match task {
        "ready" => verify::ready(),
        "test" => verify::test(),
        "web" => web::run(rest),
        "bench" => bench::run().and_then(|()| tree::run()),
        "tree" => tree::run(),
        "fuzz" => bench::fuzz(rest),
        "catalog" => catalog::run(rest),
        "sdk" => sdk::run(),
        "serve" => serve::run(rest),
        "reference" => reference::run(rest),
        "wasm" if rest == ["test"] => wasm::test(),
        "wasm" => wasm::run(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no task `{other}`\n\n{HELP}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
