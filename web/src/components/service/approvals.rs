//! What waits for the decision of whoever is signed in.

use crate::components::service::people::SignedIn;
use crate::components::service::problem::problem_view;
use crate::service::{Job, Problem, Service};
use crate::session::Session;
use abac_catalog::Catalog;
use leptos::prelude::*;
use pim_client::{Decided, Deciding, Decision, Filter, RequestAnswer, RequestStatus, call};
use pim_model::{Expiration, Family, Scope};

/// The list.
#[component]
pub(crate) fn Approvals() -> impl IntoView {
    view! {
        <SignedIn what="Sign in to see the activations that wait for your decision.">
            <Pending />
        </SignedIn>
    }
}

#[component]
fn Pending() -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let job = Job::new();
    let problem = RwSignal::new(None::<Problem>);
    let pending = RwSignal::new(None::<Vec<RequestAnswer>>);
    let load = move || {
        problem.set(None);
        job.start(async move {
            let call = call::requests(&Scope::Tenant, Family::Assignment, &Filter::AsApprover);
            match service.list(call).await {
                Ok(mut found) => {
                    found.retain(|one| one.status == RequestStatus::PendingApproval);
                    pending.set(Some(found));
                }
                Err(found) => problem.set(Some(found)),
            }
        });
    };
    Effect::new(move || {
        // Whoever signs in next has others to decide.
        service.account.track();
        load();
    });
    let none = move || pending.with(|all| all.as_ref().is_some_and(Vec::is_empty));
    view! {
        <section class="approvals" aria-label="Approvals" aria-busy=move || job.is_running().to_string()>
            <header class="row">
                <h3>"Waiting for your decision"</h3>
                <span class="space"></span>
                <button type="button" class="quiet" disabled=move || job.is_running() on:click=move |_| load()>
                    {move || if job.is_running() { "Loading …" } else { "Load again" }}
                </button>
            </header>
            {move || problem.with(|problem| problem.as_ref().map(problem_view))}
            <Show when=none>
                <p class="empty">"Nothing waits for you. Activations of roles whose policy names you as an approver stand here."</p>
            </Show>
            <ul class="role-cards">
                <For
                    each=move || pending.get().unwrap_or_default()
                    key=|one| one.id.clone()
                    let:one
                >
                    <Request one=one decided=load />
                </For>
            </ul>
        </section>
    }
}

/// One that waits, with what an approver says to it.
#[component]
fn Request(one: RequestAnswer, decided: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let session = expect_context::<Session>();
    let job = Job::new();
    let problem = RwSignal::new(None::<Problem>);
    let justification = RwSignal::new(String::new());
    let approval = StoredValue::new(one.approval_id.clone());
    let decide = move |decision| {
        let Some(approval) = approval.get_value() else {
            problem.set(Some(Problem::words("the service names no approval of this request")));
            return;
        };
        let why = justification.get_untracked().trim().to_owned();
        problem.set(None);
        job.start(async move {
            match session.service.decide(&approval, decision, &why).await {
                Ok(told) => {
                    session.tell(told);
                    decided();
                }
                Err(found) => problem.set(Some(found)),
            }
        });
    };
    let disabled = move || job.is_running() || justification.with(|text| text.trim().is_empty());
    let request = &one.request;
    let guid = request.role_definition_id.guid.to_string();
    let catalogued = Catalog::builtin().role(&guid).map(|role| role.name().to_owned());
    let role = one.names.role.clone().or(catalogued).unwrap_or(guid);
    let who = one.names.principal.clone().unwrap_or_else(|| request.principal_id.to_string());
    let scope = request.scope.as_ref().map(ToString::to_string);
    let length = request.schedule_info.map(|schedule| match schedule.expiration {
        Expiration::AfterDuration(duration) => format!("for {}", duration.words()),
        Expiration::AfterDateTime(end) => format!("until {end}"),
        Expiration::NoExpiration => "without end".to_owned(),
    });
    let reason = request.justification.clone();
    let label = format!("Justification for {who}");
    view! {
        <li>
            <div class="role-card">
                <strong>{who} <span class="asks">" asks for "</span> {role}</strong>
                <code class="scope">{scope}</code>
                <small>{length}</small>
                {reason.map(|reason| view! { <blockquote>{reason}</blockquote> })}
            </div>
            <label class="field grows">
                <span>"Justification, which the one who asks reads"</span>
                <textarea
                    rows="2"
                    aria-label=label
                    prop:value=justification
                    on:input=move |event| justification.set(event_target_value(&event))
                ></textarea>
            </label>
            <div class="row">
                <button
                    type="button"
                    class="primary"
                    disabled=disabled
                    on:click=move |_| decide(Decision::Approve)
                >
                    "Approve"
                </button>
                <button type="button" disabled=disabled on:click=move |_| decide(Decision::Deny)>
                    "Deny"
                </button>
            </div>
            {move || problem.with(|problem| problem.as_ref().map(problem_view))}
        </li>
    }
}

impl Service {
    /// Decides an approval, and says what became of it.
    async fn decide(
        self,
        approval: &str,
        decision: Decision,
        why: &str,
    ) -> Result<String, Problem> {
        let deciding = Deciding::new(approval, decision, why, Self::pace());
        Ok(match self.settled(deciding).await? {
            Decided::Now => match decision {
                Decision::Approve => "Approved".to_owned(),
                Decision::Deny => "Denied".to_owned(),
            },
            Decided::Before(stage) => format!(
                "{} has decided before: {}",
                stage.reviewed_by.unwrap_or_else(|| "Somebody".to_owned()),
                stage.review_result
            ),
        })
    }
}
