//! Submitting: the exact call first, then one deliberate press, then what becomes of it.

use crate::components::icon::{Icon, icon};
use crate::components::service::follow::{Follow, Timeline};
use crate::components::service::people::SignedIn;
use crate::service::{Sent, Wanted};
use crate::session::Session;
use iac_emit::Input;
use leptos::prelude::*;

/// The end of delivery. Nothing is sent before its buttons are pressed.
#[component]
pub(crate) fn Submit() -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let follow = Follow::new(session, move || session.renew_name());
    let wanted = Memo::new(move |_| {
        let prepared = session.prepared.get();
        let input = prepared.input.clone().filter(|_| prepared.is_ready())?;
        match input {
            Input::Schedule(request) => {
                let (scope, name) = (request.scope.clone()?, request.name?);
                Some(Wanted::Schedule(Box::new(request), scope, name))
            }
            Input::Assignment(assignment) => {
                let (scope, name) = (assignment.scope.clone()?, assignment.name?);
                Some(Wanted::Plain(Box::new(assignment), scope, name))
            }
            Input::Group(_) | Input::Policy(_) => None,
        }
    });
    let call = Memo::new(move |_| {
        let call = wanted.get()?.call();
        let url = service.cloud().ok()?.url(&call).ok()?;
        let body = call.body.as_ref().and_then(|body| serde_json::to_string_pretty(body).ok());
        let method = call.method.as_str();
        Some(format!("{method} {url}\n\n{}", body.unwrap_or_default()))
    });
    let is_plain = move || wanted.with(|one| matches!(one, Some(Wanted::Plain(..))));
    let send = move |how| {
        let Some(wanted) = wanted.get_untracked() else { return };
        follow.send(wanted, how);
    };
    let disabled = move || wanted.with(Option::is_none) || follow.is_running();
    let target = move || {
        let place = service.place.get();
        if place.is_azure() { "Submit to Azure".to_owned() } else { "Submit to sandbox".to_owned() }
    };
    let account = move || service.account.get().map(|account| account.name);
    view! {
        <section class="submit" aria-label="Submit">
            <h3>"Submit"</h3>
            <Show
                when=move || call.with(Option::is_some)
                fallback=|| {
                    view! {
                        <p class="empty">
                            "Once the form is filled without errors, the exact request stands here, to be sent with one press."
                        </p>
                    }
                }
            >
                <details class="exact-call" open>
                    <summary>"The exact request"</summary>
                    <pre class="code" tabindex="0" role="region" aria-label="The exact request">
                        {call}
                    </pre>
                    <p class="problem-said">"The token is added when it is sent, and is never shown."</p>
                </details>
                <SignedIn what="Sign in to validate and submit it.">
                    <div class="row">
                        <Show when=move || !is_plain()>
                            <button
                                type="button"
                                disabled=disabled
                                on:click=move |_| send(Sent::Validate)
                            >
                                "Validate"
                            </button>
                        </Show>
                        <button
                            type="button"
                            class="primary"
                            disabled=disabled
                            on:click=move |_| send(Sent::Submit)
                        >
                            {icon(Icon::Send)}
                            {target}
                        </button>
                        <small class="as-whom">"as " {account}</small>
                    </div>
                </SignedIn>
            </Show>
            <Timeline follow=follow />
        </section>
    }
}
