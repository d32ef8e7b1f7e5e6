//! What holds for one condition: the command line before the configuration.

use crate::configuration::{Choices, Configuration, Configurations, Source, find_role};
use crate::failure::Failure;
use crate::input::Input;
use abac_lint::{Context, Level, Levels, Options, Shell};
use abac_syntax::Holes;
use clap::{Args, ValueEnum};
use diagnostics::Diagnostic;
use std::path::PathBuf;
use std::rc::Rc;

/// The options on what is known about a condition besides its text.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ContextArguments {
    /// The role that the assignment grants, by name or GUID
    #[arg(long, value_name = "ROLE", help_heading = "Context")]
    role: Option<String>,
    /// Privileged Identity Management makes the assignment
    #[arg(long, help_heading = "Context")]
    pim: bool,
    /// Whether the storage account has a hierarchical namespace
    #[arg(
        long, visible_alias = "hns", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_missing_value = "true", help_heading = "Context"
    )]
    hierarchical_namespace: Option<bool>,
    /// The `conditionVersion` that is sent with the condition, such as 2.0
    #[arg(long, value_name = "VERSION", help_heading = "Context")]
    condition_version: Option<String>,
    /// The shell whose command line carries the condition
    #[arg(long, help_heading = "Context")]
    shell: Option<ShellName>,
}

/// A shell that reads a command line before Azure does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShellName {
    Bash,
    #[value(name = "powershell")]
    PowerShell,
}

/// Finds out what holds for each condition of a run.
pub(crate) struct Settings {
    configurations: Configurations,
    context: ContextArguments,
    template: bool,
}

/// What holds for one condition.
pub(crate) struct Setting {
    pub(crate) configuration: Rc<Configuration>,
    choices: Choices,
    /// The path of the condition as the configuration sees it.
    path: Option<PathBuf>,
}

impl Settings {
    pub(crate) fn new(
        source: &Source,
        context: &ContextArguments,
        template: bool,
    ) -> Result<Self, Failure> {
        let configurations = Configurations::new(source)?;
        Ok(Self { configurations, context: context.clone(), template })
    }

    /// Returns what holds for a condition.
    pub(crate) fn of(&mut self, input: &Input) -> Result<Setting, Failure> {
        let configuration = self.configurations.of(input.path.as_deref())?;
        let path = input.path.as_deref().and_then(|path| configuration.relative(path));
        let mut choices = configuration.choices(path.as_deref());
        choices.apply(&self.given(&configuration)?);
        Ok(Setting { configuration, choices, path })
    }

    fn given(&self, configuration: &Configuration) -> Result<Choices, Failure> {
        let role = match &self.context.role {
            None => None,
            Some(role) => match find_role(configuration.catalog(), role) {
                Ok(role) => Some(role.id().to_owned()),
                Err((message, help)) => return Err(Failure::new(message).help(help)),
            },
        };
        Ok(Choices {
            levels: Vec::new(),
            role,
            template: self.template.then_some(true),
            condition_version: self.context.condition_version.clone(),
            hierarchical_namespace: self.context.hierarchical_namespace,
            pim: self.context.pim.then_some(true),
            shell: self.context.shell.map(|shell| match shell {
                ShellName::Bash => Shell::Bash,
                ShellName::PowerShell => Shell::PowerShell,
            }),
        })
    }
}

impl Setting {
    /// Says whether template holes are read.
    pub(crate) fn holes(&self) -> Holes {
        if self.choices.template == Some(true) { Holes::Allowed } else { Holes::Refused }
    }

    /// Returns what the linter is to know.
    pub(crate) fn options(&self) -> Options<'_> {
        let catalog = self.configuration.catalog();
        let mut levels = Levels::default();
        for (rule, level) in &self.choices.levels {
            // The names were checked when the configuration was read; those of rules about
            // requests are for `adjust`.
            let _ = levels.set(rule, *level);
        }
        let context = Context {
            condition_version: self.choices.condition_version.clone(),
            hierarchical_namespace: self.choices.hierarchical_namespace,
            pim: self.choices.pim == Some(true),
            shell: self.choices.shell,
            ..Context::default()
        };
        let options = Options::new(catalog).levels(levels).context(context);
        match self.choices.role.as_deref().and_then(|role| catalog.role(role)) {
            Some(role) => options.role(role),
            None => options,
        }
    }

    /// Gives findings the severities that were chosen for rules that are not about a condition's
    /// text, whose own are chosen as they are made.
    pub(crate) fn adjust(&self, findings: &mut Vec<Diagnostic>) {
        let is_pim = |id: &str| pim_model::RULES.iter().any(|rule| rule.id == id);
        let chosen = |id: &str| {
            let levels = self.choices.levels.iter().rev();
            levels.clone().find(|(rule, _)| rule == id).map(|(_, level)| *level)
        };
        findings.retain_mut(|finding| {
            let level = if is_pim(&finding.id) { chosen(&finding.id) } else { None };
            match level.map(Level::severity) {
                Some(None) => false,
                Some(Some(severity)) => {
                    finding.severity = severity;
                    true
                }
                None => true,
            }
        });
    }

    /// Takes out the findings that the configuration accepts; returns how many it took.
    pub(crate) fn ignore(&self, findings: &mut Vec<Diagnostic>, input: &Input) -> usize {
        let before = findings.len();
        findings.retain(|finding| {
            !self.configuration.ignores(finding, self.path.as_deref(), input.record.as_ref())
        });
        before - findings.len()
    }
}
