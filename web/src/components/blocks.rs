//! The condition as blocks: cards of "when someone …, only if …", with lines and groups in them.

mod card;
mod choose;
mod drag;
mod edit;
mod group;
mod keys;
mod line;
mod menu;
mod text;
mod values;

use crate::components::blocks::card::Card;
use crate::components::blocks::drag::Drag;
use crate::components::icon::{Icon, icon};
use crate::components::template::TemplateStrip;
use crate::picker::element_of;
use crate::session::Session;
use leptos::prelude::*;

/// The blocks, and the button for another card.
#[component]
pub(crate) fn Blocks() -> impl IntoView {
    let session = expect_context::<Session>();
    provide_context(Drag::new());
    let cards = Memo::new(move |_| {
        session.board.get().cards.iter().map(|card| card.id).collect::<Vec<_>>()
    });
    view! {
        <div
            class="blocks"
            role="region"
            aria-label="Condition as blocks"
            on:keydown=move |event| {
                keys::on_key(session, &event);
            }
        >
            <TemplateStrip />
            <Show when=move || cards.with(Vec::is_empty)>
                <p class="empty">
                    "A condition limits what a role lets somebody do. Choose what it is about, then what must hold."
                </p>
            </Show>
            <For each=move || cards.get() key=|id| *id let:id>
                <Card id=id />
            </For>
            <button
                type="button"
                class="quiet add-card"
                on:click=move |event| choose::card(session, element_of(&event).as_ref())
            >
                {icon(Icon::Add)}
                {move || if cards.with(Vec::is_empty) { "Choose an action" } else { "Another action" }}
            </button>
        </div>
    }
}
