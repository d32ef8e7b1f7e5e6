//! The condition as text.

use crate::editor::Editor;
use crate::session::Session;
use leptos::html::Div;
use leptos::prelude::*;
use std::sync::Arc;
use workbench::Analysis;

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
    // What changes with every keystroke is shown as one step: each step costs the view a measure.
    Effect::new(move |earlier: Option<Arc<Analysis>>| {
        let (analysis, answer) = (session.analysis.get(), session.answer.get());
        if place.get().is_some() {
            let is_read = earlier.is_some_and(|earlier| Arc::ptr_eq(&earlier, &analysis));
            session.with_editor(|editor| {
                if is_read {
                    editor.show_outcomes(&answer);
                } else {
                    editor.show(&analysis, &answer);
                }
            });
        }
        analysis
    });
    Effect::new(move || {
        session.shown.track();
        session.with_editor(Editor::measure);
    });
    view! { <div class="text-view" node_ref=place></div> }
}
