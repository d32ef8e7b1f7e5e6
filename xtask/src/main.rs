//! Every task of the repository.

mod catalog;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let result = match args.split_first() {
        Some((task, rest)) if task == "catalog" => catalog::run(rest),
        _ => Err("tasks: catalog".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            #[expect(clippy::print_stderr, reason = "a task reports what went wrong")]
            {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        }
    }
}
