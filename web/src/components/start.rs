//! Starting anew: empty, from a template, from text.

use crate::browser;
use crate::components::dialog::Modal;
use crate::components::template;
use crate::session::{Dialog, Session};
use leptos::prelude::*;
use workbench::Document;
use workbench::templates::templates;

/// What a document can start from, in a dialog.
#[component]
pub(crate) fn Start() -> impl IntoView {
    view! {
        <Modal which=Dialog::Start label="New document">
            <Beginnings />
        </Modal>
    }
}

#[component]
fn Beginnings() -> impl IntoView {
    let session = expect_context::<Session>();
    let open = move |document: Document| {
        session.dialog.set(None);
        session.open(document, browser::new_id());
    };
    view! {
        <div class="sheet">
            <h2>"New document"</h2>
            <div class="choices">
                <button type="button" on:click=move |_| open(Document::empty())>
                    <strong>"Empty"</strong>
                    <span>"Build a condition block by block, or write it"</span>
                </button>
                <button type="button" on:click=move |_| session.dialog.set(Some(Dialog::Open))>
                    <strong>"From text or a file"</strong>
                    <span>"A condition, or Bicep, Terraform or JSON that carries one"</span>
                </button>
                <button type="button" on:click=move |_| open(Document::example())>
                    <strong>"The example"</strong>
                    <span>"A delegate who may assign four roles of a container registry"</span>
                </button>
            </div>
            <h3>"From a template"</h3>
            <div class="choices">
                {templates()
                    .iter()
                    .map(|template| {
                        view! {
                            <button type="button" on:click=move |_| template::begin(session, template)>
                                <strong>{template.title}</strong>
                                <span>{template.description}</span>
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
}
