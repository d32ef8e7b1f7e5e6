//! The connection: which service, and as whom.

use crate::browser;
use crate::components::dialog::Modal;
use crate::components::icon::{Icon, icon};
use crate::components::service::problem::problem_view;
use crate::service::{Account, How, Job, Kind, Place, Problem, Service};
use crate::session::{Dialog, Session};
use leptos::prelude::*;
use std::future::Future;

/// The connection, in a dialog.
#[component]
pub(crate) fn Connection() -> impl IntoView {
    view! {
        <Modal which=Dialog::Connection label="Connection">
            <Sheet />
        </Modal>
    }
}

#[component]
fn Sheet() -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let signed_in = move || service.account.get();
    view! {
        <div class="sheet connection">
            <h2>"Connection"</h2>
            <Services />
            {move || match signed_in() {
                Some(account) => view! { <Whom account=account /> }.into_any(),
                None => view! { <SignIn /> }.into_any(),
            }}
        </div>
    }
}

/// Which service, with what signing in to it needs.
#[component]
fn Services() -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let draft = RwSignal::new(service.place.get_untracked());
    let problem = RwSignal::new(None::<String>);
    let changed = move || draft.get() != service.place.get();
    let take = move |_| {
        let (wanted, earlier) = (draft.get_untracked(), service.place.get_untracked());
        if let Err(reason) = wanted.cloud(&browser::origin()) {
            problem.set(Some(reason));
            return;
        }
        problem.set(None);
        wanted.remember();
        if wanted.needs_reload(&earlier) {
            browser::reload();
        } else {
            service.turn_to(wanted);
        }
    };
    let shown =
        Kind::ALL.into_iter().filter(|kind| *kind != Kind::Here || browser::is_served_by_sandbox());
    let kinds = shown
        .map(|kind| {
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="service"
                        prop:checked=move || draft.with(|place| place.kind == kind)
                        on:change=move |_| draft.update(|place| place.kind = kind)
                    />
                    <span>
                        {kind.title()}
                        <small>{about(kind)}</small>
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="services">
            <legend>"Requests are sent to"</legend>
            {kinds}
        </fieldset>
        <Show when=move || draft.with(|place| place.kind == Kind::Other)>
            <Field
                label="Endpoint"
                placeholder="https://localhost:8443"
                draft=draft
                get=|place| place.endpoint.clone()
                set=|place, text| place.endpoint = text
            />
        </Show>
        <Show when=move || draft.with(|place| place.kind != Kind::Here)>
            <div class="pair">
                <Field
                    label="Tenant"
                    placeholder="contoso.onmicrosoft.com, or its GUID"
                    draft=draft
                    get=|place| place.tenant.clone()
                    set=|place, text| place.tenant = text
                />
                <Field
                    label="Client id"
                    placeholder="GUID of the application"
                    draft=draft
                    get=|place| place.client.clone()
                    set=|place, text| place.client = text
                />
            </div>
            <details class="hint">
                <summary>"How to register the editor in your tenant"</summary>
                <p>
                    "In Microsoft Entra ID, register an application as a single-page application with the redirect URI "
                    <code>{browser::address_of("signed-in.html")}</code>
                    " and the delegated permission "
                    <code>"Azure Service Management / user_impersonation"</code>
                    ". Its client id goes in the field above; it is kept in this browser, tokens never are."
                </p>
            </details>
        </Show>
        <p class="problem" role="alert">{move || problem.get()}</p>
        <Show when=changed>
            <div class="row">
                <button type="button" class="primary" on:click=take>
                    "Use this service"
                </button>
                <small>
                    {move || {
                        if draft.get().needs_reload(&service.place.get()) {
                            "The page loads anew, so that it can reach this service and no other. Your document stays."
                        } else {
                            ""
                        }
                    }}
                </small>
            </div>
        </Show>
    }
}

fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Here => "on this computer, where this page comes from; nothing in it is real",
        Kind::Public => "management.azure.com",
        Kind::Usgov => "management.usgovcloudapi.net",
        Kind::China => "management.chinacloudapi.cn",
        Kind::Other => "a sandbox elsewhere, or what answers as Azure does",
    }
}

#[component]
fn Field(
    label: &'static str,
    placeholder: &'static str,
    draft: RwSignal<Place>,
    get: fn(&Place) -> String,
    set: fn(&mut Place, String),
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                placeholder=placeholder
                spellcheck="false"
                autocomplete="off"
                prop:value=move || draft.with(get)
                on:input=move |event| {
                    let text = event_target_value(&event);
                    draft.update(|place| set(place, text));
                }
            />
        </label>
    }
}

