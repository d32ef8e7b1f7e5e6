//! One's own roles: what can be activated, and what is active.

use crate::browser;
use crate::components::icon::{Icon, icon};
use crate::components::service::activation::Activation;
use crate::components::service::follow::{Follow, Timeline};
use crate::components::service::people::SignedIn;
use crate::components::service::problem::problem_view;
use crate::service::{Job, Problem, Sent, Wanted};
use crate::session::Session;
use abac_catalog::Catalog;
use leptos::prelude::*;
use pim_client::{Filter, ScheduleAnswer, call};
use pim_model::{Duration, Family, RequestType, ScheduleRequest, Scope, Timestamp};
use uuid::Uuid;

/// What whoever is signed in may activate and has activated.
#[component]
pub(crate) fn MyRoles() -> impl IntoView {
    view! {
        <SignedIn what="Sign in to see the roles you are eligible for and those that are active.">
            <Lists />
        </SignedIn>
    }
}

#[component]
fn Lists() -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let job = Job::new();
    let problem = RwSignal::new(None::<Problem>);
    let eligible = RwSignal::new(None::<Vec<ScheduleAnswer>>);
    let active = RwSignal::new(Vec::<ScheduleAnswer>::new());
    let chosen = RwSignal::new(None::<ScheduleAnswer>);
    let load = move || {
        problem.set(None);
        job.start(async move {
            let own =
                |family| service.list(call::instances(&Scope::Tenant, family, &Filter::AsTarget));
            let found =
                async { Ok((own(Family::Eligibility).await?, own(Family::Assignment).await?)) };
            match found.await {
                Ok((may, has)) => {
                    eligible.set(Some(may));
                    active.set(has);
                }
                Err(found) => problem.set(Some(found)),
            }
        });
    };
    Effect::new(move || {
        // Whoever signs in next has other roles.
        service.account.track();
        chosen.set(None);
        load();
    });
    let follow = Follow::new(session, load);
    let now = RwSignal::new(untrack(move || service.now()));
    let ticking = set_interval_with_handle(
        move || now.set(untrack(move || service.now())),
        std::time::Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(handle) = ticking {
            handle.clear();
        }
    });
    let deactivate = move |one: &ScheduleAnswer| {
        if let Some(wanted) = deactivation(one) {
            follow.send(wanted, Sent::Submit);
        }
    };
    view! {
        <section class="own-roles" aria-label="My roles" aria-busy=move || job.is_running().to_string()>
            <header class="row">
                <h3>"Eligible"</h3>
                <span class="space"></span>
                <button type="button" class="quiet" disabled=move || job.is_running() on:click=move |_| load()>
                    {move || if job.is_running() { "Loading …" } else { "Load again" }}
                </button>
            </header>
            {move || problem.with(|problem| problem.as_ref().map(problem_view))}
            <Show when=move || eligible.with(|all| all.as_ref().is_some_and(Vec::is_empty))>
                <p class="empty">"You are eligible for no role. An administrator makes you so, with the request on the first tab."</p>
            </Show>
            <ul class="role-cards">
                <For each=move || eligible.get().unwrap_or_default() key=key let:one>
                    <li>
                        <Card one=one.clone() now=now />
                        {
                            let picked = one.clone();
                            let is_open = {
                                let id = one.schedule.id.clone();
                                move || chosen.with(|all| all.as_ref().is_some_and(|other| other.schedule.id == id))
                            };
                            let toggle = {
                                let is_open = is_open.clone();
                                move |_| chosen.set(if is_open() { None } else { Some(picked.clone()) })
                            };
                            let expanded = is_open.clone();
                            view! {
                                <button
                                    type="button"
                                    class:primary=true
                                    aria-expanded=move || expanded().to_string()
                                    on:click=toggle
                                >
                                    "Activate"
                                </button>
                                <Show when=is_open>
                                    <Activation eligibility=one.clone() follow=follow />
                                </Show>
                            }
                        }
                    </li>
                </For>
            </ul>
            <h3>"Active"</h3>
            <Show when=move || eligible.with(Option::is_some) && active.with(Vec::is_empty)>
                <p class="empty">"No role of yours is active."</p>
            </Show>
            <ul class="role-cards">
                <For each=move || active.get() key=key let:one>
                    <li>
                        <Card one=one.clone() now=now />
                        {one
                            .schedule
                            .is_activation
                            .then(|| {
                                let one = one.clone();
                                view! {
                                    <button
                                        type="button"
                                        disabled=move || follow.is_running()
                                        on:click=move |_| deactivate(&one)
                                    >
                                        "Deactivate"
                                    </button>
                                }
                            })}
                    </li>
                </For>
            </ul>
            <Timeline follow=follow />
        </section>
    }
}

