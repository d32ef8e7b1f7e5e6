//! Reading a table of requests.

use crate::components::dialog::Modal;
use crate::components::file::FileField;
use crate::session::{Dialog, Session};
use leptos::prelude::*;
use workbench::simulate::{MAX_IMPORT_BYTES, import};

/// Where requests are pasted or chosen as a file, in a dialog.
#[component]
pub(crate) fn ImportRequests() -> impl IntoView {
    view! {
        <Modal which=Dialog::Import label="Import requests">
            <Table />
        </Modal>
    }
}

#[component]
fn Table() -> impl IntoView {
    let session = expect_context::<Session>();
    let pasted = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let take_in = move |text: &str| {
        let settings = session.settings.get_untracked();
        match import(text, settings.catalog()) {
            Ok(found) => {
                session.tell(match found.len() {
                    1 => "1 request was added".to_owned(),
                    count => format!("{count} requests were added"),
                });
                session.requests.update(|all| all.extend(found));
                session.dialog.set(None);
            }
            Err(error) => problem.set(Some(error.to_string())),
        }
    };
    let read = move |read: Result<(String, String), String>| match read {
        Ok((_, text)) => take_in(&text),
        Err(reason) => problem.set(Some(reason)),
    };
    view! {
        <div class="sheet">
            <h2>"Import requests"</h2>
            <label class="field">
                <span>
                    "JSON, one JSON object a line, or CSV with a header: name, action, suboperation, expect, and a column for each attribute"
                </span>
                <textarea
                    rows="8"
                    class="code"
                    spellcheck="false"
                    autofocus
                    placeholder="name,action,@Request[Microsoft.Authorization/roleAssignments:PrincipalType]"
                    prop:value=pasted
                    on:input=move |event| pasted.set(event_target_value(&event))
                ></textarea>
            </label>
            <div class="row">
                <button
                    type="button"
                    class="primary"
                    on:click=move |_| pasted.with_untracked(|text| take_in(text))
                >
                    "Add the requests"
                </button>
                <FileField
                    limit=MAX_IMPORT_BYTES
                    read=read
                />
            </div>
            <p class="problem" role="alert">{move || problem.get()}</p>
        </div>
    }
}
