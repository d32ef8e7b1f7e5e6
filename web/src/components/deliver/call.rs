//! The exact call that would be sent.

use crate::session::Session;
use leptos::prelude::*;

/// Method, address and body.
#[component]
pub(crate) fn ExactCall() -> impl IntoView {
    let session = expect_context::<Session>();
    let call = Memo::new(move |_| {
        let prepared = session.prepared.get();
        let call = prepared.call.as_ref()?;
        let body = serde_json::to_string_pretty(&call.body).unwrap_or_default();
        Some(format!("{} {}\n\n{body}", call.method, call.address))
    });
    view! {
        <Show when=move || call.with(Option::is_some)>
            <details class="exact-call">
                <summary>"The exact request"</summary>
                <pre class="code" tabindex="0" role="region" aria-label="The exact request">
                    {call}
                </pre>
            </details>
        </Show>
    }
}
