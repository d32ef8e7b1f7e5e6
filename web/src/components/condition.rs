//! The condition: as blocks, as text, or both.

use crate::components::icon::{Icon, icon};
use crate::components::{
    blocks::Blocks, segmented::Segmented, status_bar::StatusBar, text_view::TextView,
};
use crate::picker::{self, Choice, Picker, element_of};
use crate::session::{Session, Shown};
use abac_syntax::Layout;
use leptos::prelude::*;
use workbench::pickers;

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
                <ForRole />
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

/// The role that the condition goes with; it decides which actions the condition can be about.
#[component]
pub(crate) fn ForRole() -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = Memo::new(move |_| {
        let settings = session.settings.get();
        settings.role().map_or_else(|| "any role".to_owned(), |role| role.name().to_owned())
    });
    let pick = move |event: leptos::ev::MouseEvent| {
        let search = move |text: &str| {
            let settings = session.settings.get_untracked();
            let roles = pickers::roles(settings.catalog(), text, picker::MOST);
            let any = Choice::new("", "Any role").note("every action is offered");
            let any = text.trim().is_empty().then_some(any);
            any.into_iter()
                .chain(roles.into_iter().map(|one| Choice::new(one.id, one.name)))
                .collect()
        };
        let choose = move |id: String| session.role.set(Some(id).filter(|id| !id.is_empty()));
        let list =
            Picker::searched("The role that is assigned with this condition", search, choose);
        session.pick(element_of(&event).as_ref(), list);
    };
    view! {
        <button type="button" class="quiet for-role" title="The role that is assigned with this condition" on:click=pick>
            <span class="source">"for"</span>
            <span>{shown}</span>
            {icon(Icon::Down)}
        </button>
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
