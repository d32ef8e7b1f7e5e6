//! The kinds of host, by the names of their files.

use std::path::Path;

/// A kind of file that carries conditions or requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Host {
    /// `.bicep`
    Bicep,
    /// `.bicepparam`
    BicepParameters,
    /// `.tf`
    Terraform,
    /// `.tfvars`
    TerraformVariables,
    /// `.json`, `.jsonc`: templates, parameters, bodies, plans, `.tf.json`
    Json,
    /// `.http`, `.rest`: calls with their bodies
    Http,
    /// `.ps1`, `.psm1`, `.psd1`
    PowerShell,
    /// `.sh`, `.bash`, `.zsh`
    Bash,
    /// `.yml`, `.yaml`
    Yaml,
    /// `.md`
    Markdown,
    /// `.tpl`, `.tftpl`: a condition as a template
    Template,
}

/// How file names end, and what they hold.
const SUFFIXES: &[(&str, Host)] = &[
    ("bicep", Host::Bicep),
    ("bicepparam", Host::BicepParameters),
    ("tf", Host::Terraform),
    ("tofu", Host::Terraform),
    ("tfvars", Host::TerraformVariables),
    ("json", Host::Json),
    ("jsonc", Host::Json),
    ("http", Host::Http),
    ("rest", Host::Http),
    ("ps1", Host::PowerShell),
    ("psm1", Host::PowerShell),
    ("psd1", Host::PowerShell),
    ("sh", Host::Bash),
    ("bash", Host::Bash),
    ("zsh", Host::Bash),
    ("yml", Host::Yaml),
    ("yaml", Host::Yaml),
    ("md", Host::Markdown),
    ("markdown", Host::Markdown),
    ("tpl", Host::Template),
    ("tftpl", Host::Template),
];

impl Host {
    /// Returns the kind of a file by its name; `None` for one that is not read.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        Self::from_name(path.extension()?.to_str()?)
    }

    /// Returns the kind by the end of a file name or the name of a language in Markdown.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let known = SUFFIXES.iter().find(|(suffix, _)| suffix.eq_ignore_ascii_case(name));
        known.map(|(_, host)| *host)
    }

    /// Returns the kind of a language as Markdown and pipelines name it.
    pub(crate) fn from_language(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "terraform" | "hcl" => Some(Self::Terraform),
            "powershell" | "pwsh" | "azurepowershell" | "azurepowershell-interactive" => {
                Some(Self::PowerShell)
            }
            "azurecli" | "azurecli-interactive" | "console" | "shell" | "shell-session" => {
                Some(Self::Bash)
            }
            "text" | "txt" | "abac" | "" | "plaintext" => Some(Self::Template),
            other => Self::from_name(other),
        }
    }

    /// Returns every end of a file name that is read.
    pub fn suffixes() -> impl Iterator<Item = &'static str> {
        SUFFIXES.iter().map(|(suffix, _)| *suffix)
    }
}
