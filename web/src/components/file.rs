//! Choosing a file, which is read here and sent nowhere.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// A field for a file. What is read is its name and text, or why it was not read.
#[component]
pub(crate) fn FileField(
    /// The largest file that is read, in bytes.
    limit: usize,
    /// Is told what was read.
    #[prop(into)]
    read: Callback<Result<(String, String), String>>,
) -> impl IntoView {
    let chosen = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|one| one.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0))
        else {
            return;
        };
        if file.size() > limit as f64 {
            let megabytes = limit >> 20;
            read.run(Err(format!("{} is larger than {megabytes} MB and is not read", file.name())));
            return;
        }
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            let name = file.name();
            read.run(text.map(|text| (name.clone(), text)).ok_or(format!("{name} cannot be read")));
        });
    };
    view! {
        <label class="file">
            <span>"or choose a file"</span>
            <input type="file" on:change=chosen />
        </label>
    }
}
