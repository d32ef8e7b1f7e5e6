//! What stands beside the condition: its meaning, its decisions, its delivery.

use crate::components::{
    decision::Decision, deliver::Deliver, findings::Findings, meaning::Meaning, simulate::Simulate,
};
use crate::session::{Session, Side};
use leptos::prelude::*;

/// The half of the page beside the condition.
#[component]
pub(crate) fn Beside() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <section class="side" aria-label="What the condition does">
            <header class="pane-header">
                <div class="tabs" role="tablist" aria-label="Views of the condition">
                    {Side::ALL
                        .map(|(side, name)| {
                            let chosen = move || session.side.get() == side;
                            view! {
                                <button
                                    type="button"
                                    role="tab"
                                    id=format!("tab-{name}")
                                    aria-controls="side-panel"
                                    aria-selected=move || chosen().to_string()
                                    tabindex=move || if chosen() { "0" } else { "-1" }
                                    on:click=move |_| session.turn_to(side)
                                    on:keydown=move |event| walk(session, &event)
                                >
                                    {name}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </header>
            <div
                class="panel"
                id="side-panel"
                role="tabpanel"
                tabindex="0"
                aria-labelledby=move || format!("tab-{:?}", session.side.get())
            >
                <Decision />
                {move || match session.side.get() {
                    Side::Meaning => {
                        view! {
                            <Meaning />
                            <Findings />
                        }
                            .into_any()
                    }
                    Side::Simulate => view! { <Simulate /> }.into_any(),
                    Side::Deliver => view! { <Deliver /> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// Moves between the tabs with the arrow keys.
fn walk(session: Session, event: &web_sys::KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowRight" => 1,
        "ArrowLeft" => Side::ALL.len() - 1,
        _ => return,
    };
    event.prevent_default();
    let now = session.side.get_untracked();
    let at = Side::ALL.iter().position(|(side, _)| *side == now).unwrap_or_default();
    if let Some((side, name)) = Side::ALL.get((at + step) % Side::ALL.len()) {
        session.turn_to(*side);
        crate::browser::focus(&format!("tab-{name}"));
    }
}
