//! A block as text, edited in place.

use crate::session::Session;
use leptos::prelude::*;
use workbench::blocks::{BlockId, Edit};

/// The text of a block: what has no form, or a block whose text somebody wants to edit.
#[component]
pub(crate) fn KeptAsText(
    id: BlockId,
    /// Whether it has no other form.
    kept: bool,
    /// Is called when the text is done with.
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let text = Memo::new(move |_| {
        let board = session.board.get();
        let span = board.block(id).map(|block| block.span);
        span.map(|span| span.of(session.condition.get().text()).to_owned()).unwrap_or_default()
    });
    let typed = RwSignal::new(text.get_untracked());
    Effect::new(move || typed.set(text.get()));
    let accept = move || {
        let now = typed.get_untracked();
        if now != text.get_untracked() {
            session.edit(&Edit::SetText { block: id, text: now });
        }
        done();
    };
    let rows = move || typed.with(|text| text.lines().count().clamp(1, 12)).to_string();
    view! {
        <div class="as-text">
            <textarea
                class="code"
                aria-label="Block as text"
                spellcheck="false"
                rows=rows
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
                on:change=move |_| accept()
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        typed.set(text.get_untracked());
                        done();
                    }
                }
            ></textarea>
            {kept.then(|| view! { <span class="kept-as-text">"kept as text"</span> })}
        </div>
    }
}
