//! `grantif.toml`: found, read and checked.

mod discovery;
mod file;
mod ignored;
mod load;
mod pattern;

pub(crate) use discovery::{Configurations, Source};
pub(crate) use file::FailOn;
pub(crate) use load::find_role;

use abac_catalog::Catalog;
use abac_lint::{Level, Shell};
use diagnostics::{Diagnostic, Record};
use ignored::Ignored;
use pattern::Patterns;
use std::path::{Path, PathBuf};

/// What a `grantif.toml` says, every name in it checked.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    /// The directory that paths in the file start from, links resolved.
    directory: PathBuf,
    /// The facts, where the file or the command line adds to them.
    catalog: Option<Catalog>,
    pub(crate) fail_on: Option<FailOn>,
    /// What holds for every condition.
    base: Choices,
    /// What holds for some paths; later ones win.
    overrides: Vec<(Patterns, Choices)>,
    ignored: Vec<Ignored>,
}

/// What can be chosen for a condition; `None` leaves it as it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choices {
    pub(crate) levels: Vec<(String, Level)>,
    /// The GUID of the role that the assignment grants.
    pub(crate) role: Option<String>,
    pub(crate) template: Option<bool>,
    pub(crate) condition_version: Option<String>,
    pub(crate) hierarchical_namespace: Option<bool>,
    pub(crate) pim: Option<bool>,
    pub(crate) shell: Option<Shell>,
}

impl Choices {
    /// Lets other choices win over these.
    pub(crate) fn apply(&mut self, other: &Self) {
        fn choose<T: Clone>(mine: &mut Option<T>, other: &Option<T>) {
            if other.is_some() {
                mine.clone_from(other);
            }
        }
        self.levels.extend(other.levels.iter().cloned());
        choose(&mut self.role, &other.role);
        choose(&mut self.template, &other.template);
        choose(&mut self.condition_version, &other.condition_version);
        choose(&mut self.hierarchical_namespace, &other.hierarchical_namespace);
        choose(&mut self.pim, &other.pim);
        choose(&mut self.shell, &other.shell);
    }
}

impl Configuration {
    /// Returns the facts.
    pub(crate) fn catalog(&self) -> &Catalog {
        self.catalog.as_ref().unwrap_or_else(|| Catalog::builtin())
    }

    /// Returns what holds for a file, given as [`Self::relative`] does, or for a condition without
    /// one.
    pub(crate) fn choices(&self, path: Option<&Path>) -> Choices {
        let mut choices = self.base.clone();
        for (patterns, other) in &self.overrides {
            if path.is_some_and(|path| patterns.matches(path)) {
                choices.apply(other);
            }
        }
        choices
    }

    /// Says whether a finding is accepted.
    pub(crate) fn ignores(
        &self,
        finding: &Diagnostic,
        path: Option<&Path>,
        record: Option<&Record>,
    ) -> bool {
        let id = record.and_then(|record| record.id.as_deref());
        self.ignored.iter().any(|ignored| ignored.covers(finding, path, id))
    }

    /// Returns a path as it is seen from the configuration, where its patterns could match it.
    pub(crate) fn relative(&self, path: &Path) -> Option<PathBuf> {
        if self.overrides.is_empty() && self.ignored.is_empty() {
            return None;
        }
        let directory = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let directory = crate::resolve::canonical(directory).ok()?;
        let directory = directory.strip_prefix(&self.directory).ok()?;
        Some(directory.join(path.file_name()?))
    }
}
