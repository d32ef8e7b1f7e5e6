//! Clouds: where the services are, and for whom a token must be.

use crate::http::{HttpRequest, Service};
use std::borrow::Cow;
use std::net::IpAddr;
use url::{Host, Url};

/// A cloud: the endpoints of its services and the audiences of their tokens (*documented*:
/// the environments of azure-docs and of the Azure SDKs, read 2026-11).
///
/// ```
/// use pim_client::Cloud;
///
/// let public = Cloud::public();
/// assert_eq!(public.token_scope(), "https://management.azure.com/.default");
/// assert!(Cloud::at("http://example.com").is_err());
/// assert!(Cloud::at("http://127.0.0.1:8080").is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloud {
    /// Its name: `public`, `usgov`, `china`, or the host of another endpoint.
    pub name: Cow<'static, str>,
    /// Where people sign in.
    pub authority: Cow<'static, str>,
    /// Azure Resource Manager.
    pub resource_manager: Cow<'static, str>,
    /// The audience of its tokens.
    pub audience: Cow<'static, str>,
    /// Microsoft Graph, whose tokens have the endpoint as their audience.
    pub graph: Cow<'static, str>,
}

/// Why a text is no endpoint, or a request cannot be sent to one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// It is no URL.
    #[error("`{0}` is no URL")]
    Url(String),
    /// A token would travel in the clear.
    #[error("`{0}` is not encrypted; `http` is for this machine only")]
    Unencrypted(String),
    /// It has more than a host and a port.
    #[error("`{0}` has more than a scheme, a host and a port")]
    MoreThanOrigin(String),
    /// A path would be read as another one by the service.
    #[error("`{0}` is a path that a service reads as another one")]
    Path(String),
    /// A link leads to another place.
    #[error("the service sent a link to `{0}`, which is not where it is")]
    Foreign(String),
}

