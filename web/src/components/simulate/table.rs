//! The table of requests. Only the rows in sight are in the page, so that ten thousand are no
//! slower than ten.

use crate::components::icon::{Icon, icon};
use crate::components::verdict::verdict;
use crate::documents;
use crate::session::{Dialog, Session, Side};
use abac_eval::{AccessRequest, Decision};
use leptos::html::Div;
use leptos::prelude::*;
use workbench::{NamedRequest, simulate};

/// How high a row is, in pixels; the style sheet says the same.
const ROW: usize = 40;

/// How many rows are drawn: those in sight, and some around them for scrolling.
const DRAWN: usize = 24;

/// The table.
#[component]
pub(crate) fn RequestTable() -> impl IntoView {
    let session = expect_context::<Session>();
    let count = Memo::new(move |_| session.requests.with(Vec::len));
    let wrong = Memo::new(move |_| {
        session.rows.get().iter().filter(|row| row.mismatch == Some(true)).count()
    });
    let place = NodeRef::<Div>::new();
    let first = RwSignal::new(0_usize);
    let scrolled = move |_| {
        let top = place.get().map_or(0, |place| place.scroll_top());
        let row = usize::try_from(top).unwrap_or_default() / ROW;
        // In steps, so that scrolling by a little draws nothing.
        first.set(row.saturating_sub(4) / 4 * 4);
    };
    let drawn = Memo::new(move |_| {
        let first = first.get().min(count.get().saturating_sub(1));
        (first..count.get().min(first + DRAWN)).collect::<Vec<_>>()
    });
    view! {
        <section class="requests" aria-label="Requests">
            <header class="section-header">
                <h3>{move || format!("Requests ({})", count.get())}</h3>
                <span class="wrong" role="status" class:none=move || wrong.get() == 0>
                    {icon(Icon::Warning)}
                    {move || match wrong.get() {
                        0 => String::new(),
                        1 => "1 is not as expected".to_owned(),
                        wrong => format!("{wrong} are not as expected"),
                    }}
                </span>
                <span class="space"></span>
                <button type="button" class="quiet" on:click=move |_| add(session)>
                    {icon(Icon::Add)}
                    "Add"
                </button>
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| session.dialog.set(Some(Dialog::Import))
                >
                    {icon(Icon::Open)}
                    "Import"
                </button>
                <button
                    type="button"
                    class="quiet"
                    title="A file for grantif test"
                    on:click=move |_| documents::export_tests(session)
                >
                    {icon(Icon::Save)}
                    "Export tests"
                </button>
            </header>
            <Show
                when=move || 0 < count.get()
                fallback=|| {
                    view! {
                        <p class="empty">
                            "A request is somebody doing something. Add one, and see whether the condition lets it pass."
                        </p>
                    }
                }
            >
                <div class="request-rows" node_ref=place on:scroll=scrolled tabindex="-1">
                    <ul style:height=move || format!("{}px", count.get() * ROW)>
                        <For each=move || drawn.get() key=|at| *at let:at>
                            {row(session, at)}
                        </For>
                    </ul>
                </div>
            </Show>
        </section>
    }
}

/// Adds a request like the current one, or for an action that the condition is about.
pub(crate) fn add(session: Session) {
    let at = session.current.get_untracked();
    let (condition, settings) =
        (session.condition.get_untracked(), session.settings.get_untracked());
    session.requests.update(|all| {
        let like = all.get(at).map(|one| one.request.clone());
        let request = like.unwrap_or_else(|| {
            let first = simulate::actions(&condition, settings.catalog()).into_iter().next();
            let action = first.map(|one| one.action).unwrap_or_default();
            AccessRequest::new(action)
        });
        let name = format!("Request {}", all.len() + 1);
        all.push(NamedRequest { name, request, expect: None });
        session.current.set(all.len() - 1);
    });
    session.turn_to(Side::Simulate);
}

fn row(session: Session, at: usize) -> impl IntoView {
    let name = Memo::new(move |_| {
        session.requests.with(|all| all.get(at).map(|one| one.name.clone()).unwrap_or_default())
    });
    let decided = Memo::new(move |_| session.rows.get().get(at).copied());
    let expect =
        Memo::new(move |_| session.requests.with(|all| all.get(at).and_then(|one| one.expect)));
    let turn = move |_| {
        session.requests.update(|all| {
            if let Some(one) = all.get_mut(at) {
                one.expect = match one.expect {
                    None => session.rows.get_untracked().get(at).map(|row| row.decision),
                    Some(_) => None,
                };
            }
        });
    };
    let remove = move |_| {
        session.requests.update(|all| {
            if at < all.len() {
                all.remove(at);
            }
        });
        session.current.update(|current| *current -= usize::from(*current > at));
    };
    view! {
        <li
            style:top=format!("{}px", at * ROW)
            aria-current=move || (session.current.get() == at).then_some("true")
            class:wrong=move || decided.get().is_some_and(|row| row.mismatch == Some(true))
        >
            <button type="button" class="request-name" on:click=move |_| session.current.set(at)>
                <span>{name}</span>
                {move || decided.get().map(|row| verdict(row.decision))}
            </button>
            <button
                type="button"
                class="quiet pin"
                aria-pressed=move || expect.get().is_some().to_string()
                aria-label=move || match expect.get() {
                    None => format!("Expect this decision for {}", name.get()),
                    Some(expect) => format!("{}: {} is expected", name.get(), word(expect)),
                }
                title=move || match expect.get() {
                    None => "Expect this decision: a change of it is then marked",
                    Some(Decision::Allow) => "Allowed is expected",
                    Some(Decision::Deny) => "Denied is expected",
                }
                on:click=turn
            >
                {icon(Icon::Pin)}
            </button>
            <button
                type="button"
                class="quiet"
                aria-label=move || format!("Remove {}", name.get())
                on:click=remove
            >
                {icon(Icon::Close)}
            </button>
        </li>
    }
}

const fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allow => "allowed",
        Decision::Deny => "denied",
    }
}
