//! Where documents come from and where they go: links, files, and what this browser keeps.

use crate::session::Session;
use crate::{browser, library};
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;
use workbench::{Document, share, simulate};

/// How long nothing has to change before the document is kept.
const PAUSE: Duration = Duration::from_millis(600);

/// Returns the document that the page opens with: what was last worked on, or the example.
pub(crate) fn first() -> Document {
    let kept = browser::recall("current").and_then(|json| Document::from_json(&json).ok());
    kept.map_or_else(Document::example, |opened| opened.document)
}

/// Opens what the address holds, now and whenever it changes, and keeps the document as it changes.
pub(crate) fn follow(session: Session) {
    if let Some(id) = browser::recall("current-id") {
        session.id.set(id);
    }
    open_link(session);
    let listener = window_event_listener(ev::hashchange, move |_| open_link(session));
    on_cleanup(move || listener.remove());

    let waiting = StoredValue::new_local(None::<TimeoutHandle>);
    Effect::new(move |earlier: Option<()>| {
        session.name.track();
        session.text.track();
        session.role.track();
        session.requests.track();
        session.delivery.track();
        session.policy.track();
        // What was only opened is not kept yet.
        if earlier.is_none() {
            return;
        }
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        waiting.set_value(set_timeout_with_handle(move || keep(session), PAUSE).ok());
    });
}

fn keep(session: Session) {
    let document = untrack(move || session.document());
    let (id, json) = (session.id.get_untracked(), document.to_json());
    browser::remember("current", &json);
    browser::remember("current-id", &id);
    leptos::task::spawn_local(async move { library::keep(&id, &document.name, &json).await });
}

/// Opens the document of a link. A link only shows: it never submits anything.
fn open_link(session: Session) {
    let fragment = browser::fragment();
    if fragment.is_empty() {
        return;
    }
    match share::open(&fragment) {
        Ok(opened) => {
            session.open(opened.document, browser::new_id());
            browser::drop_fragment();
            if let Some(note) = opened.notes.first() {
                session.tell(note.clone());
            }
        }
        Err(share::ShareError::NoDocument) => {}
        Err(error) => {
            browser::drop_fragment();
            session.tell(format!("The link was not opened: {error}"));
        }
    }
}

/// Opens what somebody pasted or chose as a file: a document, or a text that holds a condition.
pub(crate) fn take_in(session: Session, name: &str, text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("There is nothing to open yet".to_owned());
    }
    let looks_like_document = text.trim_start().starts_with('{') && text.contains("\"grantif\"");
    let document = if looks_like_document {
        Document::from_json(text).map_err(|error| error.to_string())?.document
    } else {
        Document { name: name.to_owned(), condition: text.to_owned(), ..Document::empty() }
    };
    session.open(document, browser::new_id());
    Ok(())
}

/// Gives the whole document to the person as a file.
pub(crate) fn save(session: Session) {
    let document = untrack(move || session.document());
    let name = format!("{}.grantif.json", file_name(&document.name));
    browser::download(&name, "application/json", &document.to_json());
}

/// Gives the requests to the person as a file for `grantif test`.
pub(crate) fn export_tests(session: Session) {
    let condition = session.condition.get_untracked();
    let file = session.requests.with_untracked(|all| simulate::export(&condition, all));
    match file {
        Some(file) => {
            let name = session.name.with_untracked(|name| file_name(name));
            browser::download(&format!("{name}.test.toml"), "application/toml", &file);
        }
        None => session.tell("Add a request first: a test file has at least one"),
    }
}

/// Makes a file's name out of a document's.
pub(crate) fn file_name(name: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() { letter } else { '-' };
    let name: String = name.trim().to_lowercase().chars().map(plain).take(60).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "condition".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_named_after_its_document() {
        assert_eq!(file_name("ACR delegation"), "acr-delegation");
        assert_eq!(file_name(" ../.. "), "condition");
    }
}
