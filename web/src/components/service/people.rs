//! Where something is only shown to those who are signed in.

use crate::session::{Dialog, Session};
use leptos::prelude::*;

/// Shows its content to whoever is signed in, and the way there to others.
#[component]
pub(crate) fn SignedIn(
    /// What one must be signed in for.
    what: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let signed_in = Memo::new(move |_| session.service.account.with(Option::is_some));
    view! {
        <Show
            when=move || signed_in.get()
            fallback=move || {
                view! {
                    <div class="sign-in-first">
                        <p>{what}</p>
                        <button
                            type="button"
                            class="primary"
                            on:click=move |_| session.dialog.set(Some(Dialog::Connection))
                        >
                            "Sign in"
                        </button>
                    </div>
                }
            }
        >
            {children()}
        </Show>
    }
}
