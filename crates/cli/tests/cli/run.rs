//! Running the binary in a directory of its own.

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A condition without findings.
pub(crate) const CLEAN: &str = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'))";

/// A condition with one finding, an error, that has no fix.
pub(crate) const BROKEN: &str = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals))";

/// A condition with one finding, a warning, that has a safe fix.
pub(crate) const QUOTED: &str = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})) OR (@Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolEquals 'true'))";

/// What [`QUOTED`] is after its fix.
pub(crate) const UNQUOTED: &str = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})) OR (@Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolEquals true))";

/// A directory that ends with the test, and is the root of a repository.
pub(crate) struct Place(TempDir);

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        std::fs::create_dir(place.path(".git")).unwrap();
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, with its directories.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.pipe("", arguments)
    }

    /// Runs with a text on the standard input.
    pub(crate) fn pipe(&self, input: &str, arguments: &[&str]) -> Run {
        let output = grantif(self.0.path()).args(arguments).write_stdin(input).output().unwrap();
        Run {
            code: output.status.code().expect("the binary is not killed by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// Asserts the exit code, and shows everything where it is another.
    #[track_caller]
    pub(crate) fn gives(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// Runs where nothing is written to or read from a file.
pub(crate) fn run(arguments: &[&str]) -> Run {
    Place::new().run(arguments)
}

/// The binary that is tested: the native one, or what `GRANTIF_BINARY` names, such as the command
/// of the npm package.
pub(crate) fn binary() -> PathBuf {
    let given = std::env::var_os("GRANTIF_BINARY");
    given.map_or_else(|| env!("CARGO_BIN_EXE_grantif").into(), PathBuf::from)
}

fn grantif(directory: &Path) -> Command {
    let mut command = Command::new(binary());
    command.current_dir(directory);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "CI"] {
        command.env_remove(name);
    }
    command
}
