//! Requests, and what the condition decides for each.

use crate::components::icon::{Icon, icon};
use crate::session::Session;
use abac_eval::Decision;
use leptos::prelude::*;

/// The list of requests.
#[component]
pub(crate) fn Requests() -> impl IntoView {
    let session = expect_context::<Session>();
    let decided = Memo::new(move |_| {
        let analysis = session.analysis.get();
        session.requests.with(|all| {
            all.iter()
                .map(|(name, request)| {
                    (name.clone(), analysis.program.evaluate(&request.prepare()))
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="requests" aria-label="Requests">
            <h3>"Requests"</h3>
            <ul>
                {move || {
                    decided
                        .with(|all| {
                            all.iter()
                                .enumerate()
                                .map(|(at, (name, decision))| {
                                    let (word, symbol) = match decision {
                                        Decision::Allow => ("allowed", Icon::Allowed),
                                        Decision::Deny => ("denied", Icon::Denied),
                                    };
                                    view! {
                                        <li>
                                            <button
                                                type="button"
                                                aria-pressed=move || (session.current.get() == at).to_string()
                                                on:click=move |_| session.current.set(at)
                                            >
                                                <span>{name.clone()}</span>
                                                <span class="verdict" data-decision=word>
                                                    {icon(symbol)}
                                                    {word}
                                                </span>
                                            </button>
                                        </li>
                                    }
                                })
                                .collect_view()
                        })
                }}
            </ul>
        </section>
    }
}
