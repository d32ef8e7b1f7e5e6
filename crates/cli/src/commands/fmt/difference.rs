//! Unified differences.

use crate::console::Style;
use anstyle::{AnsiColor, Style as Paint};
use diagnostics::render::one_line;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write as _;
use std::time::Duration;

/// How long the shortest difference is looked for; beyond that a longer one has to do.
const PATIENCE: Duration = Duration::from_secs(2);

/// Draws the difference between two texts, which `patch` can read where it has no colours.
pub(super) fn draw(name: &str, old: &str, new: &str, style: Style) -> String {
    let difference = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let removed = AnsiColor::Red.on_default();
    let added = AnsiColor::Green.on_default();
    let bold = Paint::new().bold();
    let name = one_line(name);
    let mut text = String::new();
    _ = writeln!(text, "{}", style.paint(bold, &format!("--- {name}")));
    _ = writeln!(text, "{}", style.paint(bold, &format!("+++ {name}")));
    for hunk in difference.unified_diff().context_radius(3).iter_hunks() {
        let header = hunk.header().to_string();
        _ = writeln!(text, "{}", style.paint(AnsiColor::Cyan.on_default(), &header));
        for change in hunk.iter_changes() {
            let line = change.value().trim_end_matches('\n');
            let (sign, paint) = match change.tag() {
                ChangeTag::Delete => ('-', removed),
                ChangeTag::Insert => ('+', added),
                ChangeTag::Equal => (' ', Paint::new()),
            };
            _ = writeln!(text, "{}", style.paint(paint, &format!("{sign}{line}")));
            if change.missing_newline() {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
    text
}
