//! `grantif serve`.

use super::sandbox::{Host, HostArguments};
use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use clap::Args;
use pim_sandbox::Site;
use std::fs;
use std::path::{Path, PathBuf};

/// The editor that was put into this program; `build.rs` says how.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/editor.rs"));

/// How many files an editor may have.
const MAX_FILES: usize = 500;

/// How large its files may be together, in bytes.
const MAX_BYTES: usize = 128 * 1024 * 1024;

const AFTER: &str = "\
Examples:
  grantif serve
  grantif serve --ephemeral --listen 127.0.0.1:0 --editor target/web/site

Exit codes:
  0  it was stopped
  2  wrong usage, or it cannot start";

/// Serve the browser editor together with the sandbox
///
/// The same as `grantif sandbox`, and at its address the editor, which submits to the sandbox unless
/// told otherwise. `/sandbox/page` shows who can call, what to try and what was decided; a program
/// that was built without the editor, and is not told where one is, shows that in its place.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The folder of the built editor, where this program has none in it or another is wanted
    #[arg(long, value_name = "DIR", env = "GRANTIF_EDITOR")]
    editor: Option<PathBuf>,
    #[command(flatten)]
    host: HostArguments,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let site = site(arguments.editor.as_deref())?;
    Host::with_pages(&arguments.host, site).run(console)
}

/// Returns the editor: that of a folder, or the one in this program, if it has one.
fn site(folder: Option<&Path>) -> Result<Option<Site>, Failure> {
    let Some(folder) = folder else {
        if EMBEDDED.is_empty() {
            return Ok(None);
        }
        let files = EMBEDDED.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()));
        let site = Site::new(files).map_err(|error| Failure::new(error.to_string()))?;
        return Ok(Some(site));
    };
    let help = "`cargo xtask web` builds one in target/web/site";
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(format!("`{}` holds no editor: {error}", folder.display())).help(help)
    };
    let mut files = Vec::new();
    let mut left = MAX_BYTES;
    for entry in fs::read_dir(folder).map_err(|error| failed(&error))?.take(MAX_FILES) {
        let entry = entry.map_err(|error| failed(&error))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if !entry.path().is_file() {
            continue;
        }
        let size = entry.metadata().map_err(|error| failed(&error))?.len();
        left = usize::try_from(size)
            .ok()
            .and_then(|size| left.checked_sub(size))
            .ok_or_else(|| failed(&format!("it is larger than {} MiB", MAX_BYTES >> 20)))?;
        files.push((name, fs::read(entry.path()).map_err(|error| failed(&error))?));
    }
    Site::new(files).map(Some).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_page_is_no_editor() {
        let folder = tempfile::tempdir().unwrap();
        let failure = site(Some(folder.path())).err().map(|failure| failure.message());
        assert!(failure.is_some_and(|text| text.contains("index.html")));
        fs::write(folder.path().join("index.html"), "<head></head>").unwrap();
        fs::create_dir(folder.path().join("below")).unwrap();
        assert!(site(Some(folder.path())).is_ok_and(|site| site.is_some()));
        assert!(site(Some(&folder.path().join("nowhere"))).is_err());
    }
}
