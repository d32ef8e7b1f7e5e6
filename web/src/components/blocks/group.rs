//! Blocks that are joined: in a card, or in a group of their own.

use crate::components::blocks::choose;
use crate::components::blocks::drag::Drag;
use crate::components::blocks::edit::{body_of, element_id};
use crate::components::blocks::line::LineForm;
use crate::components::blocks::menu;
use crate::components::blocks::text::KeptAsText;
use crate::components::icon::{Icon, icon};
use crate::components::truth::truth;
use crate::picker::element_of;
use crate::session::Session;
use leptos::prelude::*;
use workbench::blocks::{BlockId, BlockKind, Edit, Join};

/// The kinds of blocks, by which they are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Line,
    Group,
    Text,
    /// It was removed, and is about to go.
    Gone,
}

/// The blocks of a card or group, how they are joined, and what adds another.
#[component]
pub(crate) fn Body(
    owner: BlockId,
    /// What is read before the blocks.
    #[prop(optional, into)]
    lead: Signal<&'static str>,
) -> AnyView {
    let session = expect_context::<Session>();
    let blocks = Memo::new(move |_| {
        let board = session.board.get();
        let body = body_of(&board, owner);
        body.map(|body| body.blocks.iter().map(|one| one.id).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let join = Memo::new(move |_| {
        body_of(&session.board.get(), owner).map_or(Join::All, |body| body.join)
    });
    let several = move || blocks.with(|blocks| blocks.len() > 1);
    let turn =
        move |_| session.edit(&Edit::SetJoin { block: owner, join: join.get_untracked().other() });
    view! {
        <div class="body" data-join=move || if join.get() == Join::All { "all" } else { "any" }>
            <div class="body-lead">
                <span>{lead}</span>
                <Show when=several>
                <button
                    type="button"
                    class="quiet small join"
                    title="All of these must hold, or any of them"
                    on:click=turn
                >
                    {move || if join.get() == Join::All { "all of" } else { "any of" }}
                </button>
                </Show>
            </div>
            <div class="body-blocks">
                <For each=move || blocks.get() key=|id| *id let:id>
                    <OneBlock id=id />
                </For>
            </div>
            <div class="body-add">
                <Show
                    when=several
                    fallback=move || {
                        let is_empty = move || blocks.with(Vec::is_empty);
                        view! {
                            {move || add(owner, Join::All, if is_empty() { "what must hold" } else { "and" })}
                            {move || (!is_empty()).then(|| add(owner, Join::Any, "or"))}
                        }
                    }
                >
                    {move || add(owner, join.get(), if join.get() == Join::All { "and" } else { "or" })}
                </Show>
            </div>
        </div>
    }
    .into_any()
}

fn add(owner: BlockId, join: Join, words: &'static str) -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <button
            type="button"
            class="quiet small"
            on:click=move |event| choose::line(session, owner, join, element_of(&event).as_ref())
        >
            {icon(Icon::Add)}
            {words}
        </button>
    }
}

/// One block, as what it is.
#[component]
fn OneBlock(id: BlockId) -> impl IntoView {
    let session = expect_context::<Session>();
    let drag = expect_context::<Drag>();
    let kind = Memo::new(move |_| {
        session.board.get().block(id).map_or(Kind::Gone, |block| match block.kind {
            BlockKind::Line(_) => Kind::Line,
            BlockKind::Group(_) => Kind::Group,
            BlockKind::Text(_) => Kind::Text,
        })
    });
    let negated =
        Memo::new(move |_| session.board.get().block(id).is_some_and(|block| block.negated));
    let state = Memo::new(move |_| {
        session.board.get().block(id).map(|block| block.state.clone()).unwrap_or_default()
    });
    let as_text = RwSignal::new(false);
    view! {
        <div
            class="block"
            id=element_id(id)
            data-block=id.number()
            data-kind=move || format!("{:?}", kind.get()).to_lowercase()
            data-drop=move || drag.mark(id)
            role="group"
            tabindex="0"
            aria-label=move || session.board.get().block(id).map(name).unwrap_or_default()
            class:active=move || session.active.get() == Some(id)
            on:focusin=move |event| {
                if event.target() == event.current_target() {
                    session.select_block(id);
                }
            }
            on:dragover=move |event| drag.over(session, id, &event)
            on:drop=move |event| drag.drop(session, &event)
        >
            {drag.grip(id)}
            {move || truth(&state.get())}
            <Show when=move || negated.get()>
                <button
                    type="button"
                    class="quiet small not"
                    title="Not: press to take it away"
                    on:click=move |_| session.edit(&Edit::Negate(id))
                >
                    "not"
                </button>
            </Show>
            {move || match (kind.get(), as_text.get()) {
                (Kind::Line, false) => view! { <LineForm id=id /> }.into_any(),
                (Kind::Group, false) => view! { <Body owner=id /> }.into_any(),
                (Kind::Gone, _) => ().into_any(),
                (kind, _) => {
                    let kept = kind == Kind::Text;
                    view! { <KeptAsText id=id kept=kept done=move || as_text.set(false) /> }.into_any()
                }
            }}
            <button
                type="button"
                class="quiet small more"
                aria-label="More for this block"
                on:click=move |event| {
                    menu::block(session, id, as_text, element_of(&event).as_ref());
                }
            >
                {icon(Icon::More)}
            </button>
        </div>
    }
}

/// Returns what a screen reader says for a block.
fn name(block: &workbench::blocks::Block) -> String {
    let not = if block.negated { "not: " } else { "" };
    match &block.kind {
        BlockKind::Line(line) => {
            let named = line.values.iter().map(|one| one.name.as_ref().unwrap_or(&one.text));
            let values = named.map(String::as_str).collect::<Vec<_>>().join(", ");
            let other = line.other.as_ref().map(|one| one.name.as_str()).unwrap_or_default();
            format!("{not}{} {} {values}{other}", line.attribute.name, line.words)
        }
        BlockKind::Group(body) => {
            let join = if body.join == Join::All { "all" } else { "any" };
            format!("{not}group, {join} of {}", body.blocks.len())
        }
        BlockKind::Text(_) => format!("{not}kept as text"),
    }
}
