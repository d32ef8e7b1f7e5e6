//! Benchmarks and fuzzing, each in a workspace of its own.

use crate::command::{cargo, step};

/// Measures grantif beside its peers, and prints the table of `docs/performance.md`.
///
/// # Errors
///
/// Says which step failed.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let mut measure = cargo(&["bench", "--manifest-path", "bench/Cargo.toml"]);
    measure.args(arguments);
    step("benchmarks", measure)?;
    let report = ["run", "--release", "--manifest-path", "bench/Cargo.toml", "--bin", "report"];
    step("report", cargo(&report))
}

/// Runs each fuzz target for a while.
///
/// # Errors
///
/// Says which target found something.
pub(crate) fn fuzz(arguments: &[String]) -> Result<(), String> {
    let seconds = match arguments {
        [] => "30",
        [flag, seconds] if flag == "--seconds" && seconds.parse::<u32>().is_ok() => seconds,
        _ => return Err("usage: cargo xtask fuzz [--seconds N]".to_owned()),
    };
    for target in ["lexer", "parser", "formatter", "fixes", "evaluator"] {
        let limit = format!("-max_total_time={seconds}");
        let arguments = ["fuzz", "run", "--sanitizer", "none", target, "--", &limit];
        let mut command = cargo(&arguments);
        // libFuzzer's coverage needs a flag of the compiler that stable does not offer by itself.
        command.env("RUSTC_BOOTSTRAP", "1");
        step(&format!("fuzz {target}"), command)?;
    }
    Ok(())
}
