//! The clouds, and where their services are.

/// A cloud of Azure: *documented*, <https://learn.microsoft.com/graph/deployments> and
/// <https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure>,
/// read 2026-11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cloud {
    /// The public cloud.
    #[default]
    Public,
    /// Azure Government.
    UsGovernment,
    /// The cloud of the US Department of Defense.
    UsDefense,
    /// Azure operated by 21Vianet.
    China,
}

impl Cloud {
    /// Returns the address of Azure Resource Manager.
    #[must_use]
    pub const fn resource_manager(self) -> &'static str {
        match self {
            Self::Public => "https://management.azure.com",
            Self::UsGovernment | Self::UsDefense => "https://management.usgovcloudapi.net",
            Self::China => "https://management.chinacloudapi.cn",
        }
    }

    /// Returns the address of Microsoft Graph.
    #[must_use]
    pub const fn graph(self) -> &'static str {
        match self {
            Self::Public => "https://graph.microsoft.com",
            Self::UsGovernment => "https://graph.microsoft.us",
            Self::UsDefense => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }
}
