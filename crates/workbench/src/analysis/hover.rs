//! What stands under the pointer.

use super::Settings;
use super::truth_table::{TruthTable, truth_table};
use crate::condition::Condition;
use crate::context::Scene;
use crate::position::Range;
use crate::wording;
use abac_catalog::Catalog;
use abac_syntax::{Attribute, ExprKind, LiteralKind, Operator};
use diagnostics::Span;

/// What is known about a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub range: Range,
    /// The name of it.
    pub title: String,
    /// What is known, one sentence or phrase each.
    pub lines: Vec<String>,
    /// For an operator, what it answers.
    pub table: Option<TruthTable>,
    /// The page that says so, with its date.
    pub source: Option<String>,
}

/// Returns what is known about the text at an offset in UTF-16 code units.
#[must_use]
pub fn hover(condition: &Condition, offset: u32, settings: &Settings) -> Option<Hover> {
    let at = condition.index().byte_offset(offset);
    let catalog = settings.catalog();
    let tree = condition.tree();
    let is_under = |span: &Span| span.start <= at && at < span.end;
    if let Some((_, attribute)) = tree.attributes().find(|(_, one)| is_under(&one.span)) {
        return Some(of_attribute(condition, attribute, catalog));
    }
    for (_, expr) in tree.exprs() {
        match expr.kind {
            ExprKind::Comparison { operator, .. } if is_under(&operator.span) => {
                return of_operator(condition, operator, catalog);
            }
            ExprKind::Call { argument: Some(argument), .. } if is_under(&expr.span) => {
                let literal = tree.literal(argument);
                let pattern = literal.text(condition.text());
                return Some(of_pattern(condition, expr.span, &pattern, catalog));
            }
            _ => {}
        }
    }
    let (_, literal) = tree.literals().find(|(_, one)| is_under(&one.span))?;
    match literal.kind {
        LiteralKind::Guid(guid) => of_guid(condition, literal.span, &guid.to_string(), catalog),
        _ => None,
    }
}

fn of_attribute(condition: &Condition, attribute: &Attribute, catalog: &Catalog) -> Hover {
    let text = condition.text();
    let range = condition.range(attribute.span);
    let body = attribute.body.of(text);
    let source = attribute.source.map_or("", |source| source.as_str());
    let found = catalog.match_attribute(body);
    let known = found.as_ref().and_then(|one| one.through(source).or(one.attribute()));
    let Some(known) = known else {
        return Hover {
            range,
            title: attribute.span.of(text).to_owned(),
            lines: vec!["The catalog does not have this attribute.".to_owned()],
            table: None,
            source: None,
        };
    };
    let mut lines = Vec::new();
    for line in [&known.description, &known.case_sensitivity, &known.notes] {
        if !line.is_empty() {
            lines.push(line.to_string());
        }
    }
    let types: Vec<_> = known.value_types.iter().map(|one| one.as_str()).collect();
    let several = if known.multi_valued == Some(true) { ", several values" } else { "" };
    lines.push(format!("{}{several}.", types.join(" or ")));
    let actions = catalog.actions_offering(source, body);
    let names: Vec<_> = actions.iter().map(|action| action.display_name).collect();
    lines.push(match names.as_slice() {
        [] => format!("No action offers it through @{source}."),
        names => format!("Offered through @{source} by: {}.", wording::some(names, 8)),
    });
    if !known.verified && !known.verified_note.is_empty() {
        lines.push(format!("Not confirmed: {}.", known.verified_note));
    }
    Hover {
        range,
        title: known.display_name.to_string(),
        lines,
        table: None,
        source: Some(known.source.to_string()),
    }
}

fn of_operator(condition: &Condition, operator: Operator, catalog: &Catalog) -> Option<Hover> {
    let function = operator.function?;
    let mut lines =
        vec![format!("Read as \"{}\".", wording::operator(operator.quantifier, function))];
    if let Some(quantifier) = operator.quantifier {
        lines.push(wording::quantifier(quantifier, function.is_negated()).to_owned());
    }
    Some(Hover {
        range: condition.range(operator.span),
        title: operator.span.of(condition.text()).to_owned(),
        lines,
        table: Some(truth_table(operator.quantifier, function)),
        source: catalog.operator(function.as_str()).map(|one| one.source.to_string()),
    })
}

fn of_pattern(condition: &Condition, span: Span, pattern: &str, catalog: &Catalog) -> Hover {
    let scene = Scene::at(condition, span.start, catalog);
    let actions: Vec<_> = catalog.actions_matching(pattern).collect();
    let shown: Vec<_> = actions.iter().map(|action| action.display_name).collect();
    let suboperation = catalog.suboperation(pattern);
    let mut lines = Vec::new();
    let source = match (actions.first(), suboperation) {
        (_, Some(suboperation)) => {
            lines.push(format!("A part of: {}.", wording::some(&suboperation.actions, 4)));
            Some(suboperation.source.to_string())
        }
        (Some(action), None) => {
            lines.push(wording::some(&shown, 8));
            if let [action] = actions.as_slice() {
                lines.push(action.description.to_owned());
            }
            Some(action.source.to_string())
        }
        (None, None) => {
            lines.push("No action that takes conditions matches this pattern.".to_owned());
            None
        }
    };
    if scene.is_guard {
        lines.push("Other requests pass; these must satisfy what stands behind OR.".to_owned());
    }
    Hover { range: condition.range(span), title: pattern.to_owned(), lines, table: None, source }
}

fn of_guid(condition: &Condition, span: Span, guid: &str, catalog: &Catalog) -> Option<Hover> {
    let range = condition.range(span);
    if let Some(role) = catalog.role(guid) {
        let mut lines = vec![role.description().into_owned()];
        if role.can_assign_roles() {
            lines.push("Whoever has it can hand out roles.".to_owned());
        }
        let source = Some(role.source().to_string());
        return Some(Hover { range, title: role.name().to_owned(), lines, table: None, source });
    }
    let name = catalog.principal(guid)?;
    Some(Hover { range, title: name.to_owned(), lines: Vec::new(), table: None, source: None })
}
