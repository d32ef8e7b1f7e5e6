//! The list that is chosen from.

use crate::browser;
use crate::components::icon::{Icon, icon};
use crate::picker::{Choice, Opened, Picker};
use crate::session::Session;
use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// How wide and how high the list is at most, in pixels.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 380.0;

/// The list of the page, in a dialog of its own beside what it was opened from.
#[component]
pub(crate) fn PickerList() -> impl IntoView {
    let session = expect_context::<Session>();
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = element.get() else { return };
        match session.picker.get() {
            Some(opened) if !dialog.open() => {
                let style = web_sys::HtmlElement::style(&dialog);
                for (name, value) in place(&opened) {
                    // A browser that refuses a place shows the list at the edge.
                    let _ = style.set_property(name, &value);
                }
                leptos::task::spawn_local(async move {
                    leptos::task::tick().await;
                    let _ = dialog.show_modal();
                });
            }
            None if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    let title = move || session.picker.with(|one| one.as_ref().map(|one| one.picker.title.clone()));
    view! {
        <dialog
            class="picker"
            node_ref=element
            aria-label=title
            on:close=move |_| {
                // Another list may have been opened in the meantime.
                if element.get().is_some_and(|dialog| !dialog.open()) {
                    session.picker.set(None);
                }
            }
            on:click=move |event| {
                if event.target() == event.current_target() {
                    session.picker.set(None);
                }
            }
        >
            {move || session.picker.get().map(|opened| view! { <List picker=opened.picker /> })}
        </dialog>
    }
}

/// Returns where the list fits: under what it was opened from, or above it.
fn place(opened: &Opened) -> [(&'static str, String); 3] {
    let (width, height) = browser::window_size();
    let (left, top, bottom) = opened.place;
    let under = bottom + HEIGHT + 8.0 <= height || top < HEIGHT;
    let left = left.min(width - WIDTH - 8.0).max(8.0);
    let (from_top, from_bottom) = if under {
        (format!("{}px", (bottom + 4.0).min(height - 200.0).max(8.0)), "auto".to_owned())
    } else {
        ("auto".to_owned(), format!("{}px", height - top + 4.0))
    };
    [("--left", format!("{left}px")), ("--top", from_top), ("--bottom", from_bottom)]
}

#[component]
fn List(picker: Picker) -> impl IntoView {
    let session = expect_context::<Session>();
    let typed = RwSignal::new(picker.typed.clone());
    let at = RwSignal::new(0_usize);
    let picker = StoredValue::new_local(picker);
    let check = move || {
        let text = typed.get();
        picker.with_value(|picker| picker.check.as_ref().map(|check| check(text.trim())))
    };
    let choices = Memo::new(move |_| {
        let text = typed.get();
        let mut found = picker.with_value(|picker| (picker.search)(&text));
        let known = found.iter().any(|one| one.label == text.trim() || one.id == text.trim());
        if !text.trim().is_empty() && !known && check() == Some(Ok(())) {
            let own = Choice::new(text.trim(), format!("“{}”", text.trim())).detail("as typed");
            found.insert(0, own);
        }
        found
    });
    let problem = move || match check() {
        Some(Err(reason)) if !typed.with(|text| text.trim().is_empty()) => Some(reason),
        _ => None,
    };
    let about = move || {
        let text = typed.get();
        let about = picker.with_value(|picker| picker.about.clone());
        about.map(|about| about(text.trim())).unwrap_or_default()
    };
    let choose = move |id: String| {
        let chosen = picker.with_value(|picker| picker.choose.clone());
        session.picker.set(None);
        chosen(id);
    };
    let key = move |event: KeyboardEvent| {
        let count = choices.with(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                let id = choices.with(|all| all.get(at.get_untracked()).map(|one| one.id.clone()));
                if let Some(id) = id {
                    choose(id);
                }
            }
            _ => return,
        }
        event.prevent_default();
        browser::reveal(&format!("choice-{}", at.get_untracked()));
    };
    let (title, placeholder) =
        picker.with_value(|picker| (picker.title.clone(), picker.placeholder));
    view! {
        <div class="picker-field">
            <label for="picker-typed">{title}</label>
            <input
                id="picker-typed"
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-controls="picker-choices"
                aria-activedescendant=move || format!("choice-{}", at.get())
                autocomplete="off"
                spellcheck="false"
                autofocus
                placeholder=placeholder
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    at.set(0);
                }
                on:keydown=key
            />
        </div>
        <ul id="picker-choices" role="listbox" aria-label="Choices">
            {move || choices.with(|all| rows(all, at, choose))}
        </ul>
        <p class="problem" role="alert">{problem}</p>
        <ul class="picker-about" aria-label="Samples">
            {move || about().into_iter().map(sample).collect_view()}
        </ul>
        <Show when=move || choices.with(Vec::is_empty) && problem().is_none()>
            <p class="empty">"Nothing is called so."</p>
        </Show>
    }
}

fn rows(
    choices: &[Choice],
    at: RwSignal<usize>,
    choose: impl Fn(String) + Copy + Send + Sync + 'static,
) -> Vec<AnyView> {
    let mut group = String::new();
    let mut rows = Vec::new();
    for (place, choice) in choices.iter().enumerate() {
        if choice.group != group {
            group.clone_from(&choice.group);
            let heading = group.clone();
            rows.push(
                view! { <li role="presentation" class="picker-group">{heading}</li> }.into_any(),
            );
        }
        let Choice { id, label, detail, note, .. } = choice.clone();
        let note = (!note.is_empty()).then(|| view! { <span class="choice-note">{note}</span> });
        rows.push(
            view! {
                <li
                    id=format!("choice-{place}")
                    role="option"
                    aria-selected=move || (at.get() == place).to_string()
                    on:click=move |_| choose(id.clone())
                >
                    <span class="choice-label">{label}</span>
                    <span class="choice-detail">{detail}</span>
                    {note}
                </li>
            }
            .into_any(),
        );
    }
    rows
}

fn sample((matches, text): (Option<bool>, String)) -> impl IntoView {
    let (sign, word) = match matches {
        Some(true) => (Icon::Allowed, "matches"),
        Some(false) => (Icon::Denied, "does not match"),
        None => (Icon::Unknown, "cannot be decided"),
    };
    view! {
        <li data-matches=matches.map(|one| one.to_string())>
            {icon(sign)}
            <code>{text}</code>
            <span>{word}</span>
        </li>
    }
}
