//! The role management policy that the request is held against.

use crate::components::deliver::fields::Findings;
use crate::components::file::FileField;
use crate::components::service::fetch_policy::FetchPolicy;
use crate::session::Session;
use leptos::prelude::*;
use workbench::delivery::{FormField, MAX_POLICY_BYTES};

/// Where the policy is pasted or chosen as a file, and what it says.
#[component]
pub(crate) fn PolicyField() -> impl IntoView {
    let session = expect_context::<Session>();
    let problem = RwSignal::new(None::<String>);
    let settings = Memo::new(move |_| {
        let prepared = session.prepared.get();
        let shown = prepared.settings.iter();
        shown.map(|one| (one.tab, one.name.clone(), one.value.clone())).collect::<Vec<_>>()
    });
    let read = move |read: Result<(String, String), String>| match read {
        Ok((_, text)) => {
            problem.set(None);
            session.policy.set(Some(text));
        }
        Err(reason) => problem.set(Some(reason)),
    };
    let typed = move |event| {
        let text = event_target_value(&event);
        session.policy.set(Some(text).filter(|text| !text.trim().is_empty()));
    };
    view! {
        <details class="policy" open=session.policy.get_untracked().is_some()>
            <summary>
                "Role policy"
                <small>
                    {move || if session.policy.with(Option::is_some) { "given" } else { "none: give one, and the request is held against it" }}
                </small>
            </summary>
            <label class="field">
                <span>"What az rest prints for the role management policy, or the TOML of grantif policy"</span>
                <textarea
                    rows="4"
                    class="code"
                    spellcheck="false"
                    prop:value=move || session.policy.get().unwrap_or_default()
                    on:input=typed
                ></textarea>
            </label>
            <div class="row">
                <FileField limit=MAX_POLICY_BYTES read=read />
                <FetchPolicy />
            </div>
            <p class="problem" role="alert">{move || problem.get()}</p>
            <Findings field=FormField::Policy />
            <Show when=move || settings.with(|all| !all.is_empty())>
                <table class="decisions">
                    <tbody>
                        {move || {
                            settings
                                .get()
                                .into_iter()
                                .map(|(tab, name, value)| {
                                    view! {
                                        <tr>
                                            <td>{tab}</td>
                                            <td>{name}</td>
                                            <td>{value}</td>
                                        </tr>
                                    }
                                })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </Show>
        </details>
    }
}
