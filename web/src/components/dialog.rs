//! A dialog over the page: the browser keeps the focus in it, and closes it on Escape.

use crate::session::{Dialog, Session};
use leptos::html;
use leptos::prelude::*;

/// Shows its content while the session says so.
#[component]
pub(crate) fn Modal(
    /// Which dialog it is.
    which: Dialog,
    /// Its name, for a screen reader.
    label: &'static str,
    /// What is in it, made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let element = NodeRef::<html::Dialog>::new();
    let open = Memo::new(move |_| session.dialog.get() == Some(which));
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        if open.get() && !element.open() {
            leptos::task::spawn_local(async move {
                // Once its content is there, of which the browser focuses what asks for it.
                leptos::task::tick().await;
                // It is in the page, and not open: the only two reasons for the browser to refuse.
                let _ = element.show_modal();
            });
        } else if !open.get() && element.open() {
            element.close();
        }
    });
    let close = move || {
        if open.get_untracked() {
            session.dialog.set(None);
        }
    };
    view! {
        <dialog
            node_ref=element
            aria-label=label
            on:close=move |_| close()
            on:click=move |event| {
                // What lies around the content belongs to the dialog itself.
                if event.target() == event.current_target() {
                    close();
                }
            }
        >
            <Show when=move || open.get()>{children()}</Show>
        </dialog>
    }
}
