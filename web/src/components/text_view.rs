//! The condition as text.

use crate::editor::Editor;
use crate::session::Session;
use leptos::html::Div;
use leptos::prelude::*;

/// The place of the text view, and what keeps its colours in step with the session.
#[component]
pub(crate) fn TextView() -> impl IntoView {
    let session = expect_context::<Session>();
    let place = NodeRef::<Div>::new();
    Effect::new(move || {
        if let Some(element) = place.get() {
            let text = session.text.get_untracked();
            session.attach(Editor::new(&element, session, &text));
        }
    });
    Effect::new(move || {
        let analysis = session.analysis.get();
        if place.get().is_some() {
            session.with_editor(|editor| editor.show(&analysis));
        }
    });
    Effect::new(move || {
        let answer = session.answer.get();
        if place.get().is_some() {
            session.with_editor(|editor| editor.show_outcomes(&answer));
        }
    });
    Effect::new(move || {
        session.shown.track();
        session.with_editor(Editor::measure);
    });
    view! { <div class="text-view" node_ref=place></div> }
}
