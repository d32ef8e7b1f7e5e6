//! What a first visit is told; it goes away for good when closed.

use crate::browser;
use crate::components::icon::{Icon, icon};
use crate::session::{Dialog, Session};
use leptos::prelude::*;

/// The strip above the page.
#[component]
pub(crate) fn Strip() -> impl IntoView {
    let session = expect_context::<Session>();
    let there = RwSignal::new(browser::recall("strip").is_none());
    let close = move |_| {
        browser::remember("strip", "closed");
        there.set(false);
    };
    view! {
        <div class="strip-place">
            <Show when=move || there.get()>
                <aside class="strip" aria-label="First steps">
                    <p>
                        "This is a condition that lets a delegate assign four roles of a container "
                        "registry and nothing else. Change it, or start: "
                        <button type="button" on:click=move |_| session.dialog.set(Some(Dialog::Start))>
                            "from a template"
                        </button> " · "
                        <button type="button" on:click=move |_| session.dialog.set(Some(Dialog::Open))>
                            "from text, Bicep or Terraform"
                        </button> " · "
                        <button type="button" on:click=move |_| {
                            session.open(workbench::Document::empty(), browser::new_id());
                        }>"empty"</button>
                    </p>
                    <button type="button" class="quiet" aria-label="Close for good" on:click=close>
                        {icon(Icon::Close)}
                    </button>
                </aside>
            </Show>
        </div>
    }
}
