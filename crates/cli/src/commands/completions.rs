//! `grantif completions`.

use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

const AFTER: &str = "\
Examples:
  grantif completions bash > ~/.local/share/bash-completion/completions/grantif
  grantif completions zsh > \"${fpath[1]}/_grantif\"
  grantif completions fish > ~/.config/fish/completions/grantif.fish
  grantif completions powershell >> $PROFILE";

/// Write a script that completes commands and options in a shell
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let mut script = Vec::new();
    let mut command = crate::arguments::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "grantif", &mut script);
    console.write(&String::from_utf8_lossy(&script));
    Ok(Status::Clean)
}
