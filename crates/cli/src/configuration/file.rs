//! What may stand in a `grantif.toml`.

use abac_lint::{Level, Shell};
use diagnostics::Severity;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The text of a `grantif.toml`, before any name in it is looked up.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct File {
    pub(super) fail_on: Option<FailOn>,
    pub(super) role: Option<Spanned<String>>,
    pub(super) template: Option<bool>,
    pub(super) condition_version: Option<String>,
    #[serde(alias = "hns")]
    pub(super) hierarchical_namespace: Option<bool>,
    pub(super) pim: Option<bool>,
    pub(super) shell: Option<Shell>,
    pub(super) role_definitions: Vec<Spanned<String>>,
    pub(super) rules: BTreeMap<Spanned<String>, Level>,
    pub(super) ignore: Vec<Spanned<Ignore>>,
    #[serde(rename = "override")]
    pub(super) overrides: Vec<Override>,
    pub(super) known: Known,
    pub(super) security_attributes: BTreeMap<Spanned<String>, SecurityAttribute>,
}

/// The least severity that makes a check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FailOn {
    /// Only errors
    Error,
    /// Errors and warnings
    Warning,
    /// Any finding
    Advice,
}

impl FailOn {
    /// Returns the severity.
    pub(crate) const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Advice => Severity::Advice,
        }
    }
}

/// Findings that are accepted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ignore {
    pub(super) rule: Option<Spanned<String>>,
    pub(super) path: Option<Spanned<String>>,
    pub(super) id: Option<String>,
    pub(super) reason: Spanned<String>,
}

/// Choices for some paths.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Override {
    pub(super) paths: Spanned<Vec<String>>,
    #[serde(default)]
    pub(super) rules: BTreeMap<Spanned<String>, Level>,
    pub(super) role: Option<Spanned<String>>,
    pub(super) template: Option<bool>,
    pub(super) condition_version: Option<String>,
    #[serde(alias = "hns")]
    pub(super) hierarchical_namespace: Option<bool>,
    pub(super) pim: Option<bool>,
    pub(super) shell: Option<Shell>,
}

/// Names for GUIDs.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Known {
    pub(super) roles: BTreeMap<Spanned<String>, String>,
    pub(super) principals: BTreeMap<Spanned<String>, String>,
}

/// A custom security attribute of the tenant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SecurityAttribute {
    #[serde(rename = "type")]
    pub(super) value_type: SecurityType,
    #[serde(default)]
    pub(super) multi_valued: bool,
}

/// The types that Microsoft Entra has for custom security attributes.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SecurityType {
    String,
    Integer,
    Boolean,
}
