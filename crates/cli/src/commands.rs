//! The commands, one a file.

pub(crate) mod catalog;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod emit;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod man;
pub(crate) mod pim;
pub(crate) mod policy;
pub(crate) mod rollout;
pub(crate) mod rule;
#[cfg(feature = "online")]
pub(crate) mod sandbox;
#[cfg(feature = "online")]
pub(crate) mod serve;
pub(crate) mod test;
pub(crate) mod why;

use crate::Status;
use crate::arguments::{Arguments, Command};
use crate::console::Console;
use crate::failure::Failure;

/// Runs the command that was asked for.
pub(crate) fn run(arguments: Arguments, console: &mut Console) -> Result<Status, Failure> {
    match arguments.command {
        Command::Check(arguments) => check::run(&arguments, console),
        Command::Fmt(arguments) => fmt::run(&arguments, console),
        Command::Eval(arguments) => eval::run(&arguments, console),
        Command::Test(arguments) => test::run(&arguments, console),
        Command::Explain(arguments) => explain::run(&arguments, console),
        Command::Pim(arguments) => pim::run(&arguments, console),
        Command::Policy(arguments) => policy::run(&arguments, console),
        Command::Emit(arguments) => emit::run(&arguments, console),
        Command::Rollout(arguments) => rollout::run(&arguments, console),
        #[cfg(feature = "online")]
        Command::Sandbox(arguments) => sandbox::run(&arguments, console),
        #[cfg(feature = "online")]
        Command::Serve(arguments) => serve::run(&arguments, console),
        Command::Rule(arguments) => rule::run(&arguments, console),
        Command::Catalog(arguments) => catalog::run(&arguments, console),
        Command::Why(arguments) => why::run(&arguments, console),
        Command::Completions(arguments) => completions::run(&arguments, console),
        Command::Man(arguments) => man::run(&arguments, console),
    }
}

/// Counts things: `1 file`, `2 files`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
