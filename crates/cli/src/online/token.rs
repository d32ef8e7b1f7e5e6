//! Tokens: where they come from. None is ever shown, written or put into a URL.

use super::service::Auth;
use crate::failure::Failure;
use azure_core::credentials::TokenCredential;
use azure_identity::{AzureCliCredential, DeveloperToolsCredential};
use pim_client::{Cloud, Service, Token};
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Gets tokens, one for each service.
pub(super) struct Tokens {
    cloud: Cloud,
    auth: Auth,
    resource_manager: Option<Token>,
    graph: Option<Token>,
}

impl Tokens {
    pub(super) const fn new(cloud: Cloud, auth: Auth) -> Self {
        Self { cloud, auth, resource_manager: None, graph: None }
    }

    /// Returns the token of a service; it is asked for once.
    pub(super) fn of(&mut self, service: Service, runtime: &Runtime) -> Result<Token, Failure> {
        let kept = match service {
            Service::ResourceManager => &self.resource_manager,
            Service::Graph => &self.graph,
        };
        if let Some(token) = kept {
            return Ok(token.clone());
        }
        let token = self.get(service, runtime)?;
        match service {
            Service::ResourceManager => self.resource_manager = Some(token.clone()),
            Service::Graph => self.graph = Some(token.clone()),
        }
        Ok(token)
    }

    /// Asks the tool for a new token where the service no longer takes the one there is; `None` where
    /// there is no other.
    pub(super) fn renewed(
        &mut self,
        service: Service,
        old: &Token,
        runtime: &Runtime,
    ) -> Option<Token> {
        match service {
            Service::ResourceManager => self.resource_manager = None,
            Service::Graph => self.graph = None,
        }
        self.of(service, runtime).ok().filter(|new| new != old)
    }

    fn get(&self, service: Service, runtime: &Runtime) -> Result<Token, Failure> {
        let is_azure = Cloud::of_name(&self.cloud.name).as_ref() == Some(&self.cloud);
        // A sandbox has one kind of token for both services.
        let names: &[&str] = match service {
            Service::ResourceManager => &["GRANTIF_TOKEN"],
            Service::Graph if is_azure => &["GRANTIF_GRAPH_TOKEN"],
            Service::Graph => &["GRANTIF_GRAPH_TOKEN", "GRANTIF_TOKEN"],
        };
        let set = names.iter().find_map(|name| {
            std::env::var(name)
                .ok()
                .filter(|text| !text.trim().is_empty())
                .map(|text| (*name, text))
        });
        let missing = || {
            let failure = Failure::new("there is no token for the service");
            failure.help(if is_azure {
                format!("sign in with `az login`, or put a token into {}", names.join(" or "))
            } else {
                format!(
                    "put one of `{}` into GRANTIF_TOKEN; Azure's tokens are sent to Azure alone",
                    self.cloud.resource_manager
                )
            })
        };
        match (self.auth, set) {
            (Auth::Auto | Auth::Env, Some((name, text))) => token(&text, name),
            (Auth::Env, None) => Err(missing()),
            (Auth::Auto, None) if !is_azure => Err(missing()),
            (Auth::Az, _) => {
                self.of_tool(service, runtime, AzureCliCredential::new(None).map(|one| one as _))
            }
            (Auth::Auto | Auth::Developer, _) => {
                let tools = DeveloperToolsCredential::new(None).map(|one| one as _);
                self.of_tool(service, runtime, tools)
            }
        }
    }

    /// Asks a tool for a token; it is for the service alone, whichever that is.
    fn of_tool(
        &self,
        service: Service,
        runtime: &Runtime,
        tool: azure_core::Result<Arc<dyn TokenCredential>>,
    ) -> Result<Token, Failure> {
        let scope = match service {
            Service::ResourceManager => self.cloud.token_scope(),
            Service::Graph => format!("{}/.default", self.cloud.graph),
        };
        let got = tool.and_then(|tool| {
            runtime.block_on(async move { tool.get_token(&[&scope], None).await })
        });
        match got {
            Ok(token) => self::token(token.token.secret(), "the tool's answer"),
            Err(error) => {
                let text = error.to_string();
                let lines: Vec<&str> =
                    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(6).collect();
                let message = format!("there is no token for the service\n{}", lines.join("\n"));
                Err(Failure::new(message)
                    .help("sign in with `az login`, or put a token into GRANTIF_TOKEN"))
            }
        }
    }
}

/// Takes the text of a source as a token.
fn token(text: &str, source: &str) -> Result<Token, Failure> {
    Token::new(text).ok_or_else(|| Failure::new(format!("{source} holds no token")))
}
