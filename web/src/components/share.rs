//! Sharing: the whole document in a link, which no server sees.

use crate::components::dialog::Modal;
use crate::components::icon::{Icon, icon};
use crate::session::{Dialog, Session};
use crate::{browser, documents};
use leptos::prelude::*;
use workbench::share;

/// The link, or why there is none, in a dialog.
#[component]
pub(crate) fn Share() -> impl IntoView {
    view! {
        <Modal which=Dialog::Share label="Share">
            <Link />
        </Modal>
    }
}

#[component]
fn Link() -> impl IntoView {
    let session = expect_context::<Session>();
    let link = share::link(&untrack(move || session.document()));
    let file = view! {
        <button type="button" on:click=move |_| documents::save(session)>
            {icon(Icon::Save)}
            "Save as a file"
        </button>
    };
    let way = match link {
        Ok(fragment) => {
            let link = format!("{}#{fragment}", browser::address());
            let length = link.chars().count();
            let copied = link.clone();
            let copy = move |_| {
                browser::copy(&copied);
                session.dialog.set(None);
                session.tell("The link is on the clipboard");
            };
            view! {
                <label class="field">
                    <span>"The whole document is in the link, behind the #: no server sees it."</span>
                    <input readonly autofocus class="code" prop:value=link />
                </label>
                <div class="row">
                    <button type="button" class="primary" on:click=copy>
                        {icon(Icon::Copy)}
                        "Copy the link"
                    </button>
                    {file}
                    <span class="space"></span>
                    <small>{format!("{length} characters")}</small>
                </div>
            }
            .into_any()
        }
        Err(error) => view! {
            <p class="problem" role="alert">
                {format!("There is no link: {error}.")}
            </p>
            <div class="row">{file}</div>
        }
        .into_any(),
    };
    view! {
        <div class="sheet">
            <h2>"Share"</h2>
            {way}
        </div>
    }
}
