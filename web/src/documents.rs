//! Where documents come from and where they go: links, files, and what this browser keeps.

use crate::session::{Session, Side};
use crate::{browser, library};
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;
use workbench::intake::{self, FoundCondition, Taken};
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
        // What was closed before it was in the list comes into it now.
        keep(session);
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

/// Takes what somebody pasted or chose as a file, whatever it is. Where it carries several
/// conditions, they are returned to be chosen from.
pub(crate) fn take_in(
    session: Session,
    name: &str,
    text: &str,
) -> Result<Vec<FoundCondition>, String> {
    let settings = session.settings.get_untracked();
    let taken = intake::take(text, settings.catalog()).map_err(|error| error.to_string())?;
    let words = taken.words();
    match taken {
        Taken::Document(opened) => session.open(opened.document, browser::new_id()),
        Taken::Conditions(found) => match <[FoundCondition; 1]>::try_from(found) {
            Ok([one]) => open_condition(session, name, &one),
            Err(several) => return Ok(several),
        },
        Taken::Requests(requests) => {
            session.requests.update(|all| all.extend(requests));
            session.turn_to(Side::Simulate);
        }
        Taken::Policy(policy) => {
            session.policy.set(Some(policy));
            session.turn_to(Side::Deliver);
        }
    }
    session.tell(words);
    Ok(Vec::new())
}

/// Opens a condition that was found in a text.
pub(crate) fn open_condition(session: Session, name: &str, found: &FoundCondition) {
    let (name, condition) = (name.to_owned(), found.text.clone());
    session.open(Document { name, condition, ..Document::empty() }, browser::new_id());
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
