//! Benchmarks and fuzzing, each in a workspace of its own.

use crate::command::{cargo, root, step};

/// Measures grantif beside its peers and writes the tables of `docs/performance.md`.
///
/// # Errors
///
/// Says that measuring failed; its own output says where.
pub(crate) fn run() -> Result<(), String> {
    let mut measure = std::process::Command::new("sh");
    measure.arg("bench/measure.sh").current_dir(root());
    step("benchmarks", measure)
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
    for target in ["lexer", "parser", "formatter", "fixes", "evaluator", "hosts"] {
        let limit = format!("-max_total_time={seconds}");
        let arguments = ["fuzz", "run", "--sanitizer", "none", target, "--", &limit];
        step(&format!("fuzz {target}"), cargo(&arguments))?;
    }
    Ok(())
}
