//! Which service is spoken to, and as whom.

use super::session::Session;
use crate::console::Console;
use crate::failure::Failure;
use clap::{Args, ValueEnum};
use pim_client::{Cloud, EndpointError};
use std::path::PathBuf;

/// The options on the service and on who asks.
#[derive(Debug, Clone, Args)]
pub(crate) struct ServiceArguments {
    /// The cloud
    #[arg(long, value_name = "CLOUD", default_value = "public", help_heading = "Service")]
    cloud: CloudName,
    /// Another service that answers as Azure does, such as a sandbox; `http` for this machine only
    #[arg(
        long,
        value_name = "URL",
        env = "GRANTIF_ENDPOINT",
        conflicts_with = "cloud",
        help_heading = "Service"
    )]
    endpoint: Option<String>,
    /// Certificates to trust besides those of the system, as PEM
    #[arg(long, value_name = "FILE", env = "GRANTIF_CA_FILE", help_heading = "Service")]
    ca_file: Option<PathBuf>,
    /// Where the token comes from
    #[arg(long, value_name = "SOURCE", default_value = "auto", help_heading = "Service")]
    auth: Auth,
    /// Show each call and the status of its answer
    #[arg(short, long, help_heading = "Service")]
    verbose: bool,
}

/// A cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CloudName {
    /// Azure
    Public,
    /// Azure for the government of the United States
    Usgov,
    /// Azure in China, by 21Vianet
    China,
}

/// Where a token comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Auth {
    /// GRANTIF_TOKEN if it is set, or else whoever is signed in to the tools
    Auto,
    /// GRANTIF_TOKEN, and GRANTIF_GRAPH_TOKEN for PIM for Groups
    Env,
    /// Whoever is signed in to the Azure CLI
    Az,
    /// Whoever is signed in to the Azure CLI or the Azure Developer CLI
    Developer,
}

impl ServiceArguments {
    /// Makes ready to speak; nothing is sent yet.
    pub(crate) fn session<'c>(&self, console: &'c mut Console) -> Result<Session<'c>, Failure> {
        let cloud = self.cloud()?;
        Session::new(cloud, self.auth, self.ca_file.as_deref(), self.verbose, console)
    }

    /// Returns the options as they must be given again to reach the same service.
    pub(crate) fn again(&self) -> String {
        let mut again = String::new();
        match (&self.endpoint, self.cloud) {
            (Some(endpoint), _) => again.push_str(&format!(" --endpoint {endpoint}")),
            (None, CloudName::Usgov) => again.push_str(" --cloud usgov"),
            (None, CloudName::China) => again.push_str(" --cloud china"),
            (None, CloudName::Public) => {}
        }
        if let Some(path) = &self.ca_file {
            again.push_str(&format!(" --ca-file {}", path.display()));
        }
        again
    }

    fn cloud(&self) -> Result<Cloud, Failure> {
        let Some(endpoint) = &self.endpoint else {
            return Ok(match self.cloud {
                CloudName::Public => Cloud::public(),
                CloudName::Usgov => Cloud::us_government(),
                CloudName::China => Cloud::china(),
            });
        };
        Cloud::at(endpoint).map_err(|error| {
            let help = match &error {
                EndpointError::Unencrypted(_) => "use `https`, so that nobody reads the token",
                EndpointError::MoreThanOrigin(_) => "leave out everything behind the host and port",
                _ => "give it as `https://127.0.0.1:8443`",
            };
            Failure::new(format!("--endpoint: {error}")).help(help)
        })
    }
}