fn key(one: &ScheduleAnswer) -> String {
    let schedule = &one.schedule;
    format!("{:?} {:?}", schedule.id, schedule.end_date_time)
}

/// A role, where it holds and how long.
#[component]
fn Card(one: ScheduleAnswer, now: RwSignal<Timestamp>) -> impl IntoView {
    let schedule = one.schedule;
    let guid = schedule.role_definition_id.guid.to_string();
    let catalogued = Catalog::builtin().role(&guid).map(|role| role.name().to_owned());
    let name = one.names.role.or(catalogued).unwrap_or(guid);
    let scope = schedule.scope.map(|scope| scope.to_string()).unwrap_or_default();
    let has_condition = schedule.condition.is_some_and(|text| !text.trim().is_empty());
    let end = schedule.end_date_time;
    let how = if schedule.is_activation { "activated" } else { "" };
    view! {
        <div class="role-card">
            <strong>{name}</strong>
            <code class="scope">{scope}</code>
            <small>
                {how} {has_condition.then_some(" with a condition")} " "
                <span class="time-left">
                    {icon(Icon::Clock)} {move || left(end, now.get())}
                </span>
            </small>
        </div>
    }
}

/// Says how long something lasts, to the second where that is soon over.
fn left(end: Option<Timestamp>, now: Timestamp) -> String {
    let Some(end) = end else { return "without end".to_owned() };
    let seconds = end.as_second().saturating_sub(now.as_second());
    let Some(seconds) = u64::try_from(seconds).ok().filter(|seconds| *seconds > 0) else {
        return "ended".to_owned();
    };
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match hours {
        48.. => format!("{} left", Duration::from_seconds(seconds / 86_400 * 86_400).words()),
        _ => format!("{hours}:{minutes:02}:{:02} left", seconds % 60),
    }
}

/// Returns the request that ends an activation.
fn deactivation(one: &ScheduleAnswer) -> Option<Wanted> {
    let schedule = &one.schedule;
    let scope = schedule.scope.clone()?;
    let request = ScheduleRequest::new(
        Family::Assignment,
        RequestType::SelfDeactivate,
        scope.clone(),
        schedule.role_definition_id.guid,
        schedule.principal_id,
    );
    Some(Wanted::Schedule(Box::new(request), scope, new_name()))
}

/// Returns a name that no other request has.
pub(super) fn new_name() -> Uuid {
    uuid::Builder::from_random_bytes(browser::random_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_counted_to_the_second() {
        let now: Timestamp = "2026-11-25T10:00:00Z".parse().unwrap();
        let at = |text: &str| left(Some(text.parse().unwrap()), now);
        assert_eq!(at("2026-11-25T17:59:58Z"), "7:59:58 left");
        assert_eq!(at("2026-11-25T10:00:01Z"), "0:00:01 left");
        assert_eq!(at("2026-11-30T11:00:00Z"), "5 days left");
        assert_eq!(at("2026-11-25T10:00:00Z"), "ended");
        assert_eq!(left(None, now), "without end");
    }
}
