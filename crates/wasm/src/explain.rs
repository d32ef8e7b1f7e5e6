//! Explaining a condition.

use crate::answer::Failure;
use crate::finding::Places;
use crate::known::KnownFacts;
use crate::parse::holes;
use abac_explain::{Explanation, Statement};
use abac_syntax::parse_with;
use diagnostics::Severity;
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// How a condition is explained.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "an object")]
pub struct ExplainOptions {
    /// Let `${…}`, `$name`, `<placeholder>`, `{{…}}` and `%s` stand for a part of the condition.
    pub template: bool,
    /// What a tenant adds to the facts, such as names of principals.
    pub known: KnownFacts,
}

/// A condition in plain English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    /// How many errors the condition has; it is explained as far as it could be read.
    pub errors: u32,
    /// The whole explanation as plain text.
    pub text: String,
    /// The whole explanation as Markdown.
    pub markdown: String,
    /// The table of decisions as Markdown.
    pub table_markdown: String,
    /// The explanation, part by part; spans count indexes of the string.
    pub explanation: Explanation,
}

/// Says in plain English what a condition allows.
///
/// # Errors
///
/// Known facts that cannot be read.
pub fn explain(source: &str, options: &ExplainOptions) -> Result<Explained, Failure> {
    let catalog = options.known.catalog()?;
    let parsed = parse_with(source, holes(options.template));
    let errors = parsed.diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
    let mut explanation = abac_explain::explain(source, &parsed.tree, &catalog);
    let places = Places::new(source);
    for block in &mut explanation.blocks {
        block.span = places.units(block.span);
        for action in &mut block.actions {
            action.span = places.units(action.span);
        }
        block.requirement.iter_mut().for_each(|statement| count(statement, &places));
    }
    for row in &mut explanation.table.rows {
        row.terms.iter_mut().for_each(|statement| count(statement, &places));
    }
    Ok(Explained {
        errors: u32::try_from(errors).unwrap_or(u32::MAX),
        text: explanation.to_text(),
        markdown: explanation.to_markdown(),
        table_markdown: explanation.table.to_markdown(),
        explanation,
    })
}

/// Counts the places of a statement and its parts in UTF-16 code units; they nest no deeper than
/// the condition does.
fn count(statement: &mut Statement, places: &Places) {
    statement.span = places.units(statement.span);
    statement.parts.iter_mut().for_each(|part| count(part, places));
}
