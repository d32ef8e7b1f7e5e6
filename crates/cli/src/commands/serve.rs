//! `grantif serve`.

use super::sandbox::{Host, HostArguments};
use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use clap::Args;
use pim_sandbox::Site;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  grantif serve
  grantif serve --ephemeral --listen 127.0.0.1:0

Exit codes:
  0  it was stopped
  2  wrong usage, or it cannot start";

/// Serve the sandbox together with pages for people
///
/// The same as `grantif sandbox`, and a page at its address that shows who can call, what to try
/// and what was decided. With a built editor that is the page, and the other is at /activity.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    host: HostArguments,
    /// The folder of a built editor [default: the folder `site` beside the program, if there is one]
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let beside = || {
        let site = std::env::current_exe().ok()?.with_file_name("site");
        site.join("index.html").is_file().then_some(site)
    };
    let folder = arguments.site.clone().or_else(beside);
    let site = folder.map(|folder| Site::read(&folder)).transpose();
    let site = site.map_err(|error| {
        Failure::new(error.to_string()).help("build it with `cargo xtask web`, in target/web/site")
    })?;
    Host::new(&arguments.host, true).with_site(site).run(console)
}
