//! The request, written for every tool that deploys it.

use crate::browser;
use crate::components::icon::{Icon, icon};
use crate::components::phrase::ticked;
use crate::session::Session;
use leptos::prelude::*;
use workbench::delivery::Snippet;

/// A target, and what is written for it.
#[component]
pub(crate) fn Snippets() -> impl IntoView {
    let session = expect_context::<Session>();
    let chosen = RwSignal::new(browser::recall("target").unwrap_or_else(|| "bicep".to_owned()));
    let snippets = Memo::new(move |_| session.prepared.get().snippets());
    let titles = Memo::new(move |_| {
        snippets
            .with(|all| all.iter().map(|one| (one.target.name(), one.title)).collect::<Vec<_>>())
    });
    let shown = Memo::new(move |_| {
        let name = chosen.get();
        snippets.with(|all| {
            all.iter().find(|one| one.target.name() == name).or_else(|| all.first()).cloned()
        })
    });
    let choose = move |event| {
        let name = event_target_value(&event);
        browser::remember("target", &name);
        chosen.set(name);
    };
    let text = move || shown.get_untracked().and_then(|one| Some((one.file_name, one.text.ok()?)));
    let copy = move |_| {
        if let Some((_, text)) = text() {
            browser::copy(&text);
            session.tell("The snippet is on the clipboard");
        }
    };
    let download = move |_| {
        if let Some((name, text)) = text() {
            browser::download(name, "text/plain", &text);
        }
    };
    view! {
        <section class="snippets" aria-label="Snippets">
            <header class="section-header">
                <h3>"As code"</h3>
                <span class="space"></span>
                <select aria-label="Target" on:change=choose prop:value=chosen>
                    {move || {
                        titles
                            .get()
                            .into_iter()
                            .map(|(name, title)| view! { <option value=name>{title}</option> })
                            .collect_view()
                    }}
                </select>
                <button type="button" on:click=copy>
                    {icon(Icon::Copy)}
                    "Copy"
                </button>
                <button type="button" on:click=download>
                    {icon(Icon::Save)}
                    "Download"
                </button>
            </header>
            {move || match shown.get() {
                Some(snippet) => code(snippet).into_any(),
                None => {
                    view! {
                        <p class="empty">
                            "Say where, who and which role: the snippet for your tool is written here."
                        </p>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

fn code(snippet: Snippet) -> impl IntoView {
    let label = format!("{}: {}", snippet.title, snippet.file_name);
    let written = match snippet.text {
        Ok(text) => view! {
            <pre class="code" tabindex="0" role="region" aria-label=label>
                {text}
            </pre>
        }
        .into_any(),
        Err(reason) => view! { <p class="problem">{ticked(&reason)}</p> }.into_any(),
    };
    let notes: Vec<_> =
        snippet.notes.iter().map(|note| view! { <li>{ticked(note)}</li> }).collect();
    view! {
        {written}
        <ul class="snippet-notes">{notes}</ul>
    }
}
