//! `duplicate-value`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::value::value;
use crate::wording::shown;
use abac_syntax::{Literal, Operand};
use diagnostics::{Applicability, Edit, Fix, Severity, Span};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(crate) const RULE: Rule = Rule {
    id: "duplicate-value",
    severity: Severity::Advice,
    summary: "a set holds a value twice",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let Some(function) = compared.operator.function else { continue };
        for side in [compared.left, compared.right] {
            let Operand::Set { literals, .. } = side else { continue };
            let literals = facts.tree.set(literals);
            if literals.len() < 2 {
                continue;
            }
            let mut seen = HashMap::with_capacity(literals.len());
            let mut repeated: Vec<(&Literal, &Literal)> = Vec::new();
            let mut edits = Vec::new();
            let mut end = None;
            for literal in literals {
                if let Some(value) = value(facts, function, literal) {
                    match seen.entry(value) {
                        Entry::Vacant(place) => {
                            place.insert(literal);
                        }
                        Entry::Occupied(first) => {
                            repeated.push((literal, *first.get()));
                            // Invariant: the first of several is not the first of the set.
                            let from = end.unwrap_or(literal.span.start);
                            let span = Span::new(from, literal.span.end);
                            edits.push(Edit { span, replacement: "".into() });
                        }
                    }
                }
                end = Some(literal.span.end);
            }
            let Some((literal, first)) = repeated.first() else { continue };
            let text = shown(facts.text(literal.span));
            let message = match repeated.len() {
                1 => format!("`{text}` stands in the set already"),
                count => format!("`{text}` and {} more stand in the set already", count - 1),
            };
            let title = "take the repeated values away";
            let fix = Fix { title: title.into(), edits, applicability: Applicability::Safe };
            report.push(
                report
                    .at(literal.span, message)
                    .label(first.span, "first here")
                    .help("take it away, or write the value that was meant")
                    .fix(fix),
            );
        }
    }
}
