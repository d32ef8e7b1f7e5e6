//! Everything that can be done, by name: the palette lists it, keys and buttons run it.

use crate::browser;
use crate::components::top_bar;
use crate::documents;
use crate::session::{Delivery, Dialog, Session, Shown, Side};
use abac_syntax::Layout;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Something that can be done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Command {
    pub(crate) group: &'static str,
    pub(crate) title: &'static str,
    /// The keys, as the list of shortcuts shows them; empty where there are none.
    pub(crate) keys: &'static str,
    pub(crate) run: fn(Session),
}

const fn command(
    group: &'static str,
    title: &'static str,
    keys: &'static str,
    run: fn(Session),
) -> Command {
    Command { group, title, keys, run }
}

/// Every command, in the order in which the palette shows them.
pub(crate) const COMMANDS: &[Command] = &[
    command("Condition", "Format as the portal does", "", |s| s.format(Layout::Portal)),
    command("Condition", "Format on one line", "", |s| s.format(Layout::OneLine)),
    command("Condition", "Format in the fewest bytes", "", |s| s.format(Layout::Smallest)),
    command("Condition", "Undo", "Ctrl Z", |s| {
        s.with_editor(crate::editor::Editor::undo);
    }),
    command("Condition", "Redo", "Ctrl Shift Z", |s| {
        s.with_editor(crate::editor::Editor::redo);
    }),
    command("Condition", "Next finding", "F8", |s| {
        s.with_editor(crate::editor::Editor::next_finding);
    }),
    command("Condition", "Copy the condition", "", |s| {
        browser::copy(&s.text.get_untracked());
        s.notice.set(Some("The condition is on the clipboard".to_owned()));
    }),
    command("Condition", "Save the condition alone as a file", "", |s| {
        browser::download("condition.abac", "text/plain", &s.text.get_untracked());
    }),
    command("Simulate", "Import requests", "", |s| s.dialog.set(Some(Dialog::Import))),
    command("Simulate", "Export tests for grantif test", "", documents::export_tests),
    command("Document", "New", "", |s| s.dialog.set(Some(Dialog::Start))),
    command("Document", "Open", "Ctrl O", |s| s.dialog.set(Some(Dialog::Open))),
    command("Document", "Save as a file", "Ctrl S", documents::save),
    command("Document", "Share as a link", "", |s| s.dialog.set(Some(Dialog::Share))),
    command("Show", "Blocks", "", |s| s.show(Shown::Blocks)),
    command("Show", "Text", "", |s| s.show(Shown::Text)),
    command("Show", "Blocks and text", "", |s| s.show(Shown::Both)),
    command("Show", "Meaning", "Alt 1", |s| s.turn_to(Side::Meaning)),
    command("Show", "Simulate", "Alt 2", |s| s.turn_to(Side::Simulate)),
    command("Show", "Deliver", "Alt 3", |s| s.turn_to(Side::Deliver)),
    command("Simulate", "Say the decision", "Ctrl Enter", |s| {
        s.announcement.set(s.answer.get_untracked().reason.clone());
        s.turn_to(Side::Simulate);
    }),
    command("Service", "Connection: service and sign-in", "", |s| {
        s.dialog.set(Some(Dialog::Connection));
    }),
    command("Service", "My roles: activate and deactivate", "", |s| s.deliver(Delivery::MyRoles)),
    command("Service", "Approvals: what waits for me", "", |s| s.deliver(Delivery::Approvals)),
    command("Page", "Light or dark", "", |_| top_bar::turn_theme()),
    command("Page", "All commands", "Ctrl K", |s| s.dialog.set(Some(Dialog::Palette))),
    command("Page", "Keyboard shortcuts", "?", |s| s.dialog.set(Some(Dialog::Shortcuts))),
];

/// Runs the command whose keys are pressed.
pub(crate) fn on_key(session: Session, event: &KeyboardEvent) {
    let Some(keys) = keys(event) else { return };
    // What the text view or a block has taken is done.
    let over =
        session.dialog.get_untracked().is_some() || session.picker.with_untracked(Option::is_some);
    if over || event.default_prevented() {
        return;
    }
    // Where somebody types, a question mark is text, and undoing is the business of the field.
    if is_typing(event) && (keys == "?" || keys.ends_with(" Z")) {
        return;
    }
    if let Some(command) = COMMANDS.iter().find(|command| command.keys == keys) {
        event.prevent_default();
        (command.run)(session);
    }
}

/// Returns the keys in the words of [`Command::keys`]; the command key of a Mac counts as Ctrl.
fn keys(event: &KeyboardEvent) -> Option<String> {
    let key = event.key();
    let mut keys = String::new();
    if event.ctrl_key() || event.meta_key() {
        keys.push_str("Ctrl ");
    }
    if event.alt_key() {
        keys.push_str("Alt ");
    }
    let letter = key.chars().count() == 1 && key.chars().all(char::is_alphanumeric);
    if event.shift_key() && letter {
        keys.push_str("Shift ");
    }
    if key.is_empty() || matches!(key.as_str(), "Control" | "Alt" | "Shift" | "Meta") {
        return None;
    }
    keys.push_str(&if letter { key.to_uppercase() } else { key });
    Some(keys)
}

fn is_typing(event: &KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| {
        element
            .closest("input, textarea, select, [contenteditable=true]")
            .is_ok_and(|found| found.is_some())
    })
}
