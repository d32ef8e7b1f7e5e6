//! `grantif man`.

use crate::console::Console;
use crate::failure::Failure;
use crate::{Status, replace};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  grantif man | man -l -
  grantif man --dir ~/.local/share/man/man1";

/// Write the manual pages
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// Write the pages of all commands to this directory
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let mut root = crate::arguments::Arguments::command();
    root.build();
    let Some(directory) = &arguments.dir else {
        console.write(&page(&root, "grantif")?);
        return Ok(Status::Clean);
    };
    std::fs::create_dir_all(directory).map_err(|error| Failure::io("write", directory, &error))?;
    // Commands stand two deep at most: `grantif pim check`.
    let mut commands = vec![("grantif".to_owned(), &root)];
    let mut pages = 0;
    while let Some((name, command)) = commands.pop() {
        replace::create(&directory.join(format!("{name}.1")), &page(command, &name)?)?;
        pages += 1;
        let inner = command.get_subcommands().filter(|command| command.get_name() != "help");
        commands.extend(inner.map(|inner| (format!("{name}-{}", inner.get_name()), inner)));
    }
    console.note(&format!("wrote {pages} pages to `{}`", directory.display()));
    Ok(Status::Clean)
}

fn page(command: &Command, name: &str) -> Result<String, Failure> {
    let mut page = Vec::new();
    Man::new(command.clone())
        .render(&mut page)
        .map_err(|error| Failure::new(format!("cannot write the page of {name}: {error}")))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
