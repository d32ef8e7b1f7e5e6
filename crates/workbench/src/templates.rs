//! Conditions that many people need, written from a few choices, and recognised again.

mod library;
mod recognise;

pub use library::templates;
pub use recognise::{Recognised, recognise};

use crate::blocks::NewLine;
use crate::pickers::{LineOperator, ValueKind, ValueProblem};
use abac_catalog::Catalog;
use abac_syntax::AttributeSource;

/// A condition with choices left open.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// By which it is named.
    pub id: &'static str,
    /// What it is called; the portal's words where it is the portal's.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub description: &'static str,
    /// The service it belongs to, in the catalog's words.
    pub service: &'static str,
    /// What there is to choose.
    pub parameters: &'static [Parameter],
    /// The tag of the page it follows.
    source: &'static str,
    rules: &'static [Rule],
}

/// Something to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// What it is called.
    pub name: &'static str,
    /// What kind of value it is.
    pub kind: ValueKind,
    /// Whether it takes several.
    pub takes_several: bool,
    /// A value that shows what is meant.
    pub example: &'static str,
}

/// One card.
#[derive(Debug, Clone, Copy)]
struct Rule {
    /// The catalog's ids of the actions.
    actions: &'static [&'static str],
    lines: &'static [LineSpec],
}

#[derive(Debug, Clone, Copy)]
struct LineSpec {
    source: AttributeSource,
    /// The catalog's id of the attribute.
    attribute: &'static str,
    /// The parameter that names the key.
    key: Option<usize>,
    /// The operator for one value, which is also written where there is no other.
    one: &'static str,
    /// The operator for several.
    several: &'static str,
    value: ValueSpec,
}

#[derive(Debug, Clone, Copy)]
enum ValueSpec {
    /// The values of a parameter.
    Parameter(usize),
    Fixed(&'static str),
}

/// Why a template is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// There is no such template.
    #[error("there is no template `{0}`")]
    Unknown(String),
    /// A choice is missing.
    #[error("choose {0}")]
    Missing(&'static str),
    /// More than one value for a parameter that takes one.
    #[error("{0} takes one value")]
    OnlyOne(&'static str),
    /// A value is none of its kind.
    #[error("{name}: {problem}")]
    Value {
        /// The parameter.
        name: &'static str,
        /// What is wrong.
        problem: ValueProblem,
    },
    /// A key holds a character that cannot stand between brackets.
    #[error("{0} cannot hold brackets, quotes or colons")]
    Key(&'static str),
}

impl Template {
    /// Returns the template of an id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        templates().iter().find(|template| template.id == id)
    }

    /// Returns the page it follows, with its date.
    #[must_use]
    pub fn page(&self, catalog: &Catalog) -> String {
        catalog.source(self.source).map(|source| source.to_string()).unwrap_or_default()
    }

    /// Writes the condition in the portal's layout. `values` has a list for each parameter. What
    /// is created is compared through `@Request` and what is deleted through `@Resource`, as each
    /// action needs it.
    ///
    /// # Errors
    ///
    /// A choice that is missing or none of its kind.
    pub fn write(
        &self,
        catalog: &Catalog,
        values: &[Vec<String>],
    ) -> Result<String, TemplateError> {
        self.write_as(catalog, values, Style::Shortest)
    }

    fn write_as(
        &self,
        catalog: &Catalog,
        values: &[Vec<String>],
        style: Style,
    ) -> Result<String, TemplateError> {
        for (place, parameter) in self.parameters.iter().enumerate() {
            let chosen = values.get(place).map_or(&[][..], Vec::as_slice);
            if chosen.iter().all(|one| one.trim().is_empty()) {
                return Err(TemplateError::Missing(parameter.name));
            }
            if chosen.len() > 1 && !parameter.takes_several {
                return Err(TemplateError::OnlyOne(parameter.name));
            }
        }
        let cards = self.rules.iter().map(|rule| self.card(catalog, rule, values, style));
        Ok(cards.collect::<Result<Vec<_>, _>>()?.join("\nAND\n"))
    }

    fn card(
        &self,
        catalog: &Catalog,
        rule: &Rule,
        values: &[Vec<String>],
        style: Style,
    ) -> Result<String, TemplateError> {
        let guards = rule.actions.iter().filter_map(|id| catalog.action(id));
        let guards: Vec<String> = guards.map(|one| format!("  !({})", one.guard())).collect();
        let lines = rule.lines.iter().map(|spec| {
            let line = self.line(catalog, spec, values, style)?;
            Ok(format!("  {line}"))
        });
        let lines = lines.collect::<Result<Vec<_>, TemplateError>>()?;
        Ok(format!(
            "(\n (\n{}\n )\n OR\n (\n{}\n )\n)",
            guards.join("\n  AND\n"),
            lines.join("\n  AND\n")
        ))
    }

    fn line(
        &self,
        catalog: &Catalog,
        spec: &LineSpec,
        values: &[Vec<String>],
        style: Style,
    ) -> Result<String, TemplateError> {
        let chosen = |place: usize| values.get(place).cloned().unwrap_or_default();
        let name = |place: usize| self.parameters.get(place).map_or("", |one| one.name);
        let (texts, named) = match spec.value {
            ValueSpec::Parameter(place) => (chosen(place), name(place)),
            ValueSpec::Fixed(text) => (vec![text.to_owned()], ""),
        };
        let mut key = String::new();
        if let Some(place) = spec.key {
            key = chosen(place).concat();
            let unfit = |letter: char| {
                letter.is_control() || matches!(letter, '[' | ']' | '\'' | '"' | ':')
            };
            if key.contains(unfit) {
                return Err(TemplateError::Key(name(place)));
            }
        }
        let operator = match style {
            Style::Shortest if texts.len() == 1 => spec.one,
            _ => spec.several,
        };
        let line = NewLine {
            source: spec.source,
            body: catalog.attribute(spec.attribute).map(|one| one.body(&key)).unwrap_or_default(),
            operator: LineOperator::parse(operator),
            values: texts,
        };
        line.write().map_err(|problem| TemplateError::Value { name: named, problem })
    }
}

/// How one value is written where an operator for several would do as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// As one value.
    Shortest,
    /// As a list of one.
    Lists,
}
