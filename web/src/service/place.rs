//! Which service is chosen.

use crate::browser;
use pim_client::{Cloud, EndpointError};
use serde::{Deserialize, Serialize};

/// Under which name this browser remembers the choice; `web/js/src/start/connections.ts` reads it.
const KEY: &str = "target";

/// The kind of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Kind {
    /// The sandbox that serves this page.
    Here,
    /// Azure.
    #[default]
    Public,
    /// Azure Government.
    Usgov,
    /// Azure operated by 21Vianet.
    China,
    /// Another endpoint, such as a sandbox elsewhere.
    Other,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] =
        [Self::Here, Self::Public, Self::Usgov, Self::China, Self::Other];

    /// Returns what a person reads.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Here => "Sandbox",
            Self::Public => "Azure",
            Self::Usgov => "Azure Government",
            Self::China => "Azure operated by 21Vianet",
            Self::Other => "Another endpoint",
        }
    }
}

/// The chosen service, and what signing in to it needs. No token is ever in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Place {
    pub(crate) kind: Kind,
    /// The other endpoint.
    pub(crate) endpoint: String,
    /// The tenant: its GUID or one of its domains.
    pub(crate) tenant: String,
    /// The client id of the application that the tenant knows the editor as.
    pub(crate) client: String,
}

impl Place {
    /// Returns what was chosen when the page was last open; the sandbox that serves the page where
    /// there is one and nothing was chosen.
    pub(crate) fn remembered() -> Self {
        let kept = browser::recall(KEY).and_then(|json| serde_json::from_str::<Self>(&json).ok());
        let is_served = browser::is_served_by_sandbox();
        match kept {
            Some(place) if place.kind != Kind::Here || is_served => place,
            _ if is_served => Self { kind: Kind::Here, ..Self::default() },
            _ => Self::default(),
        }
    }

    /// Remembers the choice, in this browser.
    pub(crate) fn remember(&self) {
        if let Ok(json) = serde_json::to_string(self) {
            browser::remember(KEY, &json);
        }
    }

    /// Returns what a person reads.
    pub(crate) fn title(&self) -> String {
        match (self.kind, self.endpoint.split_once("://")) {
            (Kind::Other, Some((_, host))) => host.trim_end_matches('/').to_owned(),
            (kind, _) => kind.title().to_owned(),
        }
    }

    /// Returns the endpoints. `own` is the origin of this page.
    pub(crate) fn cloud(&self, own: &str) -> Result<Cloud, String> {
        let at = |endpoint: &str| {
            Cloud::at(endpoint).map_err(|error| match error {
                EndpointError::Url(_) => {
                    format!("{error}; give it as `https://localhost:8443`")
                }
                error => error.to_string(),
            })
        };
        match self.kind {
            Kind::Here => at(own),
            Kind::Public => Ok(Cloud::public()),
            Kind::Usgov => Ok(Cloud::us_government()),
            Kind::China => Ok(Cloud::china()),
            Kind::Other => at(self.endpoint.trim()),
        }
    }

    /// Says whether it is Azure, where what is sent is real.
    pub(crate) const fn is_azure(&self) -> bool {
        matches!(self.kind, Kind::Public | Kind::Usgov | Kind::China)
    }

    /// Says whether the page must be loaded anew to reach another service: its policy allows the
    /// services that were chosen when it was loaded, and can only be narrowed.
    pub(crate) fn needs_reload(&self, earlier: &Self) -> bool {
        let same_endpoint = self.kind != Kind::Other || self.endpoint == earlier.endpoint;
        self.kind != Kind::Here && !(self.kind == earlier.kind && same_endpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(endpoint: &str) -> Place {
        Place { kind: Kind::Other, endpoint: endpoint.to_owned(), ..Place::default() }
    }

    #[test]
    fn a_place_has_endpoints() {
        let here = Place { kind: Kind::Here, ..Place::default() };
        let own = "http://127.0.0.1:8080";
        assert_eq!(here.cloud(own).unwrap().resource_manager, own);
        assert!(here.cloud("http://example.com").is_err());
        let usgov = Place { kind: Kind::Usgov, ..Place::default() };
        assert_eq!(usgov.cloud(own).unwrap(), Cloud::us_government());
        assert_eq!(other("https://localhost:8443").title(), "localhost:8443");
        assert!(other("localhost").cloud(own).unwrap_err().contains("https://localhost:8443"));
    }

    #[test]
    fn the_policy_of_the_page_names_the_clouds_as_they_are() {
        let text = include_str!("../../js/clouds.json");
        let listed: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(listed.as_object().unwrap().len(), Cloud::NAMES.len());
        for name in Cloud::NAMES {
            let cloud = Cloud::of_name(name).unwrap();
            let origins = serde_json::json!({
                "login": cloud.authority,
                "resourceManager": cloud.resource_manager,
                "graph": cloud.graph,
            });
            assert_eq!(listed[name], origins, "{name}");
        }
    }

    #[test]
    fn only_what_the_policy_of_the_page_does_not_allow_needs_a_reload() {
        let here = Place { kind: Kind::Here, ..Place::default() };
        let azure = Place::default();
        assert!(azure.needs_reload(&here) && !here.needs_reload(&azure));
        assert!(!azure.needs_reload(&azure));
        let tenant = Place { tenant: "contoso.com".to_owned(), ..azure.clone() };
        assert!(!tenant.needs_reload(&azure));
        assert!(other("https://a").needs_reload(&other("https://b")));
        assert!(!other("https://a").needs_reload(&other("https://a")));
    }
}
