//! Which `grantif.toml` holds for a condition.

use super::Configuration;
use super::load::load;
use crate::failure::Failure;
use crate::input::read_file;
use abac_catalog::Catalog;
use clap::Args;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The name of the file.
const NAME: &str = "grantif.toml";

/// How many directories upwards are looked into.
const MAX_DEPTH: usize = 128;

/// The options on which configuration holds.
#[derive(Debug, Clone, Args)]
pub(crate) struct Source {
    /// Read this configuration in place of any `grantif.toml`
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Configuration")]
    config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long, help_heading = "Configuration")]
    no_config: bool,
    /// Role definitions, as `az role definition list --custom-role-only` prints them
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    roles: Vec<PathBuf>,
}

/// The configurations of a run, each read once.
pub(crate) struct Configurations {
    /// What the command line adds to the facts.
    catalog: Option<Catalog>,
    /// The one that holds for everything, where there is no looking for others.
    fixed: Option<Rc<Configuration>>,
    /// By directory: the configuration that holds there.
    known: HashMap<PathBuf, Rc<Configuration>>,
    none: Rc<Configuration>,
}

impl Configurations {
    pub(crate) fn new(source: &Source) -> Result<Self, Failure> {
        let mut catalog: Option<Catalog> = None;
        for path in &source.roles {
            let text = read_file(path)?;
            let added = catalog.unwrap_or_default().with_role_definitions(&text);
            let wrong = |error| Failure::new(format!("`{}`: {error}", path.display()));
            catalog = Some(added.map_err(wrong)?);
        }
        let none = Rc::new(Configuration { catalog: catalog.clone(), ..Configuration::default() });
        let fixed = match &source.config {
            Some(path) => Some(Rc::new(load(path, catalog.clone())?)),
            None if source.no_config => Some(Rc::clone(&none)),
            None => None,
        };
        Ok(Self { catalog, fixed, known: HashMap::new(), none })
    }

    /// Returns the configuration for a file; for a condition without one, that of the working
    /// directory.
    pub(crate) fn of(&mut self, path: Option<&Path>) -> Result<Rc<Configuration>, Failure> {
        if let Some(fixed) = &self.fixed {
            return Ok(Rc::clone(fixed));
        }
        let directory = match path.and_then(Path::parent) {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if let Some(known) = self.known.get(directory) {
            return Ok(Rc::clone(known));
        }
        let configuration = match find(directory) {
            None => Rc::clone(&self.none),
            Some(file) => {
                let home = file.parent().unwrap_or(directory).to_owned();
                match self.known.get(&home) {
                    Some(known) => Rc::clone(known),
                    None => {
                        let read = Rc::new(load(&file, self.catalog.clone())?);
                        self.known.insert(home, Rc::clone(&read));
                        read
                    }
                }
            }
        };
        self.known.insert(directory.to_owned(), Rc::clone(&configuration));
        Ok(configuration)
    }
}

/// Looks for the file in a directory and upwards, no further than the root of the repository.
fn find(directory: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(directory).ok()?;
    // `..` is no parent of `.`: the names must be those that the file system has.
    let absolute = crate::resolve::canonical(&absolute).unwrap_or(absolute);
    let working = std::env::current_dir().ok();
    for (depth, ancestor) in absolute.ancestors().take(MAX_DEPTH).enumerate() {
        let file = ancestor.join(NAME);
        if file.is_file() {
            // Where the working directory has it, the short name reads better.
            let short = working.as_deref() == Some(ancestor) && depth == 0;
            return Some(if short { PathBuf::from(NAME) } else { file });
        }
        if ancestor.join(".git").exists() {
            break;
        }
    }
    None
}