/// Who is signed in.
#[component]
fn Whom(account: Account) -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let how = match &account.how {
        How::Pasted => "with a pasted token, for this page only".to_owned(),
        How::Sandbox(name, contexts) if contexts.is_empty() => format!("as {name} of the sandbox"),
        How::Sandbox(name, contexts) => {
            format!("as {name} of the sandbox, with {}", contexts.join(", "))
        }
        How::Provider => "at the identity provider, in this tab".to_owned(),
    };
    let id = account.object_id.map(|id| id.to_string());
    view! {
        <section class="whom" aria-label="Signed in">
            {icon(Icon::Account)}
            <div>
                <strong>{account.name}</strong>
                <small>{how}</small>
                <code>{id}</code>
            </div>
            <span class="space"></span>
            <button type="button" on:click=move |_| service.sign_out()>
                "Sign out"
            </button>
        </section>
    }
}

/// The ways to sign in.
#[component]
fn SignIn() -> impl IntoView {
    let session = expect_context::<Session>();
    let service = session.service;
    let job = Job::new();
    let looking = Job::new();
    let problem = RwSignal::new(None::<Problem>);
    let may_be_sandbox = Memo::new(move |_| !service.place.get().is_azure());
    Effect::new(move || {
        if may_be_sandbox.get() && service.overview.with(Option::is_none) {
            looking.start(async move {
                if let Err(found) = service.look_around().await {
                    problem.set(Some(found));
                }
            });
        }
    });
    let people = move || {
        let people = service.overview.get().map(|overview| overview.callers).unwrap_or_default();
        people.into_iter().filter(|person| person.kind != "Group").collect::<Vec<_>>()
    };
    let pasted = RwSignal::new(String::new());
    let take = move |event: leptos::ev::SubmitEvent| {
        // The page goes nowhere; the token is taken here.
        event.prevent_default();
        // The field is emptied whatever becomes of it: a token stands nowhere longer than it must.
        let text = pasted.get_untracked();
        pasted.set(String::new());
        match service.paste(&text) {
            Ok(()) => problem.set(None),
            Err(reason) => problem.set(Some(reason)),
        }
    };
    view! {
        <section class="sign-in" aria-label="Sign in" aria-busy=move || job.is_running().to_string()>
            <Show when=move || may_be_sandbox.get() && !people().is_empty()>
                <h3>"Sign in as"</h3>
                <div class="people">
                    <For each=people key=|person| person.id.clone() let:person>
                        <button
                            type="button"
                            disabled=move || job.is_running()
                            on:click={
                                let name = person.name.clone();
                                move |_| {
                                    let work = service.sign_in_as(name.clone());
                                    attempt(job, problem, session, work);
                                }
                            }
                        >
                            <span>{person.display_name.clone()}</span>
                            <small>{person.name.clone()}</small>
                        </button>
                    </For>
                </div>
            </Show>
            <Show when=move || looking.is_running()>
                <p class="empty">"Asking the sandbox who there is …"</p>
            </Show>
            <Show when=move || service.has_provider()>
                <div class="row">
                    <button
                        type="button"
                        class="primary"
                        disabled=move || job.is_running()
                        on:click=move |_| attempt(job, problem, session, service.sign_in())
                    >
                        {icon(Icon::Account)}
                        {move || {
                            if service.place.get().is_azure() {
                                "Sign in with Microsoft"
                            } else {
                                "Sign in at its identity provider"
                            }
                        }}
                    </button>
                    <Show when=move || job.is_running()>
                        <button type="button" class="quiet" on:click=move |_| job.stop()>
                            {icon(Icon::Stop)}
                            "Stop waiting"
                        </button>
                    </Show>
                </div>
            </Show>
            {move || problem.with(|problem| problem.as_ref().map(problem_view))}
            <details class="hint">
                <summary>"Or paste an access token, for this page only"</summary>
                <form class="row" on:submit=take>
                    <input
                        type="password"
                        class="grows"
                        aria-label="Access token"
                        autocomplete="off"
                        spellcheck="false"
                        placeholder="eyJ…"
                        prop:value=pasted
                        on:input=move |event| pasted.set(event_target_value(&event))
                    />
                    <button type="submit">"Use this token"</button>
                </form>
                <p>
                    "It is kept in memory and sent to "
                    <code>
                        {move || service.cloud().map(|cloud| cloud.resource_manager.into_owned()).ok()}
                    </code>
                    " alone. It is gone when this page is closed or loaded anew."
                </p>
            </details>
        </section>
    }
}

/// Signs in, and closes the dialog when that is done.
fn attempt(
    job: Job,
    problem: RwSignal<Option<Problem>>,
    session: Session,
    work: impl Future<Output = Result<(), Problem>> + 'static,
) {
    problem.set(None);
    job.start(async move {
        match work.await {
            Ok(()) => {
                let name = session.service.account.get_untracked().map(|one| one.name);
                session.dialog.set(None);
                session.tell(format!("Signed in: {}", name.unwrap_or_default()));
            }
            Err(reason) => problem.set(Some(reason)),
        }
    });
}

impl Service {
    /// Turns to another service that the page may reach; nobody is signed in to it yet.
    fn turn_to(self, place: Place) {
        self.sign_out();
        self.overview.set(None);
        self.place.set(place);
    }
}
