//! Requests, and what the condition decides for each.

use crate::components::icon::{Icon, icon};
use crate::session::Session;
use abac_eval::Decision;
use leptos::prelude::*;

/// The list of requests.
#[component]
pub(crate) fn Requests() -> impl IntoView {
    let session = expect_context::<Session>();
    let names = Memo::new(move |_| {
        session.requests.with(|all| all.iter().map(|one| one.name.clone()).collect::<Vec<_>>())
    });
    view! {
        <section class="requests" aria-label="Requests">
            <h3>"Requests"</h3>
            <ul>
                {move || {
                    names
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(at, name)| {
                            let decision = Memo::new(move |_| {
                                session.rows.get().get(at).map(|row| row.decision)
                            });
                            view! {
                                <li>
                                    <button
                                        type="button"
                                        aria-pressed=move || (session.current.get() == at).to_string()
                                        on:click=move |_| session.current.set(at)
                                    >
                                        <span>{name}</span>
                                        {move || decision.get().map(verdict)}
                                    </button>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </section>
    }
}

/// A decision in a word, with its sign.
pub(crate) fn verdict(decision: Decision) -> impl IntoView {
    let (word, symbol) = match decision {
        Decision::Allow => ("allowed", Icon::Allowed),
        Decision::Deny => ("denied", Icon::Denied),
    };
    view! {
        <span class="verdict" data-decision=word>
            {icon(symbol)}
            {word}
        </span>
    }
}
