//! Sending something, with a timeline of what becomes of it.

use crate::components::icon::{Icon, icon};
use crate::components::service::problem::problem_view;
use crate::service::{End, Job, Moment, Sent, Service, State, Wanted};
use crate::session::Session;
use leptos::prelude::*;

/// One thing that is sent at a time.
#[derive(Clone, Copy)]
pub(crate) struct Follow {
    session: Session,
    job: Job,
    wanted: StoredValue<Option<Wanted>>,
    how: RwSignal<Option<Sent>>,
    moments: RwSignal<Vec<Moment>>,
    end: RwSignal<Option<End>>,
    /// Is told when the service has said how it ended.
    ended: Callback<()>,
}

impl Follow {
    pub(crate) fn new(session: Session, ended: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            session,
            job: Job::new(),
            wanted: StoredValue::new(None),
            how: RwSignal::new(None),
            moments: RwSignal::new(Vec::new()),
            end: RwSignal::new(None),
            ended: Callback::new(move |()| ended()),
        }
    }

    pub(crate) fn is_running(self) -> bool {
        self.job.is_running()
    }

    /// Sends something, in place of whatever was followed before.
    pub(crate) fn send(self, wanted: Wanted, how: Sent) {
        self.moments.set(Vec::new());
        self.wanted.set_value(Some(wanted));
        self.again(how);
    }

    fn again(self, how: Sent) {
        let Some(wanted) = self.wanted.get_value() else { return };
        let service = self.session.service;
        self.how.set(Some(how));
        self.end.set(None);
        self.job.start(async move {
            let end = service.submit(&wanted, how, move |moment| self.tell(moment)).await;
            if matches!(end, End::Told(_)) && how != Sent::Validate {
                self.ended.run(());
            }
            self.say(match &end {
                End::Told(_) => None,
                End::Problem(_) => Some("The service refused it".to_owned()),
                End::Unknown(why) => Some(format!("It is not known what became of it: {why}")),
            });
            self.end.set(Some(end));
        });
    }

    fn tell(self, moment: Moment) {
        self.say(Some(format!("{}: {}", moment.title, moment.note)));
        self.moments.update(|all| {
            // What is waited for anew replaces itself; a status stays on the line.
            if all.last().is_some_and(|last| last.title == moment.title) {
                all.pop();
            }
            all.push(moment);
        });
    }

    fn say(self, words: Option<String>) {
        if let Some(words) = words {
            self.session.announcement.set(words);
        }
    }

    fn take_back(self) {
        let Some(wanted) = self.wanted.get_value() else { return };
        let service = self.session.service;
        self.end.set(None);
        self.job.start(async move {
            self.end.set(Some(match service.take_back(&wanted).await {
                Ok(moment) => {
                    let state = moment.state;
                    self.tell(moment);
                    End::Told(state)
                }
                Err(problem) => End::Problem(problem),
            }));
        });
    }

    /// Signs in with what the service asks for, and sends the same again.
    fn answer(self, service: Service) {
        let Some(claims) = self.end.with_untracked(|end| end.as_ref()?.claims().cloned()) else {
            return;
        };
        let how = self.how.get_untracked().unwrap_or(Sent::Submit);
        self.job.start(async move {
            match service.answer(claims).await {
                Ok(()) => self.again(how),
                Err(problem) => self.end.set(Some(End::Problem(problem))),
            }
        });
    }
}

/// The timeline, and what can be done about it.
#[component]
pub(crate) fn Timeline(follow: Follow) -> impl IntoView {
    let service = follow.session.service;
    let is_on_its_way = move || {
        let sent = follow.how.get().is_some_and(|how| how != Sent::Validate);
        let state = follow.moments.with(|all| all.last().map(|one| one.state));
        sent && matches!(state, Some(State::Working | State::Waiting))
    };
    let context = move || {
        follow.end.with(|end| {
            let claims = end.as_ref()?.claims()?;
            Some(claims.authentication_context().unwrap_or_else(|| "new claims".to_owned()))
        })
    };
    view! {
        <ol class="timeline" aria-label="What becomes of it">
            <Show when=move || follow.how.get().is_some()>
                <li data-state="done">
                    {icon(Icon::Send)}
                    <span>
                        <strong>
                            {move || {
                                if follow.how.get() == Some(Sent::Validate) {
                                    "Sent for validation"
                                } else {
                                    "Sent"
                                }
                            }}
                        </strong>
                    </span>
                </li>
            </Show>
            {move || follow.moments.get().iter().map(moment).collect_view()}
            <Show when=move || follow.is_running()>
                <li data-state="working" class="now">
                    <span class="spinner" aria-hidden="true"></span>
                    <span>"…"<span class="spoken">"the service is asked"</span></span>
                </li>
            </Show>
        </ol>
        {move || {
            follow
                .end
                .with(|end| match end {
                    Some(End::Problem(problem)) => Some(problem_view(problem).into_any()),
                    Some(End::Unknown(why)) => {
                        Some(
                            view! {
                                <div class="service-problem" role="alert">
                                    {icon(Icon::Unknown)}
                                    <p>"It is not known whether the service has it: " {why.clone()}</p>
                                </div>
                            }
                                .into_any(),
                        )
                    }
                    Some(End::Told(_)) | None => None,
                })
        }}
        <div class="row">
            <Show when=move || context().is_some() && !follow.is_running()>
                <button type="button" class="primary" on:click=move |_| follow.answer(service)>
                    {move || {
                        format!("Sign in with {} and send again", context().unwrap_or_default())
                    }}
                </button>
            </Show>
            <Show when=move || follow.end.with(|end| matches!(end, Some(End::Unknown(_))))>
                <button type="button" class="primary" on:click=move |_| follow.again(Sent::Resume)>
                    "Ask the service"
                </button>
            </Show>
            <Show when=is_on_its_way>
                <button type="button" on:click=move |_| follow.take_back()>
                    "Cancel the request"
                </button>
                <Show when=move || !follow.is_running()>
                    <button type="button" on:click=move |_| follow.again(Sent::Resume)>
                        "Follow it again"
                    </button>
                </Show>
            </Show>
            <Show when=move || follow.is_running()>
                <button type="button" class="quiet" on:click=move |_| follow.job.stop()>
                    {icon(Icon::Stop)}
                    "Stop watching"
                </button>
            </Show>
        </div>
    }
}

fn moment(moment: &Moment) -> impl IntoView + use<> {
    let (state, symbol) = match moment.state {
        State::Working => ("working", Icon::Clock),
        State::Waiting => ("waiting", Icon::Clock),
        State::Done => ("done", Icon::Allowed),
        State::Failed => ("failed", Icon::Denied),
    };
    view! {
        <li data-state=state>
            {icon(symbol)}
            <span>
                <strong>{moment.title.clone()}</strong>
                " "
                <span class="moment-note">{moment.note.clone()}</span>
            </span>
        </li>
    }
}
