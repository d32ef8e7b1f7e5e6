//! Running a sandbox until it is stopped.

use crate::Status;
use crate::console::{CODE, Console, DOUBT, FAINT, STRONG};
use crate::failure::Failure;
use crate::input::read_file;
use clap::Args;
use etcetera::BaseStrategy;
use pim_model::Timestamp;
use pim_sandbox::{BUILT_IN, Limits, Listen, Location, Sandbox, Seed, built_in};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use tokio::runtime::Runtime;
use tokio::sync::watch;

/// Where a sandbox runs, and with what.
#[derive(Debug, Args)]
pub(crate) struct HostArguments {
    /// Where to listen for HTTP; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The port of HTTPS, at the same address; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8443)]
    https: u16,
    /// Do not listen for HTTPS
    #[arg(long, conflicts_with = "https")]
    no_https: bool,
    /// Keep the sandbox in this directory; without it, in this user's data directory
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Keep the sandbox in memory; it is gone when it stops
    #[arg(long, conflicts_with = "data")]
    ephemeral: bool,
    /// Start with this seed in place of what is there: a name, or a file
    #[arg(long, value_name = "NAME|FILE")]
    seed: Option<String>,
    /// A name of this computer beside localhost, for the certificate; may be given again
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// An origin whose pages may call the sandbox, such as that of an editor; may be given again
    #[arg(long = "origin", value_name = "URL")]
    origins: Vec<String>,
}

/// A sandbox that is to run.
pub(crate) struct Host<'a> {
    arguments: &'a HostArguments,
    /// Whether pages for people are served too.
    pages: bool,
}

impl<'a> Host<'a> {
    pub(crate) const fn new(arguments: &'a HostArguments, pages: bool) -> Self {
        Self { arguments, pages }
    }

    pub(crate) fn run(&self, console: &mut Console) -> Result<Status, Failure> {
        let seed = self.arguments.seed.as_deref().map(read_seed).transpose()?;
        let location = self.location()?;
        runtime()?.block_on(self.serve(&location, seed, console))
    }

    async fn serve(
        &self,
        location: &Location,
        seed: Option<Seed>,
        console: &mut Console,
    ) -> Result<Status, Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::new(error.to_string());
        let arguments = self.arguments;
        let sandbox = Sandbox::open(location, seed).await.map_err(|error| failed(&error))?;
        let listen = Listen {
            address: arguments.listen.ip(),
            http_port: arguments.listen.port(),
            https_port: (!arguments.no_https).then_some(arguments.https),
            hosts: arguments.hosts.clone(),
            origins: arguments.origins.clone(),
            directory: location.directory().map(Path::to_owned),
            pages: self.pages,
            limits: Limits::default(),
        };
        let listening = sandbox.listen(&listen).await.map_err(|error| {
            failed(&error).help("choose other ports with --listen and --https; 0 takes free ones")
        })?;
        let callers = sandbox.callers().await.map_err(|error| failed(&error))?;
        let names: Vec<&str> = callers.iter().map(|caller| caller.name.as_str()).collect();
        let addresses = (listening.http(), listening.https());
        let (Ok(address), Ok(secure)) = addresses else {
            return Err(Failure::new("this system does not say where it listens"));
        };
        greet(console, location, (address, secure), &names, self.pages);
        let (stop, stopped) = watch::channel(false);
        let signal = tokio::spawn(async move {
            // Where signals cannot be had the process is ended from outside, which loses nothing.
            if tokio::signal::ctrl_c().await.is_ok() {
                let _ = stop.send(true);
            } else {
                std::future::pending::<()>().await;
            }
        });
        listening.serve(stopped).await;
        signal.abort();
        sandbox.close().await;
        console.note(match location {
            Location::Memory => "stopped",
            Location::Directory(_) => "stopped; everything that was answered is kept",
        });
        Ok(Status::Clean)
    }

    fn location(&self) -> Result<Location, Failure> {
        if self.arguments.ephemeral {
            return Ok(Location::Memory);
        }
        data_directory(self.arguments.data.as_deref()).map(Location::Directory)
    }
}

/// Says where it listens, who can call, and what to do next.
fn greet(
    console: &mut Console,
    location: &Location,
    (address, secure): (SocketAddr, Option<SocketAddr>),
    names: &[&str],
    pages: bool,
) {
    let style = console.style;
    // Listening everywhere includes this computer, which has a name of its own.
    let shown = if address.ip().is_unspecified() {
        SocketAddr::from((Ipv4Addr::LOCALHOST, address.port()))
    } else {
        address
    };
    let plain = format!("http://{shown}");
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(secure) = secure {
        rows.push(("HTTPS", style.paint(CODE, &format!("https://localhost:{}", secure.port()))));
    }
    rows.push(match location {
        Location::Memory => ("kept", "in memory, gone when it stops".to_owned()),
        Location::Directory(path) => ("kept in", path.display().to_string()),
    });
    rows.push(("callers", names.join(", ")));
    let who = names.iter().find(|name| **name == "delegate").or(names.first());
    let who = who.copied().unwrap_or("NAME");
    let at = if address.port() == 8080 { String::new() } else { format!(" --url {plain}") };
    rows.push(("token", style.paint(CODE, &format!("grantif sandbox token --as {who}{at}"))));
    rows.push(("clock", style.paint(
        CODE,
        &format!("curl -X POST {plain}/sandbox/clock -H content-type:application/json -d '{{\"advance\":\"8 hours\"}}'"),
    )));
    rows.push(("decisions", style.paint(CODE, &format!("{plain}/sandbox/events"))));
    let what = if pages { "grantif" } else { "sandbox" };
    console.write(&format!("{} {}\n", style.paint(STRONG, what), style.paint(CODE, &plain)));
    for (name, text) in rows {
        console.write(&format!("  {} {text}\n", style.paint(FAINT, &format!("{name:<9}"))));
    }
    console.write(&format!("{}\n", style.paint(FAINT, "Ctrl-C stops it.")));
    console.flush();
    if !address.ip().is_loopback() {
        let warning = style.paint(DOUBT, "warning");
        console.note(&format!(
            "{warning}: {address} is reachable from other computers, and whoever reaches it can take \
             a token of anybody in it; leave out --listen to keep it to this one"
        ));
    }
}

/// Reads a seed that comes with grantif, or a file.
fn read_seed(text: &str) -> Result<Seed, Failure> {
    let now = Timestamp::now();
    if let Some(seed) = built_in(text, now) {
        return Ok(seed);
    }
    let path = Path::new(text);
    if !path.exists() {
        let names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        return Err(Failure::new(format!("there is no seed `{text}`, and no file of that name"))
            .help(format!("seeds: {}", names.join(", "))));
    }
    let content = read_file(path)?;
    Seed::parse(&content, now).map_err(|error| Failure::new(format!("`{text}`: {error}")))
}

/// Returns the directory of a sandbox.
pub(super) fn data_directory(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(path) = given {
        return Ok(path.to_owned());
    }
    let strategy = etcetera::choose_base_strategy().map_err(|_| {
        Failure::new("this system does not say where programs keep their data")
            .help("name a directory with --data, or use --ephemeral")
    })?;
    Ok(strategy.data_dir().join("grantif").join("sandbox"))
}

/// Returns what runs the server.
pub(super) fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start: {error}")))
}
