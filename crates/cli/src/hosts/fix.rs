//! Fixes applied within hosts.

use super::judge::{File, text_findings};
use super::unit::Unit;
use crate::failure::Failure;
use diagnostics::{Applicability, apply_fixes};

/// How often a file is looked at again; a pass closes one of several parentheses that lack their
/// end, and 128 nest.
const MAX_PASSES: usize = 256;

/// A file after fixes.
pub(crate) struct Fixed {
    pub(crate) unit: Unit,
    pub(crate) applied: usize,
}

/// Repairs a file of a unit until nothing more can be; `None` where nothing changes.
///
/// After each pass the file is read again, and each condition must be what its fixes make of it.
///
/// # Errors
///
/// Says that what would be written reads as something else; then nothing is to be written.
pub(crate) fn fixed(
    unit: &Unit,
    file: &File<'_>,
    allow: Applicability,
) -> Result<Option<Fixed>, Failure> {
    let mut done: Option<Fixed> = None;
    for _ in 0..MAX_PASSES {
        let before = done.as_ref().map_or(unit, |fixed| &fixed.unit);
        let text = before.text_of(file.number);
        let pass = apply_fixes(text, &file.look(before).0, allow);
        if pass.text == text {
            break;
        }
        let after = before.with_text(file.number, &pass.text);
        if !is_meant(before, &after, file, allow) {
            return Err(Failure::new(format!(
                "`{}`: a fix would read as something else in its quoting",
                file.input.name
            ))
            .help("nothing was written; repair the condition by hand"));
        }
        let applied = pass.applied + done.as_ref().map_or(0, |fixed| fixed.applied);
        done = Some(Fixed { unit: after, applied });
    }
    Ok(done)
}

/// Says whether every condition is what its own fixes make of it.
fn is_meant(before: &Unit, after: &Unit, file: &File<'_>, allow: Applicability) -> bool {
    let (old, new) = (&before.found.conditions, &after.found.conditions);
    let Some(part) = before.parts.get(file.number) else { return false };
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            let mut findings = text_findings(before, old, file.setting);
            file.setting.ignore(&mut findings, file.input);
            // What the host cannot carry is not applied.
            findings.retain(|finding| {
                let carried = old.carry(finding.clone()).fix;
                carried
                    .is_some_and(|fix| fix.edits.iter().all(|edit| part.span.contains(edit.span)))
            });
            let meant = apply_fixes(old.text.value(), &findings, allow);
            meant.text == new.text.value()
        })
}