impl Cloud {
    /// The clouds that have a name of their own.
    pub const NAMES: [&'static str; 3] = ["public", "usgov", "china"];

    /// Returns the public cloud.
    #[must_use]
    pub const fn public() -> Self {
        Self::fixed(
            "public",
            "https://login.microsoftonline.com",
            "https://management.azure.com",
            "https://management.azure.com",
            "https://graph.microsoft.com",
        )
    }

    /// Returns the cloud of the government of the United States.
    #[must_use]
    pub const fn us_government() -> Self {
        Self::fixed(
            "usgov",
            "https://login.microsoftonline.us",
            "https://management.usgovcloudapi.net",
            "https://management.core.usgovcloudapi.net",
            "https://graph.microsoft.us",
        )
    }

    /// Returns the cloud that 21Vianet operates in China.
    #[must_use]
    pub const fn china() -> Self {
        Self::fixed(
            "china",
            "https://login.partner.microsoftonline.cn",
            "https://management.chinacloudapi.cn",
            "https://management.core.chinacloudapi.cn",
            "https://microsoftgraph.chinacloudapi.cn",
        )
    }

    /// Returns the cloud of a name of [`Cloud::NAMES`].
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "public" => Some(Self::public()),
            "usgov" => Some(Self::us_government()),
            "china" => Some(Self::china()),
            _ => None,
        }
    }

    /// Makes the cloud of an endpoint that answers as Azure Resource Manager and Microsoft Graph
    /// do, such as a sandbox; tokens are for the endpoint itself, so that none of Azure's is ever
    /// sent to it.
    ///
    /// # Errors
    /// When it is not the origin of a URL, or not encrypted and not on this machine.
    pub fn at(endpoint: &str) -> Result<Self, EndpointError> {
        let url = Url::parse(endpoint).map_err(|_| EndpointError::Url(endpoint.to_owned()))?;
        let host = url.host().ok_or_else(|| EndpointError::Url(endpoint.to_owned()))?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) => {}
            "http" => return Err(EndpointError::Unencrypted(endpoint.to_owned())),
            _ => return Err(EndpointError::Url(endpoint.to_owned())),
        }
        let bare = matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !bare {
            return Err(EndpointError::MoreThanOrigin(endpoint.to_owned()));
        }
        let origin = url.origin().ascii_serialization();
        Ok(Self {
            name: Cow::Owned(host.to_string()),
            authority: Cow::Owned(origin.clone()),
            resource_manager: Cow::Owned(origin.clone()),
            audience: Cow::Owned(origin.clone()),
            graph: Cow::Owned(origin),
        })
    }

    /// Returns the scope to ask a token for.
    #[must_use]
    pub fn token_scope(&self) -> String {
        format!("{}/.default", self.audience)
    }

    /// Returns the origin of a service.
    #[must_use]
    pub fn endpoint(&self, service: Service) -> &str {
        match service {
            Service::ResourceManager => &self.resource_manager,
            Service::Graph => &self.graph,
        }
    }

    /// Returns the whole URL of a request.
    ///
    /// # Errors
    /// When the path is one that URLs read as another, such as one with `..`.
    pub fn url(&self, request: &HttpRequest) -> Result<Url, EndpointError> {
        let wrong = || EndpointError::Path(request.path.clone());
        if !request.path.starts_with('/') {
            return Err(wrong());
        }
        let origin = self.endpoint(request.service);
        let url = Url::parse(&format!("{origin}{}", request.path)).map_err(|_| wrong())?;
        let path = request.path.split('?').next().unwrap_or("");
        if url.origin().ascii_serialization() != origin
            || url.path() != path
            || url.fragment().is_some()
        {
            return Err(wrong());
        }
        Ok(url)
    }

    /// Returns the path of a link that a service sent.
    ///
    /// # Errors
    /// When it leads anywhere but to the same service.
    pub fn follow(&self, service: Service, link: &str) -> Result<String, EndpointError> {
        let foreign = || EndpointError::Foreign(link.chars().take(200).collect());
        let url = Url::parse(link).map_err(|_| foreign())?;
        if url.origin().ascii_serialization() != self.endpoint(service)
            || !url.username().is_empty()
            || url.password().is_some()
        {
            return Err(foreign());
        }
        Ok(match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        })
    }

    const fn fixed(
        name: &'static str,
        authority: &'static str,
        resource_manager: &'static str,
        audience: &'static str,
        graph: &'static str,
    ) -> Self {
        Self {
            name: Cow::Borrowed(name),
            authority: Cow::Borrowed(authority),
            resource_manager: Cow::Borrowed(resource_manager),
            audience: Cow::Borrowed(audience),
            graph: Cow::Borrowed(graph),
        }
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => IpAddr::V4(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::V6(*address).is_loopback(),
        // The name is reserved for this machine (RFC 6761).
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_origins_that_keep_a_token_safe_are_endpoints() {
        for endpoint in
            ["https://localhost:8443", "http://127.0.0.1:1", "http://[::1]:80", "http://localhost"]
        {
            assert!(Cloud::at(endpoint).is_ok(), "{endpoint}");
        }
        for endpoint in [
            "http://10.0.0.1",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "https://user@host",
            "https://host/path",
            "https://host?x",
            "ftp://localhost",
            "localhost:8080",
            "",
        ] {
            assert!(Cloud::at(endpoint).is_err(), "{endpoint}");
        }
    }

    #[test]
    fn a_request_stays_at_its_service() {
        let cloud = Cloud::public();
        let url = |path: &str| cloud.url(&HttpRequest::get(path));
        assert!(url("/subscriptions/a?x=%2F").is_ok());
        for path in ["/a/../b", "/a/%2e%2e/b", "/a/./b", "@evil.example", ".evil.example", "/a b"] {
            assert!(url(path).is_err(), "{path}");
        }
        assert_eq!(url("//evil.example/a").unwrap().host_str(), Some("management.azure.com"));
    }

    #[test]
    fn links_are_followed_to_the_same_service_only() {
        let cloud = Cloud::public();
        let follow = |link: &str| cloud.follow(Service::ResourceManager, link);
        assert_eq!(
            follow("https://management.azure.com/a?$skiptoken=b").unwrap(),
            "/a?$skiptoken=b"
        );
        for link in [
            "https://management.azure.com.evil.example/a",
            "http://management.azure.com/a",
            "https://management.azure.com:444/a",
            "https://x@management.azure.com/a",
            "/relative",
        ] {
            assert!(follow(link).is_err(), "{link}");
        }
    }
}
