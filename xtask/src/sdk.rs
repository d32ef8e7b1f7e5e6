//! Azure's own SDK for Python against a real sandbox.

use crate::command::{answers, cargo, root, step};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The callers whose tokens the story is given.
const CALLERS: &[&str] = &["admin", "delegate", "developer"];

/// How many lines a sandbox writes before it says nothing more.
const MAX_LINES: usize = 40;

/// Starts a sandbox and runs `tests/sdk/story.py` against it, in a virtual environment under
/// `target`. Without Python, or without its packages, it says so; where `CI` is set that is a failure.
///
/// # Errors
///
/// Says which step failed.
pub(crate) fn run() -> Result<(), String> {
    let python = match environment() {
        Ok(python) => python,
        Err(missing) if std::env::var_os("CI").is_some() => return Err(missing),
        Err(missing) => {
            println!("── Azure's SDK for Python is not tried: {missing}");
            return Ok(());
        }
    };
    step("build the sandbox", cargo(&["build", "--package", "cli"]))?;
    let sandbox = Running::start()?;
    let mut story = Command::new(python);
    story.arg(root().join("tests/sdk/story.py")).env("SANDBOX", &sandbox.https);
    story.env("REQUESTS_CA_BUNDLE", sandbox.data.join("authority.pem"));
    for caller in CALLERS {
        story.env(format!("TOKEN_{}", caller.to_uppercase()), sandbox.token(caller)?);
    }
    step("Azure's SDK for Python", story)
}

/// Returns the Python of an environment that has what the story needs, making it where there is none.
fn environment() -> Result<PathBuf, String> {
    let folder = root().join("target/sdk/venv");
    let wanted = fs::read_to_string(root().join("tests/sdk/requirements.txt"));
    let wanted = wanted.map_err(|error| format!("tests/sdk/requirements.txt: {error}"))?;
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let installed = folder.join("requirements.txt");
    if fs::read_to_string(&installed).is_ok_and(|had| had == wanted) {
        return Ok(python);
    }
    let system = ["python3", "python"].into_iter().find(|name| {
        answers(name, &["-c", "import sys, venv; sys.exit(sys.version_info < (3, 9))"])
    });
    let system = system.ok_or("Python 3.9 or later, with venv, is not installed")?;
    let mut make = Command::new(system);
    make.args(["-m", "venv", "--clear"]).arg(&folder);
    step("make a Python environment", make)?;
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
    install.arg(root().join("tests/sdk/requirements.txt"));
    step("install Azure's SDK for Python", install)?;
    fs::write(&installed, wanted).map_err(|error| format!("{}: {error}", installed.display()))?;
    Ok(python)
}

/// A sandbox that runs until it is dropped.
struct Running {
    child: Child,
    data: PathBuf,
    http: String,
    https: String,
}

impl Running {
    fn start() -> Result<Self, String> {
        let data = root().join(format!("target/sdk/data-{}", std::process::id()));
        let mut command = grantif();
        command.args(["sandbox", "--listen", "127.0.0.1:0", "--https", "0", "--data"]).arg(&data);
        let child = command.stdout(Stdio::piped()).spawn();
        let child = child.map_err(|error| format!("the sandbox cannot be started: {error}"))?;
        let mut running = Self { child, data, http: String::new(), https: String::new() };
        let output = running.child.stdout.take().ok_or("the sandbox has no output")?;
        for line in BufReader::new(output).lines().take(MAX_LINES) {
            let line = line.map_err(|error| format!("the sandbox cannot be read: {error}"))?;
            let address = line.split_whitespace().find(|word| word.contains("://"));
            match address {
                Some(address) if address.starts_with("https:") => {
                    running.https = address.to_owned();
                    return Ok(running);
                }
                Some(address) if running.http.is_empty() => running.http = address.to_owned(),
                _ => {}
            }
        }
        Err("the sandbox does not say where it listens".to_owned())
    }

    fn token(&self, who: &str) -> Result<String, String> {
        let mut command = grantif();
        command.args(["sandbox", "token", "--as", who, "--url", &self.http]);
        let output = command.output().map_err(|error| format!("no token of {who}: {error}"))?;
        let token = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() && !token.is_empty() {
            Ok(token)
        } else {
            Err(format!("no token of {who}: {}", String::from_utf8_lossy(&output.stderr)))
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It loses nothing by being killed, and what it kept is of no use to anybody.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.data);
    }
}

fn grantif() -> Command {
    let name = if cfg!(windows) { "grantif.exe" } else { "grantif" };
    Command::new(target().join("debug").join(name))
}

fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => Path::new(&folder).to_owned(),
        None => root().join("target"),
    }
}
