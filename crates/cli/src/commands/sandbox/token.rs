//! `grantif sandbox token`.

use super::host::{data_directory, runtime};
use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use clap::{Args, ValueEnum};
use pim_sandbox::{Location, RemoteError, Sandbox, TokenAudience, request_token};
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  export GRANTIF_TOKEN=$(grantif sandbox token --as delegate --mfa)
  grantif sandbox token --as developer --acrs c1
  grantif sandbox token --as admin --audience graph

Exit codes:
  0  the token is written
  2  wrong usage, nobody of that name, or no sandbox";

/// Write a token of somebody in the sandbox
///
/// Asks the sandbox that runs; where none does, signs with the key in its data directory. The token
/// lives an hour of real time, however the clock of the sandbox is moved.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// Whose token: the short name, the sign-in name or the object id
    #[arg(long = "as", value_name = "NAME")]
    who: String,
    /// As after signing in with multi-factor authentication
    #[arg(long)]
    mfa: bool,
    /// As after meeting an authentication context, c1 to c99; may be given again
    #[arg(long = "acrs", value_name = "CONTEXT")]
    contexts: Vec<String>,
    /// For which API
    #[arg(long, value_name = "API", default_value = "arm")]
    audience: Audience,
    /// Where the sandbox runs
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    url: String,
    /// The directory of a sandbox that does not run
    #[arg(long, value_name = "DIR", conflicts_with = "url")]
    data: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Audience {
    /// Azure Resource Manager
    Arm,
    /// Microsoft Graph
    Graph,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let token = runtime()?.block_on(token(arguments))?;
    console.write(&token);
    console.write("\n");
    Ok(Status::Clean)
}

async fn token(arguments: &Arguments) -> Result<String, Failure> {
    let audience = match arguments.audience {
        Audience::Arm => TokenAudience::Arm,
        Audience::Graph => TokenAudience::Graph,
    };
    let (who, mfa, contexts) = (&arguments.who, arguments.mfa, &arguments.contexts);
    if arguments.data.is_none() {
        let authority = authority(&arguments.url)?;
        match request_token(&authority, who, mfa, contexts, audience).await {
            Err(RemoteError::Unreachable(_)) => {}
            answer => return answer.map_err(|error| Failure::new(error.to_string())),
        }
    }
    let directory = data_directory(arguments.data.as_deref())?;
    if !directory.join("sandbox.sqlite").exists() {
        let message = match &arguments.data {
            Some(path) => format!("there is no sandbox in `{}`", path.display()),
            None => format!("no sandbox answers at {}", arguments.url),
        };
        return Err(
            Failure::new(message).help("start one with `grantif sandbox`, or give its --url")
        );
    }
    let location = Location::Directory(directory);
    let failed = |error: &dyn std::fmt::Display| Failure::new(error.to_string());
    let sandbox = Sandbox::open(&location, None).await.map_err(|error| failed(&error))?;
    let token = sandbox.token(who, mfa, contexts.clone(), audience).await;
    sandbox.close().await;
    token.map_err(|error| Failure::new(error.message.into_owned()))
}

/// Returns host and port of an address.
fn authority(url: &str) -> Result<String, Failure> {
    let rest = url.strip_prefix("http://").unwrap_or(url).trim_end_matches('/');
    let fits = !rest.is_empty() && !rest.contains('/');
    match (fits, rest.rsplit_once(':')) {
        (true, Some((_, port))) if port.parse::<u16>().is_ok() => Ok(rest.to_owned()),
        (true, None) => Ok(format!("{rest}:80")),
        _ => Err(Failure::new(format!("`{url}` is no address of a sandbox"))
            .help("write it as http://127.0.0.1:8080")),
    }
}
