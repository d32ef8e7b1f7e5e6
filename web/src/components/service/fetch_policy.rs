//! Fetching the role management policy that the request will meet.

use crate::components::service::problem::problem_view;
use crate::service::{Job, Problem};
use crate::session::Session;
use iac_emit::Input;
use leptos::prelude::*;
use pim_client::{Filter, call};
use pim_model::{Policy, RoleDefinitionId, Scope};
use serde_json::Value;
use uuid::Uuid;

/// A button that fetches the policy of the form's role at its scope.
#[component]
pub(crate) fn FetchPolicy() -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let job = Job::new();
    let problem = RwSignal::new(None::<Problem>);
    let place = Memo::new(move |_| match &session.prepared.get().input {
        Some(Input::Schedule(request)) => {
            Some((request.scope.clone()?, request.role_definition_id.guid))
        }
        _ => None,
    });
    let ready = move || place.with(Option::is_some) && service.account.with(Option::is_some);
    let fetch = move |_| {
        let Some((scope, role)) = place.get_untracked() else { return };
        problem.set(None);
        job.start(async move {
            match service.policy(&scope, role).await {
                Ok(policy) => {
                    let json = serde_json::to_string_pretty(&whole(&policy)).unwrap_or_default();
                    session.policy.set(Some(json));
                    session.tell("The policy of the role is fetched");
                }
                Err(found) => problem.set(Some(found)),
            }
        });
    };
    view! {
        <div class="row">
            <button type="button" disabled=move || !ready() || job.is_running() on:click=fetch>
                {move || if job.is_running() { "Fetching …" } else { "Fetch it from the service" }}
            </button>
            <Show when=move || job.is_running()>
                <button type="button" class="quiet" on:click=move |_| job.stop()>
                    "Stop"
                </button>
            </Show>
            <Show when=move || !ready()>
                <small>"needs a scope, a role, and somebody signed in"</small>
            </Show>
        </div>
        {move || problem.with(|problem| problem.as_ref().map(problem_view))}
    }
}

impl crate::service::Service {
    /// Reads the policy of a role at a scope.
    pub(crate) async fn policy(self, scope: &Scope, role: Uuid) -> Result<Policy, Problem> {
        let id = RoleDefinitionId::seen_from(scope, role).to_string();
        let listed = self.list(call::policy_assignments(scope, &Filter::Role(id))).await?;
        listed
            .into_iter()
            .find(|policy| policy.role() == Some(role))
            .ok_or_else(|| Problem::words("the role has no policy at this scope"))
    }
}

/// Returns a policy with the role and the scope that it is of, and with the rules that hold.
fn whole(policy: &Policy) -> Value {
    let hold = if policy.rules.is_empty() { &policy.effective_rules } else { &policy.rules };
    let mut json = Policy::patch_body(hold);
    if let Some(properties) = json.get_mut("properties").and_then(Value::as_object_mut) {
        properties.extend(policy.other.clone());
        if let Some(scope) = &policy.scope {
            properties.insert("scope".to_owned(), scope.to_string().into());
        }
    }
    if let (Some(id), Some(all)) = (&policy.id, json.as_object_mut()) {
        all.insert("id".to_owned(), id.clone().into());
    }
    json
}
