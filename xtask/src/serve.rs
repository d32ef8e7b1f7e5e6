//! Building and running the product as a newcomer meets it.

use crate::command::{cargo, step};
use crate::web;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

const ADDRESS: &str = "127.0.0.1:8080";

/// Builds the editor and `grantif`, runs `grantif serve` with both and shows it in a browser, if there
/// is one.
///
/// # Errors
///
/// Says which step failed.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    web::build()?;
    step("build", cargo(&["build", "--package", "cli"]))?;
    let mut serve = cargo(&["run", "--quiet", "--package", "cli", "--", "serve", "--editor"]);
    serve.arg(web::site()).args(arguments);
    if arguments.is_empty() {
        std::thread::spawn(show);
    }
    step("serve", serve)
}

/// Waits until it listens, and opens the browser.
fn show() {
    for _ in 0..100 {
        if TcpStream::connect(ADDRESS).is_ok() {
            let url = format!("http://{ADDRESS}");
            // Where none of them is there, the address stands in the terminal.
            let _ = ["xdg-open", "open", "explorer"]
                .into_iter()
                .find(|program| Command::new(program).arg(&url).spawn().is_ok());
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}
