//! The form that activates a role: how long, why, and what else its policy asks for.

use crate::components::phrase::ticked;
use crate::components::service::follow::Follow;
use crate::components::service::roles::new_name;
use crate::service::{Job, Sent, Wanted};
use crate::session::Session;
use leptos::prelude::*;
use pim_client::ScheduleAnswer;
use pim_model::policy::RuleId;
use pim_model::{
    Duration, Family, Length, Policy, RequestType, ScheduleInfo, ScheduleRequest, TicketInfo,
    Timestamp, judge,
};

/// How long an activation lasts where no policy says (*observed*: the default of new tenants,
/// azuread discussions, read 2026-11).
const USUAL: Duration = Duration::hours(8);

/// What the person fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fields {
    length: String,
    justification: String,
    ticket_number: String,
    ticket_system: String,
}

/// The form. Its policy is read first, as far as whoever asks may read it.
#[component]
pub(super) fn Activation(eligibility: ScheduleAnswer, follow: Follow) -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let policy = RwSignal::new(None::<Policy>);
    let fields = RwSignal::new(Fields {
        length: USUAL.words(),
        justification: String::new(),
        ticket_number: String::new(),
        ticket_system: String::new(),
    });
    let job = Job::new();
    if let Some(scope) = eligibility.schedule.scope.clone() {
        let role = eligibility.schedule.role_definition_id.guid;
        job.start(async move {
            // Whoever may not read it is told by the service what is missing.
            if let Ok(found) = service.policy(&scope, role).await {
                if let Some(longest) = longest(&found) {
                    fields.update(|fields| fields.length = longest.words());
                }
                policy.set(Some(found));
            }
        });
    }
    let request = Memo::new(move |_| {
        let caller = service.account.get()?.object_id?;
        Some(fields.with(|fields| activation(&eligibility, caller, fields)))
    });
    let objections = Memo::new(move |_| match (request.get(), policy.get()) {
        (Some(Err(problem)), _) => vec![problem],
        (Some(Ok(request)), Some(policy)) => objections(&request, &policy, service.now()),
        (None, _) => vec!["the token does not tell whom it is about".to_owned()],
        (Some(Ok(_)), None) => Vec::new(),
    });
    let send = move |how| {
        let Some(Ok(request)) = request.get_untracked() else { return };
        let Some(scope) = request.scope.clone() else { return };
        follow.send(Wanted::Schedule(Box::new(request), scope, new_name()), how);
    };
    let limit = move || {
        let longest = policy.with(|policy| policy.as_ref().and_then(longest));
        longest.map(|longest| format!("at most {}", longest.words()))
    };
    let asks_ticket = move || policy.with(|policy| policy.as_ref().is_some_and(asks_for_ticket));
    let disabled = move || objections.with(|all| !all.is_empty()) || follow.is_running();
    view! {
        <div class="activation">
            <label class="field">
                <span>"How long " <small>{limit}</small></span>
                <input
                    prop:value=move || fields.with(|fields| fields.length.clone())
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        fields.update(|fields| fields.length = text);
                    }
                />
            </label>
            <label class="field">
                <span>"Why"</span>
                <input
                    placeholder="Justification"
                    prop:value=move || fields.with(|fields| fields.justification.clone())
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        fields.update(|fields| fields.justification = text);
                    }
                />
            </label>
            <Show when=asks_ticket>
                <div class="pair">
                    <label class="field">
                        <span>"Ticket"</span>
                        <input
                            prop:value=move || fields.with(|fields| fields.ticket_number.clone())
                            on:input=move |event| {
                                let text = event_target_value(&event);
                                fields.update(|fields| fields.ticket_number = text);
                            }
                        />
                    </label>
                    <label class="field">
                        <span>"Ticket system"</span>
                        <input
                            prop:value=move || fields.with(|fields| fields.ticket_system.clone())
                            on:input=move |event| {
                                let text = event_target_value(&event);
                                fields.update(|fields| fields.ticket_system = text);
                            }
                        />
                    </label>
                </div>
            </Show>
            <ul class="objections">
                {move || {
                    objections
                        .get()
                        .into_iter()
                        .map(|text| view! { <li>{ticked(&text)}</li> })
                        .collect_view()
                }}
            </ul>
            <div class="row">
                <button
                    type="button"
                    class="primary"
                    disabled=disabled
                    on:click=move |_| send(Sent::Submit)
                >
                    "Activate now"
                </button>
                <button type="button" disabled=disabled on:click=move |_| send(Sent::Validate)>
                    "Validate"
                </button>
            </div>
        </div>
    }
}

fn longest(policy: &Policy) -> Option<Duration> {
    policy.expiration(&RuleId::ExpirationEndUserAssignment)?.maximum_duration
}

fn asks_for_ticket(policy: &Policy) -> bool {
    let rule = policy.enablement(&RuleId::EnablementEndUserAssignment);
    rule.is_some_and(|rule| rule.ticketing)
}

/// Makes the request of what is filled in.
fn activation(
    eligibility: &ScheduleAnswer,
    caller: uuid::Uuid,
    fields: &Fields,
) -> Result<ScheduleRequest, String> {
    let schedule = &eligibility.schedule;
    let scope = schedule.scope.clone().ok_or("the eligibility does not say where it holds")?;
    let length = Duration::from_words(&fields.length).map_err(|error| error.to_string())?;
    let role = schedule.role_definition_id.guid;
    let activate = RequestType::SelfActivate;
    let mut request = ScheduleRequest::new(Family::Assignment, activate, scope, role, caller);
    request.schedule_info = Some(ScheduleInfo::now(Length::For(length).into()));
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    request.justification = given(&fields.justification);
    let ticket = TicketInfo {
        ticket_number: given(&fields.ticket_number),
        ticket_system: given(&fields.ticket_system),
    };
    request.ticket_info = (!ticket.is_empty()).then_some(ticket);
    Ok(request)
}

/// Says what the policy of the role finds in a request.
fn objections(request: &ScheduleRequest, policy: &Policy, now: Timestamp) -> Vec<String> {
    let verdict = judge(request, policy, now);
    let broken = verdict.failures.into_iter().filter(|one| one.fault.is_in_request());
    broken.map(|one| format!("the policy asks for {}, found {}", one.limit, one.value)).collect()
}
