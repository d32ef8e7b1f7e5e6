//! Which service is chosen and who is signed in, in the bar over the page.

use crate::components::icon::{Icon, icon};
use crate::session::{Dialog, Session};
use leptos::prelude::*;

/// Opens the connection.
#[component]
pub(crate) fn AccountButton() -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let name = move || service.account.get().map(|account| account.name);
    view! {
        <button
            type="button"
            class="quiet account-button"
            class:signed-in=move || service.account.with(Option::is_some)
            title="Which service requests are sent to, and as whom"
            on:click=move |_| session.dialog.set(Some(Dialog::Connection))
        >
            {icon(Icon::Account)}
            <span class="wide-only account-words">
                <span>{move || service.place.get().title()}</span>
                <small>{move || name().unwrap_or_else(|| "not signed in".to_owned())}</small>
            </span>
        </button>
    }
}
