//! Opening: paste, a file, or what this browser keeps.

use crate::components::dialog::Modal;
use crate::components::file::FileField;
use crate::components::icon::{Icon, icon};
use crate::library::{self, Kept};
use crate::session::{Dialog, Session};
use crate::{browser, documents};
use leptos::prelude::*;
use leptos::task::spawn_local;
use workbench::Document;
use workbench::intake::{FoundCondition, MAX_INTAKE_BYTES};

/// Where a document can be opened from, in a dialog.
#[component]
pub(crate) fn OpenDocument() -> impl IntoView {
    view! {
        <Modal which=Dialog::Open label="Open">
            <Places />
        </Modal>
    }
}

#[component]
fn Places() -> impl IntoView {
    let session = expect_context::<Session>();
    let pasted = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let kept = RwSignal::new(Vec::<Kept>::new());
    spawn_local(async move { kept.set(library::list().await) });
    let several = RwSignal::new(Vec::<FoundCondition>::new());
    let take_in = move |name: &str, text: &str| {
        several.set(Vec::new());
        problem.set(None);
        match documents::take_in(session, name, text) {
            Ok(found) if found.is_empty() => session.dialog.set(None),
            Ok(found) => several.set(found),
            Err(reason) => problem.set(Some(reason)),
        }
    };
    let read = move |read: Result<(String, String), String>| match read {
        Ok((name, text)) => take_in(&name, &text),
        Err(reason) => problem.set(Some(reason)),
    };
    view! {
        <div class="sheet">
            <h2>"Open"</h2>
            <label class="field">
                <span>"Paste a condition, a document, or Bicep, Terraform or JSON that carries one"</span>
                <textarea
                    rows="6"
                    class="code"
                    spellcheck="false"
                    autofocus
                    prop:value=pasted
                    on:input=move |event| pasted.set(event_target_value(&event))
                ></textarea>
            </label>
            <div class="row">
                <button
                    type="button"
                    class="primary"
                    on:click=move |_| pasted.with_untracked(|text| take_in("Pasted", text))
                >
                    "Open what is pasted"
                </button>
                <FileField
                    limit=MAX_INTAKE_BYTES
                    read=read
                />
            </div>
            <p class="problem" role="alert">{move || problem.get()}</p>
            <Show when=move || several.with(|all| !all.is_empty())>
                <h3 role="status">
                    {move || format!("{} conditions were found: choose one", several.with(Vec::len))}
                </h3>
                <div class="choices found-conditions">
                    {move || several.get().into_iter().map(|one| found(session, one)).collect_view()}
                </div>
            </Show>
            <h3>"Kept in this browser"</h3>
            <Show
                when=move || kept.with(|kept| !kept.is_empty())
                fallback=|| {
                    view! { <p class="empty">"What you work on is kept here, and nowhere else."</p> }
                }
            >
                <ul class="kept">
                    <For each=move || kept.get() key=|one| one.id.clone() let:one>
                        {
                            let (id, name) = (one.id.clone(), one.name.clone());
                            let forget = move |_| {
                                let id = id.clone();
                                kept.update(|all| all.retain(|other| other.id != id));
                                spawn_local(async move { library::forget(&id).await });
                            };
                            let open = move |_| match Document::from_json(&one.json) {
                                Ok(opened) => {
                                    session.dialog.set(None);
                                    session.open(opened.document, one.id.clone());
                                }
                                Err(error) => problem.set(Some(error.to_string())),
                            };
                            view! {
                                <li>
                                    <button type="button" class="quiet" on:click=open>
                                        <span>{name.clone()}</span>
                                        <span class="when">{browser::moment(one.changed)}</span>
                                    </button>
                                    <button
                                        type="button"
                                        class="quiet"
                                        aria-label=format!("Forget {name}")
                                        on:click=forget
                                    >
                                        {icon(Icon::Close)}
                                    </button>
                                </li>
                            }
                        }
                    </For>
                </ul>
            </Show>
        </div>
    }
}

/// A condition that was found among others.
fn found(session: Session, found: FoundCondition) -> impl IntoView {
    let (line, text) = (found.line, found.text.clone());
    let open = move |_| {
        session.dialog.set(None);
        documents::open_condition(session, &format!("Line {line}"), &found);
    };
    view! {
        <button type="button" on:click=open>
            <strong>{format!("Line {line}")}</strong>
            <code>{text}</code>
        </button>
    }
}
