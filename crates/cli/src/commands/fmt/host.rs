//! Conditions laid out where they stand in other files.

use super::{Arguments, LayoutName, Tally, settle};
use crate::console::Console;
use crate::failure::Failure;
use crate::hosts::Unit;
use crate::settings::Settings;
use abac_syntax::{Holes, Layout};
use diagnostics::{Applicability, Diagnostic, Edit, Fix, Severity, Span, apply_fixes};
use iac_extract::Condition;

/// Lays out the conditions of a unit, file by file.
pub(super) fn lay_out(
    arguments: &Arguments,
    mut unit: Unit,
    settings: &mut Settings,
    tally: &mut Tally,
    console: &mut Console,
) -> Result<(), Failure> {
    for number in 0..unit.parts.len() {
        let Some(part) = unit.parts.get(number) else { continue };
        let here = part.span;
        let inside = |one: &&Condition| here.contains(Span::at(one.span.start));
        if !unit.found.conditions.iter().any(|one| inside(&one)) {
            continue;
        }
        let input = unit.input(number);
        let refused = settings.of(&input)?.holes();
        tally.files = true;
        let mut edits = Vec::new();
        for one in unit.found.conditions.iter().filter(inside) {
            match new_text(arguments, one, refused) {
                Ok(Some(text)) => match one.replacement(&unit.text, &text) {
                    Some(edit) if here.contains(edit.span) => edits.push(moved(edit, here)),
                    _ => tally.refused += 1,
                },
                // What is put together from several texts has no layout of its own.
                Ok(None) => {}
                Err(findings) => {
                    tally.refused += 1;
                    let carried = findings.into_iter().map(|finding| one.carry(finding));
                    let own = |finding: Diagnostic| Diagnostic {
                        span: Span::new(
                            finding.span.start.saturating_sub(here.start),
                            finding.span.end.saturating_sub(here.start),
                        ),
                        labels: Vec::new(),
                        fix: None,
                        ..finding
                    };
                    let findings = carried.map(own).collect();
                    console.report(&Failure::findings(input.report(findings)));
                }
            }
        }
        let text = applied(&input.text, edits);
        if text == input.text {
            tally.unchanged += 1;
            continue;
        }
        let after = unit.with_text(number, &text);
        if !same_conditions(&unit, &after) {
            tally.failures.push(
                Failure::new(format!("`{}`: the layout would read as something else", input.name))
                    .help("nothing was written"),
            );
            continue;
        }
        settle(arguments, &input, &text, tally, console);
        unit = after;
    }
    Ok(())
}

/// Returns the new text of a condition that is one literal; `None` for another.
fn new_text(
    arguments: &Arguments,
    one: &Condition,
    holes: Holes,
) -> Result<Option<String>, Vec<Diagnostic>> {
    let whole = one.text.value();
    let of_whole = if one.text.has_holes() { Holes::Allowed } else { holes };
    let mut errors = abac_syntax::parse_with(whole, of_whole).diagnostics;
    errors.retain(|finding| finding.severity == Severity::Error);
    if !errors.is_empty() {
        return Err(errors);
    }
    let Some(own) = one.own_text() else { return Ok(None) };
    let text = own.value();
    let holes = if own.has_holes() { Holes::Allowed } else { holes };
    let has_lines = one.holds_lines() && text.trim().contains('\n');
    let layout = match arguments.layout {
        Some(layout) => layout,
        None if has_lines => LayoutName::Portal,
        None => LayoutName::OneLine,
    };
    let inside = text.trim();
    // A text of interpolations may be a condition only with what they stand for.
    let Ok(laid_out) = super::lay_out(inside, holes, Layout::from(layout)) else { return Ok(None) };
    // White space around a condition is the host's.
    let start = text.len() - text.trim_start().len();
    let before = text.get(..start).unwrap_or("");
    let behind = text.get(start + inside.len()..).unwrap_or("");
    let indent = before.rsplit('\n').next().unwrap_or("");
    let laid_out = match layout {
        LayoutName::Portal => laid_out.replace('\n', &format!("\n{indent}")),
        _ => laid_out,
    };
    Ok(Some(format!("{before}{laid_out}{behind}")))
}

fn moved(edit: Edit, part: Span) -> Edit {
    let span = Span::new(edit.span.start - part.start, edit.span.end - part.start);
    Edit { span, ..edit }
}

/// Returns a text with edits, each of a condition of its own.
fn applied(text: &str, edits: Vec<Edit>) -> String {
    let fix = |edit: Edit| {
        let fix = Fix {
            title: "lay out".into(),
            edits: vec![edit.clone()],
            applicability: Applicability::Safe,
        };
        Diagnostic::new("layout", Severity::Advice, edit.span, "").fix(fix)
    };
    let findings: Vec<Diagnostic> = edits.into_iter().map(fix).collect();
    apply_fixes(text, &findings, Applicability::Safe).text
}

/// Says whether two units have the same conditions, however they are laid out.
fn same_conditions(before: &Unit, after: &Unit) -> bool {
    let (old, new) = (&before.found.conditions, &after.found.conditions);
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            let holes = if old.text.has_holes() { Holes::Allowed } else { Holes::Refused };
            let (one, other) = (old.text.value(), new.text.value());
            let (first, second) =
                (abac_syntax::parse_with(one, holes), abac_syntax::parse_with(other, holes));
            one == other || abac_syntax::same_shape(one, &first.tree, other, &second.tree)
        })
}
