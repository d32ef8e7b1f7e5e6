//! A sandbox for one test.

use crate::run::{Place, Run};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

pub(super) const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
pub(super) const REGISTRY: &str =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-registry";
pub(super) const APP: &str =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app";
pub(super) const DELEGATE: &str = "a0000000-0000-4000-8000-000000000002";
pub(super) const DEVELOPER: &str = "a0000000-0000-4000-8000-000000000003";
pub(super) const PIPELINE: &str = "a0000000-0000-4000-8000-000000000006";
pub(super) const APPROVERS: &str = "a0000000-0000-4000-8000-000000000007";

/// A sandbox that ends with the test, and a directory to call it from.
pub(super) struct Sandbox {
    child: Child,
    pub(super) url: String,
    pub(super) place: Place,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Sandbox {
    pub(super) fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_grantif"))
            .args(["sandbox", "--ephemeral", "--listen", "127.0.0.1:0", "--no-https"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("sandbox ").expect("the sandbox says where it is");
        let url = url.to_owned();
        Self { child, url, place: Place::new() }
    }

    /// Returns a token of somebody in the sandbox.
    pub(super) fn token(&self, who: &str) -> String {
        let arguments = ["sandbox", "token", "--as", who, "--mfa", "--url", &self.url];
        self.place.run(&arguments).gives(0).out.trim().to_owned()
    }

    /// Runs a command as somebody.
    pub(super) fn run(&self, who: &str, arguments: &[&str]) -> Run {
        self.through(&self.url, who, arguments)
    }

    /// Runs a command as somebody, by way of another address.
    pub(super) fn through(&self, url: &str, who: &str, arguments: &[&str]) -> Run {
        let output = self.command(url, who, arguments).output().unwrap();
        Run {
            code: output.status.code().expect("the binary is not killed by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(super) fn command(&self, url: &str, who: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_grantif"));
        command
            .args(arguments)
            .current_dir(self.place.path("."))
            .env("GRANTIF_ENDPOINT", url)
            .env("GRANTIF_TOKEN", self.token(who))
            .env_remove("GRANTIF_CA_FILE")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null());
        command
    }

    /// Makes a request and writes it to a file.
    pub(super) fn write_request(&self, name: &str, arguments: &[&str]) {
        let made = self.place.run(&[&["pim", "new"], arguments].concat()).gives(0).out;
        std::fs::write(self.place.path(name), made).unwrap();
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.place.path(name), text).unwrap();
    }

    /// Lists the schedule requests at a scope, as the administrator sees them.
    pub(super) fn assignments(&self, scope: &str) -> Vec<serde_json::Value> {
        let arguments = ["pim", "list", "--scope", scope, "--format", "json"];
        let listed = self.run("admin", &arguments).gives(0).json();
        listed["assignments"].as_array().unwrap().clone()
    }
}
