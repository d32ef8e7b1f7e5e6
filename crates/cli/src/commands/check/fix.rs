//! Applying fixes.

use crate::commands::count;
use crate::failure::Failure;
use crate::input::Input;
use crate::replace::replace;
use diagnostics::{Applicability, Diagnostic, apply_fixes_repeatedly};
use std::collections::BTreeSet;

/// What was repaired in a run.
#[derive(Debug, Default)]
pub(crate) struct Fixes {
    applied: usize,
    inputs: usize,
    /// Files of JSON Lines that have something to repair.
    left_alone: BTreeSet<String>,
    /// The repaired text of a condition that is no file.
    pub(crate) output: Option<String>,
    pub(crate) failures: Vec<Failure>,
}

impl Fixes {
    /// Repairs a condition until nothing more can be, and returns its new text if that is written.
    pub(crate) fn apply(
        &mut self,
        input: &Input,
        findings: &[Diagnostic],
        allow: Applicability,
        look: impl FnMut(&str) -> Vec<Diagnostic>,
    ) -> Option<String> {
        let fixable = |finding: &Diagnostic| {
            finding.fix.as_ref().is_some_and(|fix| allow.allows(fix.applicability))
        };
        if input.record.is_some() {
            if findings.iter().any(fixable) {
                self.left_alone.insert(input.name.clone());
            }
            return None;
        }
        let fixed = apply_fixes_repeatedly(&input.text, allow, look);
        let changed = fixed.text != input.text;
        if !input.is_whole_file() {
            // The text of --condition has no line break of its own; that of a pipe is kept as it is.
            let end = if input.name == "<stdin>" { "" } else { "\n" };
            self.output = Some(format!("{}{end}", fixed.text));
        } else if changed {
            return self.write(input, &fixed.text, fixed.applied).then_some(fixed.text);
        }
        if !changed {
            return None;
        }
        self.applied += fixed.applied;
        self.inputs += 1;
        Some(fixed.text)
    }

    /// Writes the repaired text of a file; says whether it is written.
    pub(crate) fn write(&mut self, input: &Input, text: &str, applied: usize) -> bool {
        let Some(path) = &input.path else { return false };
        if let Err(failure) = replace(path, text) {
            self.failures.push(failure);
            return false;
        }
        self.applied += applied;
        self.inputs += 1;
        true
    }

    /// Says what was done.
    pub(crate) fn summary(&self, noun: (&str, &str)) -> Option<String> {
        let mut lines = Vec::new();
        if self.applied > 0 {
            let fixes = count(self.applied, "fix", "fixes");
            let inputs = count(self.inputs, noun.0, noun.1);
            lines.push(format!("applied {fixes} to {inputs}"));
        }
        for name in &self.left_alone {
            lines.push(format!("note: `{name}` holds JSON Lines, which --fix does not change"));
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}
