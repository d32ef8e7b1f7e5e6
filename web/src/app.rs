//! Lays out the page.

use crate::browser;
use crate::command;
use crate::components::{
    condition::Condition, open::OpenDocument, palette::Palette, picker::PickerList,
    service::connection::Connection, share::Share, shortcuts::Shortcuts, side::Beside,
    simulate::ImportRequests, split::Split, start::Start, strip::Strip, top_bar::TopBar,
};
use crate::documents;
use crate::session::Session;
use leptos::ev;
use leptos::prelude::*;

/// The whole page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let session = Session::new(documents::first());
    provide_context(session);
    documents::follow(session);
    leptos::task::spawn_local(session.service.resume());
    if let Some(theme) = browser::recall("theme") {
        browser::mark_page("data-theme", Some(&theme));
    }
    let keys = window_event_listener(ev::keydown, move |event| command::on_key(session, &event));
    on_cleanup(move || keys.remove());
    Effect::new(move || {
        if session.notice.get().is_some() {
            let forget = move || session.notice.set(None);
            set_timeout(forget, std::time::Duration::from_secs(6));
        }
    });
    let front = move || if session.condition_in_front.get() { "condition" } else { "side" };
    view! {
        <a class="skip" href="#condition">"Skip to the condition"</a>
        <TopBar />
        <Strip />
        <main class="halves" data-front=front>
            <Condition />
            <Split />
            <Beside />
        </main>
        <nav class="bottom-tabs" aria-label="Halves of the page">
            <button
                aria-pressed=move || session.condition_in_front.get().to_string()
                on:click=move |_| session.condition_in_front.set(true)
            >
                "Condition"
            </button>
            {crate::session::Side::ALL
                .map(|(side, name)| {
                    let pressed = move || {
                        !session.condition_in_front.get() && session.side.get() == side
                    };
                    view! {
                        <button
                            aria-pressed=move || pressed().to_string()
                            on:click=move |_| session.turn_to(side)
                        >
                            {name}
                        </button>
                    }
                })
                .collect_view()}
        </nav>
        <PickerList />
        <Palette />
        <Start />
        <OpenDocument />
        <Share />
        <ImportRequests />
        <Connection />
        <Shortcuts />
        <div class="notice" role="status" class:shown=move || session.notice.get().is_some()>
            {move || session.notice.get()}
        </div>
        <div class="spoken" aria-live="polite">
            {move || session.announcement.get()}
        </div>
    }
}
