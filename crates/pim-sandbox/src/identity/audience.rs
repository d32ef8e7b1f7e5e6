//! What a token is for: Azure Resource Manager or Microsoft Graph.

/// The API that a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Audience {
    /// Azure Resource Manager.
    ResourceManager,
    /// Microsoft Graph.
    Graph,
}

/// The names of Azure Resource Manager in every cloud (*documented*: learn.microsoft.com/azure/
/// azure-government/compare-azure-government-global-azure and learn.microsoft.com/azure/china/
/// resources-developer-guide, 2026-11). They are compared without a final slash.
const RESOURCE_MANAGER: &[&str] = &[
    "https://management.azure.com",
    "https://management.core.windows.net",
    "https://management.usgovcloudapi.net",
    "https://management.core.usgovcloudapi.net",
    "https://management.chinacloudapi.cn",
    "https://management.core.chinacloudapi.cn",
    "797f4846-ba00-4fd7-ba43-dac1f8f63013",
];

/// The names of Microsoft Graph (*documented*: learn.microsoft.com/graph/deployments, 2026-11).
const GRAPH: &[&str] = &[
    "https://graph.microsoft.com",
    "https://graph.microsoft.us",
    "https://dod-graph.microsoft.us",
    "https://microsoftgraph.chinacloudapi.cn",
    "00000003-0000-0000-c000-000000000000",
];

impl Audience {
    /// Returns what a resource is, by its name in any cloud, or as an origin of the sandbox itself,
    /// which is what `az rest --resource` and custom clouds ask for.
    pub(crate) fn of(resource: &str, own_origin: &str) -> Option<Self> {
        let resource = resource.trim_end_matches('/');
        let named = |names: &[&str]| names.iter().any(|one| one.eq_ignore_ascii_case(resource));
        let below = resource
            .split_at_checked(own_origin.len())
            .and_then(|(origin, path)| origin.eq_ignore_ascii_case(own_origin).then_some(path));
        if named(RESOURCE_MANAGER) || below == Some("") {
            Some(Audience::ResourceManager)
        } else if named(GRAPH) || below == Some("/graph") {
            Some(Audience::Graph)
        } else {
            None
        }
    }

    /// Returns the name that tokens of the sandbox have for it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Audience::ResourceManager => "https://management.azure.com",
            Audience::Graph => "https://graph.microsoft.com",
        }
    }

    /// Returns what a resource is that stands in a token; one of these two, since no other is issued.
    pub(crate) fn of_token(name: &str) -> Option<Self> {
        [Self::ResourceManager, Self::Graph].into_iter().find(|one| one.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_every_cloud() {
        let of = |resource| Audience::of(resource, "https://localhost:8443");
        assert_eq!(of("https://management.core.windows.net/"), Some(Audience::ResourceManager));
        assert_eq!(of("https://management.core.windows.net//"), Some(Audience::ResourceManager));
        assert_eq!(of("https://LOCALHOST:8443"), Some(Audience::ResourceManager));
        assert_eq!(of("https://graph.microsoft.us"), Some(Audience::Graph));
        assert_eq!(of("https://localhost:8443/graph/"), Some(Audience::Graph));
        assert_eq!(of("https://vault.azure.net"), None);
        assert_eq!(of("https://localhost:9"), None);
        assert_eq!(of(""), None);
    }
}
