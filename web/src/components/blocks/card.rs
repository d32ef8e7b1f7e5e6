//! A card: the actions it is about, and what must hold for them.

use crate::components::blocks::drag::Drag;
use crate::components::blocks::edit::element_id;
use crate::components::blocks::group::Body;
use crate::components::blocks::{choose, menu};
use crate::components::icon::{Icon, icon};
use crate::components::truth::truth;
use crate::picker::element_of;
use crate::session::Session;
use leptos::prelude::*;
use workbench::blocks::{BlockId, Edit};

/// One card.
#[component]
pub(crate) fn Card(id: BlockId) -> impl IntoView {
    let session = expect_context::<Session>();
    let drag = expect_context::<Drag>();
    let actions = Memo::new(move |_| {
        let board = session.board.get();
        let card = board.card(id);
        card.map(|card| card.actions.iter().map(shown).collect::<Vec<_>>()).unwrap_or_default()
    });
    let state = Memo::new(move |_| {
        session.board.get().card(id).map(|card| card.state.clone()).unwrap_or_default()
    });
    let never =
        Memo::new(move |_| session.board.get().card(id).is_some_and(|card| card.is_never()));
    let always = move || actions.with(Vec::is_empty);
    let is_active = move || session.active.get() == Some(id);
    let label = move || {
        let names = actions
            .with(|all| all.iter().map(|one| one.0.clone()).collect::<Vec<_>>().join(" or "));
        if names.is_empty() { "Always".to_owned() } else { format!("When someone: {names}") }
    };
    view! {
        <article
            class="card"
            id=element_id(id)
            data-block=id.number()
            data-drop=move || drag.mark(id)
            tabindex="0"
            aria-label=label
            class:active=is_active
            on:focusin=move |event| {
                if event.target() == event.current_target() {
                    session.select_block(id);
                }
            }
            on:dragover=move |event| drag.over(session, id, &event)
            on:drop=move |event| drag.drop(session, &event)
        >
            <header class="card-header">
                {drag.grip(id)}
                {move || truth(&state.get())}
                <Show when=move || !always() fallback=|| view! { <span>"Always"</span> }>
                    <span>"When someone"</span>
                </Show>
                <ul class="chips">
                    {move || {
                        let all = actions.get();
                        let several = all.len() > 1;
                        all.into_iter()
                            .enumerate()
                            .map(|(index, (words, pattern))| action(id, index, words, pattern, several))
                            .collect_view()
                    }}
                </ul>
                <Show when=move || !always()>
                    <button
                        type="button"
                        class="quiet small"
                        aria-label="Add an action to this card"
                        on:click=move |event| choose::action(session, id, element_of(&event).as_ref())
                    >
                        {icon(Icon::Add)}
                        "action"
                    </button>
                </Show>
                <span class="space"></span>
                <button
                    type="button"
                    class="quiet small"
                    aria-label="More for this card"
                    on:click=move |event| menu::card(session, id, element_of(&event).as_ref())
                >
                    {icon(Icon::More)}
                </button>
            </header>
            <Body
                owner=id
                lead=move || {
                    if never.get() { "never, until something is added that must hold" } else { "only if" }
                }
            />
        </article>
    }
}

/// Returns an action in words, and as the condition writes it.
fn shown(action: &workbench::blocks::CardAction) -> (String, String) {
    let mut pattern = action.pattern.clone();
    for (name, excluded) in &action.suboperations {
        pattern.push_str(if *excluded { ", but not " } else { ", only " });
        pattern.push_str(name);
    }
    (action.words.clone(), pattern)
}

fn action(
    card: BlockId,
    index: usize,
    words: String,
    pattern: String,
    several: bool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let label = format!("Remove {words}");
    view! {
        <li class="chip action" title=pattern>
            <span>{words}</span>
            {several
                .then(|| {
                    let remove = move |_| session.edit(&Edit::RemoveAction { card, index });
                    view! {
                        <button type="button" aria-label=label on:click=remove>
                            {icon(Icon::Close)}
                        </button>
                    }
                })}
        </li>
    }
}
