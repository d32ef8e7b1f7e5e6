//! A sandbox for one test.

use crate::run::{Place, Run};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
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
        Self::start_with(Place::new(), &["--ephemeral", "--no-https"]).0
    }

    /// Starts one that is kept in a directory and has a certificate of its own; gives its address
    /// and the file of the certificate.
    pub(super) fn start_secure() -> (Self, String, String) {
        let (sandbox, lines) =
            Self::start_with(Place::new(), &["--data", "sandbox", "--https", "0"]);
        let secure = lines.split_whitespace().find(|word| word.starts_with("https://"));
        let secure = secure.expect("the sandbox says where HTTPS is").to_owned();
        (sandbox, secure, "sandbox/authority.pem".to_owned())
    }

    fn start_with(place: Place, arguments: &[&str]) -> (Self, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_grantif"))
            .args(["sandbox", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .current_dir(place.path("."))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        while !lines.ends_with("stops it.\n") {
            assert_ne!(output.read_line(&mut lines).unwrap(), 0, "it starts: {lines}");
        }
        let url = lines.split_whitespace().nth(1).expect("the sandbox says where it is").to_owned();
        (Self { child, url, place }, lines)
    }

    /// Moves the clock of the sandbox ahead.
    pub(super) fn advance(&self, by: &str) {
        let body = format!("{{\"advance\":\"{by}\"}}");
        let mut stream = TcpStream::connect(self.url.strip_prefix("http://").unwrap()).unwrap();
        let head = "POST /sandbox/clock HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                    content-type: application/json\r\ncontent-length:";
        write!(stream, "{head} {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
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

    /// Lists the assignments at a scope, as the administrator sees them.
    pub(super) fn assignments(&self, scope: &str) -> Vec<serde_json::Value> {
        let arguments = ["pim", "list", "--scope", scope, "--format", "json"];
        let listed = self.run("admin", &arguments).gives(0).json();
        listed.get("assignments").and_then(|list| list.as_array()).unwrap().clone()
    }
}
