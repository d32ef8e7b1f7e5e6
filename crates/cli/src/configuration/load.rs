//! From the text of a `grantif.toml` to a configuration.

use super::file::{File, Ignore, Override, SecurityType};
use super::ignored::Ignored;
use super::pattern::Patterns;
use super::{Choices, Configuration};
use crate::failure::{Failure, finding};
use crate::input::read_file;
use abac_catalog::{Catalog, Role, ValueType};
use abac_lint::{Level, Levels};
use diagnostics::{Diagnostic, expected_first};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;

/// The rule that mistakes in the file are reported under.
const ID: &str = "configuration";

/// A file that is being read; knows where to point.
struct Loader<'t> {
    name: String,
    text: &'t str,
    directory: &'t Path,
}

/// Reads a configuration. `catalog` holds what the command line adds to the facts, if it does.
pub(super) fn load(path: &Path, catalog: Option<Catalog>) -> Result<Configuration, Failure> {
    let text = read_file(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let absolute =
        crate::resolve::canonical(path).map_err(|error| Failure::io("read", path, &error))?;
    let directory = absolute.parent().unwrap_or(Path::new(""));
    Loader { name: path.display().to_string(), text, directory }.load(catalog)
}

impl Loader<'_> {
    fn load(&self, catalog: Option<Catalog>) -> Result<Configuration, Failure> {
        let file: File = toml::from_str(self.text).map_err(|error| self.toml(&error))?;
        let catalog = self.catalog(&file, catalog)?;
        let facts = catalog.as_ref().unwrap_or_else(|| Catalog::builtin());
        let base = Choices {
            levels: self.levels(&file.rules)?,
            role: self.role(facts, file.role.as_ref())?,
            template: file.template,
            condition_version: file.condition_version,
            hierarchical_namespace: file.hierarchical_namespace,
            pim: file.pim,
            shell: file.shell,
        };
        let mut overrides = Vec::with_capacity(file.overrides.len());
        for one in &file.overrides {
            overrides.push(self.overriding(facts, one)?);
        }
        let mut ignored = Vec::with_capacity(file.ignore.len());
        for one in &file.ignore {
            ignored.push(self.ignored(one)?);
        }
        let directory = self.directory.to_owned();
        Ok(Configuration { directory, catalog, fail_on: file.fail_on, base, overrides, ignored })
    }

    fn overriding(&self, facts: &Catalog, one: &Override) -> Result<(Patterns, Choices), Failure> {
        if one.paths.get_ref().is_empty() {
            return Err(self.wrong(one.paths.span(), "expected at least one path"));
        }
        let paths = one.paths.get_ref().iter().map(String::as_str);
        let patterns = Patterns::new(paths)
            .map_err(|error| self.wrong(one.paths.span(), error.to_string()))?;
        let choices = Choices {
            levels: self.levels(&one.rules)?,
            role: self.role(facts, one.role.as_ref())?,
            template: one.template,
            condition_version: one.condition_version.clone(),
            hierarchical_namespace: one.hierarchical_namespace,
            pim: one.pim,
            shell: one.shell,
        };
        Ok((patterns, choices))
    }

    fn ignored(&self, one: &Spanned<Ignore>) -> Result<Ignored, Failure> {
        let Ignore { rule, path, id, reason } = one.get_ref();
        if reason.get_ref().trim().is_empty() {
            return Err(self.wrong(reason.span(), "the reason is empty; say why it is accepted"));
        }
        if rule.is_none() && path.is_none() && id.is_none() {
            let message = "this would ignore everything; expected `rule`, `path` or `id`";
            return Err(self.wrong(one.span(), message));
        }
        if let Some(rule) = rule {
            self.level(rule, Level::Off)?;
        }
        let path = match path {
            None => None,
            Some(path) => Some(
                Patterns::new([path.get_ref().as_str()])
                    .map_err(|error| self.wrong(path.span(), error.to_string()))?,
            ),
        };
        Ok(Ignored { rule: rule.as_ref().map(|rule| rule.get_ref().clone()), path, id: id.clone() })
    }

    fn levels(
        &self,
        rules: &BTreeMap<Spanned<String>, Level>,
    ) -> Result<Vec<(String, Level)>, Failure> {
        rules.iter().map(|(rule, level)| self.level(rule, *level)).collect()
    }

    fn level(&self, rule: &Spanned<String>, level: Level) -> Result<(String, Level), Failure> {
        match Levels::default().set(rule.get_ref(), level) {
            Ok(()) => Ok((rule.get_ref().clone(), level)),
            Err(error) => Err(self.show(
                finding(ID, rule.span(), format!("unknown rule `{}`", error.id)).help(match error
                    .suggestion
                {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "`grantif rule` lists the rules".to_owned(),
                }),
            )),
        }
    }

    fn role(
        &self,
        facts: &Catalog,
        role: Option<&Spanned<String>>,
    ) -> Result<Option<String>, Failure> {
        let Some(role) = role else { return Ok(None) };
        match find_role(facts, role.get_ref()) {
            Ok(found) => Ok(Some(found.id().to_owned())),
            Err((message, help)) => Err(self.show(finding(ID, role.span(), message).help(help))),
        }
    }

    /// Adds to the facts what the file knows; `None` where nobody adds anything.
    fn catalog(&self, file: &File, given: Option<Catalog>) -> Result<Option<Catalog>, Failure> {
        let adds = !file.role_definitions.is_empty()
            || !file.known.roles.is_empty()
            || !file.known.principals.is_empty()
            || !file.security_attributes.is_empty();
        if !adds {
            return Ok(given);
        }
        let mut catalog = given.unwrap_or_default();
        for path in &file.role_definitions {
            let place = self.directory.join(path.get_ref());
            let text =
                read_file(&place).map_err(|failure| self.wrong(path.span(), failure.message()))?;
            catalog = catalog
                .with_role_definitions(&text)
                .map_err(|error| self.wrong(path.span(), error.to_string()))?;
        }
        for (id, name) in &file.known.roles {
            catalog = catalog
                .with_known_role(id.get_ref(), name)
                .map_err(|_| self.guid(id.span(), id.get_ref()))?;
        }
        for (id, name) in &file.known.principals {
            catalog = catalog
                .with_known_principal(id.get_ref(), name)
                .map_err(|_| self.guid(id.span(), id.get_ref()))?;
        }
        for (name, attribute) in &file.security_attributes {
            let value_type = match attribute.value_type {
                SecurityType::String => ValueType::String,
                SecurityType::Integer => ValueType::Integer,
                SecurityType::Boolean => ValueType::Boolean,
            };
            catalog = catalog
                .with_principal_attribute(name.get_ref(), value_type, attribute.multi_valued)
                .map_err(|error| self.wrong(name.span(), error.to_string()))?;
        }
        Ok(Some(catalog))
    }

    fn guid(&self, span: Range<usize>, found: &str) -> Failure {
        self.wrong(span, format!("expected a GUID, found `{found}`"))
    }

    fn wrong(&self, span: Range<usize>, message: impl Into<String>) -> Failure {
        self.show(finding(ID, span, message))
    }

    fn show(&self, finding: Diagnostic) -> Failure {
        Failure::at(&self.name, self.text, finding)
    }

    /// Shows what the TOML reader says, in our words, with what to do.
    fn toml(&self, error: &toml::de::Error) -> Failure {
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        let mut found = finding(ID, error.span().unwrap_or(0..0), expected_first(&message));
        let mut quoted = message.split('`').skip(1).step_by(2);
        if message == "missing field `reason`" {
            found = found.help("say why the findings are accepted");
        } else if message.starts_with("unknown ")
            && let Some(word) = quoted.next()
            && let Some(known) = diagnostics::closest(word, quoted)
        {
            found = found.help(format!("did you mean `{known}`?"));
        }
        self.show(found)
    }
}

/// Finds a role by GUID or name; or says that there is none, and what to do.
pub(crate) fn find_role<'c>(
    catalog: &'c Catalog,
    text: &str,
) -> Result<&'c Role, (String, String)> {
    catalog.find_role(text).map_err(|error| {
        let help = match &error.suggestion {
            Some(name) => format!("did you mean `{name}`?"),
            None => {
                "`grantif catalog roles` lists the built-in roles; give custom roles with --roles"
                    .to_owned()
            }
        };
        (error.to_string(), help)
    })
}
