//! The bar over the page.

use crate::browser;
use crate::components::icon::{Icon, icon};
use crate::components::service::account::AccountButton;
use crate::session::{Dialog, Session};
use leptos::prelude::*;

/// Name of the document, and what can be done with it.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <header class="top-bar">
            <h1 class="brand">
                <img src="icon.svg" alt="" width="20" height="20" />
                <span>"grantif"</span>
            </h1>
            <input
                class="document-name"
                aria-label="Name of the document"
                prop:value=session.name
                on:input=move |event| session.name.set(event_target_value(&event))
            />
            <span class="space"></span>
            {[
                ("New", Icon::New, Dialog::Start),
                ("Open", Icon::Open, Dialog::Open),
                ("Share", Icon::Share, Dialog::Share),
            ]
                .map(|(name, symbol, dialog)| {
                    view! {
                        <button
                            type="button"
                            class="quiet"
                            on:click=move |_| session.dialog.set(Some(dialog))
                        >
                            {icon(symbol)}
                            <span class="wide-only">{name}</span>
                        </button>
                    }
                })
                .collect_view()}
            <button
                type="button"
                class="quiet"
                on:click=move |_| session.dialog.set(Some(Dialog::Palette))
            >
                {icon(Icon::Command)}
                <span class="wide-only">"Commands"</span>
                <kbd class="wide-only">"Ctrl K"</kbd>
            </button>
            <AccountButton />
            <button
                type="button"
                class="quiet"
                aria-label="Light or dark"
                title="Light or dark"
                on:click=move |_| turn_theme()
            >
                {icon(Icon::Theme)}
            </button>
        </header>
    }
}

/// Turns from the theme that is shown to the other one, and remembers it.
pub(crate) fn turn_theme() {
    let dark = match browser::recall("theme").as_deref() {
        Some("dark") => true,
        Some(_) => false,
        None => browser::prefers_dark(),
    };
    let theme = if dark { "light" } else { "dark" };
    browser::remember("theme", theme);
    browser::mark_page("data-theme", Some(theme));
}
