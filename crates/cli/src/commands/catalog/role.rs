//! One role for the terminal.

use crate::console::{CODE, DOUBT, FAINT, STRONG, Style, wrap};
use abac_catalog::{Catalog, Role, RoleKind};
use std::fmt::Write as _;

pub(super) fn draw(catalog: &Catalog, role: &Role, style: Style) -> String {
    let mut text =
        format!("{}  {}\n", style.paint(STRONG, role.name()), style.paint(FAINT, role.id()));
    let description = role.description();
    if !description.is_empty() {
        _ = writeln!(text, "{}", wrap(&description, style.width, "", ""));
    }
    if role.kind() == RoleKind::Custom {
        text.push_str("A custom role.\n");
    }
    if role.can_assign_roles() {
        let line = "It can assign any role to anybody, unless a condition on its assignment says \
                    otherwise.";
        _ = writeln!(text, "{}", style.paint(DOUBT, line));
    }
    for block in role.permissions() {
        text.push('\n');
        patterns(&mut text, "actions", &block.actions, style);
        patterns(&mut text, "not actions", &block.not_actions, style);
        patterns(&mut text, "data actions", &block.data_actions, style);
        patterns(&mut text, "not data actions", &block.not_data_actions, style);
        if let Some(condition) = &block.condition {
            _ = writeln!(text, "{}", style.paint(STRONG, "condition of the role itself"));
            for line in condition.lines() {
                _ = writeln!(text, "  {}", style.paint(CODE, line.trim_end()));
            }
        }
    }
    let actions = catalog.conditionable_actions(role);
    text.push('\n');
    if actions.is_empty() {
        text.push_str(
            "Nothing that it grants can be limited by a condition, as far as is documented.\n",
        );
    } else {
        _ = writeln!(text, "{}", style.paint(STRONG, "what a condition can limit"));
        for action in actions {
            _ = writeln!(text, "  {}  {}", action.display_name, style.paint(FAINT, action.id),);
        }
    }
    _ = writeln!(text, "\n{}", style.paint(FAINT, &format!("page: {}", role.source())));
    text
}

fn patterns(text: &mut String, title: &str, patterns: &[String], style: Style) {
    if patterns.is_empty() {
        return;
    }
    _ = writeln!(text, "{}", style.paint(STRONG, title));
    for pattern in patterns {
        _ = writeln!(text, "  {}", style.paint(CODE, pattern));
    }
}
