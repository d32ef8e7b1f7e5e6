//! The grantif command line: reads, checks, lays out, evaluates, tests and explains Azure
//! role-assignment conditions, PIM requests and role policies.
//!
//! Everything that reads or writes files and terminals is here, and nothing else: what is said
//! about them comes from the crates below.

mod arguments;
mod commands;
mod configuration;
mod console;
mod error_text;
mod failure;
mod input;
#[cfg(feature = "online")]
mod online;
mod page;
mod pim;
mod replace;
mod report;
mod resolve;
mod settings;
mod tool;
mod trace;

use arguments::Arguments;
use clap::Parser;
use console::Console;
use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "wasi")]
    resolve::enter_working_directory();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help goes to the standard output, misuse to the standard error; where neither can be
            // written to there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut console = Console::new(&arguments.appearance);
    let outcome = commands::run(arguments, &mut console);
    let status = match outcome {
        Ok(status) => status,
        Err(failure) => {
            console.report(&failure);
            Status::Misuse
        }
    };
    match console.finish() {
        Ok(()) => status.into(),
        Err(failure) => {
            console.report(&failure);
            Status::Misuse.into()
        }
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Nothing to complain about.
    Clean,
    /// The answer is no: findings, a denied request, a failed test.
    Findings,
    /// The question could not be answered: wrong usage, or something could not be read or written.
    Misuse,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}
