//! `grantif catalog`.

mod list;
mod role;

use crate::Status;
use crate::configuration::{Configurations, Source, find_role};
use crate::console::Console;
use crate::failure::Failure;
use abac_catalog::Catalog;
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use serde_json::json;

const AFTER: &str = "\
Examples:
  grantif catalog actions blob
  grantif catalog attributes 'request guid'
  grantif catalog operators string
  grantif catalog roles 'storage blob'
  grantif catalog role 'Storage Blob Data Contributor'
  grantif catalog role 8e3af657-a8ff-443c-a75c-2fe8c4bcb635 --format json

Exit codes:
  0  something was found
  1  nothing was found
  2  wrong usage";

/// Look up actions, attributes, operators and roles, with page and date
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    topic: Topic,
    /// How to write the facts
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Topic {
    /// Actions that a condition can target
    Actions(Search),
    /// Attributes that a condition can compare
    Attributes(Search),
    /// Operators and quantifiers
    Operators(Search),
    /// Roles, built-in and from --roles or grantif.toml
    Roles(Search),
    /// One role: what it grants, and which conditions can limit it
    Role {
        /// The name or the GUID of the role
        #[arg(required = true, num_args = 1..)]
        role: Vec<String>,
    },
}

#[derive(Debug, Args)]
struct Search {
    /// Words that must all be there
    search: Vec<String>,
}

/// How facts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// JSON
    Json,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    match &arguments.topic {
        Topic::Actions(search) => {
            let found = catalog.search_actions(&search.text());
            Answer { name: "actions", search, found: &found, arguments, console }
                .write(list::action, |text| {
                    catalog.closest_action(text).map(|one| one.action.into())
                })
        }
        Topic::Attributes(search) => {
            let found = catalog.search_attributes(&search.text());
            Answer { name: "attributes", search, found: &found, arguments, console }
                .write(list::attribute, |text| catalog.closest_attribute(text))
        }
        Topic::Operators(search) => {
            let found = catalog.search_operators(&search.text());
            let status = Answer { name: "operators", search, found: &found, arguments, console }
                .write(list::operator, |text| {
                    catalog.closest_operator(text).map(|one| one.name.into())
                })?;
            if status == Status::Clean && arguments.format == Format::Text {
                let text = list::quantifiers(catalog, console.style);
                console.write(&text);
            }
            Ok(status)
        }
        Topic::Roles(search) => {
            let found = catalog.search_roles(&search.text());
            let status = Answer { name: "roles", search, found: &found, arguments, console }
                .write(list::role, |text| {
                    catalog.closest_role(text).map(|one| one.name().into())
                })?;
            if status == Status::Clean && arguments.format == Format::Text {
                let text = list::roles_source(catalog, found.len(), console.style);
                console.write(&text);
            }
            Ok(status)
        }
        Topic::Role { role } => one_role(catalog, &role.join(" "), arguments.format, console),
    }
}

fn one_role(
    catalog: &Catalog,
    text: &str,
    format: Format,
    console: &mut Console,
) -> Result<Status, Failure> {
    let role =
        find_role(catalog, text).map_err(|(message, help)| Failure::new(message).help(help))?;
    console.write(&match format {
        Format::Text => role::draw(catalog, role, console.style),
        Format::Json => {
            let actions: Vec<_> =
                catalog.conditionable_actions(role).iter().map(|action| action.id).collect();
            let mut object = json!(role);
            if let Some(fields) = object.as_object_mut() {
                fields.insert("conditionableActions".to_owned(), json!(actions));
            }
            format!("{object:#}\n")
        }
    });
    Ok(Status::Clean)
}

impl Search {
    fn text(&self) -> String {
        self.search.join(" ")
    }
}

/// What was found, and how to write it.
struct Answer<'a, T> {
    name: &'static str,
    search: &'a Search,
    found: &'a [&'a T],
    arguments: &'a Arguments,
    console: &'a mut Console,
}

impl<T: Serialize> Answer<'_, T> {
    fn write(
        self,
        draw: fn(&T, crate::console::Style) -> String,
        closest: impl Fn(&str) -> Option<String>,
    ) -> Result<Status, Failure> {
        match self.arguments.format {
            Format::Json => {
                let object = json!({ "version": 1, self.name: self.found });
                self.console.write(&format!("{object:#}\n"));
            }
            Format::Text => {
                for one in self.found {
                    let text = draw(one, self.console.style);
                    self.console.write(&text);
                }
            }
        }
        if !self.found.is_empty() {
            return Ok(Status::Clean);
        }
        let text = self.search.text();
        let hint = closest(&text).map(|known| format!("; did you mean `{known}`?"));
        let hint = hint.unwrap_or_default();
        self.console.note(&format!("nothing among the {} has `{text}`{hint}", self.name));
        Ok(Status::Findings)
    }
}
