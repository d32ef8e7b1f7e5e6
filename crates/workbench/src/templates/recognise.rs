//! From a condition to the template it was written from.

use super::{LineSpec, Style, Template, ValueSpec, templates};
use crate::blocks::{BlockKind, Board, Line};
use crate::condition::Condition;
use abac_catalog::Catalog;
use abac_syntax::same_shape;

/// A template and what was chosen in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// The id of the template.
    pub id: &'static str,
    /// A list of values for each parameter.
    pub values: Vec<Vec<String>>,
}

/// Returns the template that gives a condition, in whatever layout it stands.
#[must_use]
pub fn recognise(condition: &Condition, board: &Board, catalog: &Catalog) -> Option<Recognised> {
    templates().iter().find_map(|template| {
        let values = captured(template, board)?;
        let is_same = |style| {
            let Ok(text) = template.write_as(catalog, &values, style) else { return false };
            let written = Condition::read(text);
            let (one, other) = (condition.text(), written.text());
            same_shape(one, condition.tree(), other, written.tree())
        };
        let found = is_same(Style::Shortest) || is_same(Style::Lists);
        found.then_some(Recognised { id: template.id, values })
    })
}

/// Takes the values of the parameters from the lines at their places.
fn captured(template: &Template, board: &Board) -> Option<Vec<Vec<String>>> {
    if board.cards.len() != template.rules.len() {
        return None;
    }
    let mut values = vec![Vec::new(); template.parameters.len()];
    for (card, rule) in board.cards.iter().zip(template.rules) {
        if card.actions.len() != rule.actions.len() || card.body.blocks.len() != rule.lines.len() {
            return None;
        }
        for (block, spec) in card.body.blocks.iter().zip(rule.lines) {
            let BlockKind::Line(line) = &block.kind else { return None };
            capture(spec, line, &mut values)?;
        }
    }
    Some(values)
}

fn capture(spec: &LineSpec, line: &Line, values: &mut [Vec<String>]) -> Option<()> {
    if line.attribute.id.as_deref() != Some(spec.attribute) || line.attribute.source != spec.source
    {
        return None;
    }
    if let Some(place) = spec.key {
        *values.get_mut(place)? = vec![line.attribute.key.clone()?];
    }
    if let ValueSpec::Parameter(place) = spec.value {
        *values.get_mut(place)? = line.values.iter().map(|value| value.text.clone()).collect();
    }
    Some(())
}
