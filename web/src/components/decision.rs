//! The answer for the current request.

use crate::components::icon::{Icon, icon};
use crate::session::Session;
use abac_eval::Decision as Outcome;
use leptos::prelude::*;

/// Allowed or denied, for which request, and why.
#[component]
pub(crate) fn Decision() -> impl IntoView {
    let session = expect_context::<Session>();
    let decision = Memo::new(move |_| session.answer.get().decision);
    let reason = Memo::new(move |_| session.answer.get().reason.clone());
    let request = Memo::new(move |_| {
        session.requests.with(|all| all.get(session.current.get()).map(|one| one.name.clone()))
    });
    let word = move || if decision.get() == Outcome::Allow { "Allowed" } else { "Denied" };
    view! {
        <section class="decision" data-decision=move || word() aria-label="Decision">
            <div class="decision-word">
                {move || match decision.get() {
                    Outcome::Allow => icon(Icon::Allowed),
                    Outcome::Deny => icon(Icon::Denied),
                }}
                <strong role="status">{word}</strong>
            </div>
            <div class="decision-what">{move || request.get()}</div>
            <p class="decision-why">{move || because(&reason.get())}</p>
        </section>
    }
}

/// Takes the decision, which stands above it, off the sentence.
fn because(reason: &str) -> String {
    let rest = reason.split_once(", ").map_or(reason, |(_, rest)| rest);
    let mut letters = rest.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
