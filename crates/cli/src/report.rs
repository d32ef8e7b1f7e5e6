//! The formats in which findings are written.

use crate::tool;
use clap::ValueEnum;
use diagnostics::{Report, TextOptions, render};

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Pictures for people
    Text,
    /// JSON, described by docs/schemas/findings.v1.json
    Json,
    /// SARIF 2.1.0, for GitHub code scanning and others
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// JUnit XML
    Junit,
    /// Log commands of Azure Pipelines
    AzureDevops,
    /// Code Quality report of GitLab
    Gitlab,
}

impl Format {
    /// Writes a report.
    pub(crate) fn render(self, report: &mut Report, options: TextOptions) -> String {
        match self {
            // A run that read nothing has nothing to sum up.
            Self::Text if report.sources.is_empty() => String::new(),
            Self::Text => render::text(report, options),
            Self::Json => render::json(report),
            Self::Sarif => {
                report.rules = tool::rules();
                render::sarif(report)
            }
            Self::Github => render::github(report),
            Self::Junit => render::junit(report),
            Self::AzureDevops => render::azure_devops(report),
            Self::Gitlab => render::gitlab(report),
        }
    }
}
