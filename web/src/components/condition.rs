//! The condition: as blocks, as text, or both.

use crate::components::icon::{Icon, icon};
use crate::components::{
    blocks::Blocks, segmented::Segmented, status_bar::StatusBar, text_view::TextView,
};
use crate::session::{Session, Shown};
use abac_syntax::Layout;
use leptos::prelude::*;

/// The half of the page that holds the condition.
#[component]
pub(crate) fn Condition() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <section class="condition" id="condition" aria-label="Condition" tabindex="-1">
            <header class="pane-header">
                <h2>"Condition"</h2>
                <Segmented
                    label="Show the condition as"
                    options=&Shown::ALL
                    chosen=session.shown
                    choose=move |shown| session.show(shown)
                />
                <span class="space"></span>
                <FormatMenu />
            </header>
            <div class="condition-body" data-shown=move || session.shown.get().name()>
                <Blocks />
                <TextView />
            </div>
            <StatusBar />
        </section>
    }
}

/// The three layouts, each named by what it is for.
#[component]
fn FormatMenu() -> impl IntoView {
    let session = expect_context::<Session>();
    let open = RwSignal::new(false);
    let choose = move |layout| {
        open.set(false);
        session.format(layout);
    };
    view! {
        <div class="menu" on:keydown=move |event| {
            if event.key() == "Escape" {
                open.set(false);
            }
        }>
            <button
                type="button"
                class="quiet"
                aria-haspopup="true"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "Format"
                {icon(Icon::Down)}
            </button>
            <Show when=move || open.get()>
                <div class="menu-items">
                    <button type="button" on:click=move |_| choose(Layout::Portal)>
                        "As the portal does"
                    </button>
                    <button type="button" on:click=move |_| choose(Layout::OneLine)>
                        "On one line"
                    </button>
                    <button type="button" on:click=move |_| choose(Layout::Smallest)>
                        "In the fewest bytes"
                    </button>
                </div>
            </Show>
        </div>
    }
}
