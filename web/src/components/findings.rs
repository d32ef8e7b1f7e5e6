//! What is wrong with the condition, and what to do.

use crate::browser;
use crate::components::icon::{Icon, icon};
use crate::components::phrase::ticked;
use crate::session::Session;
use diagnostics::Severity;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use workbench::analysis::Finding;

/// What is drawn of a finding; where it stands changes with every keystroke before it.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    id: String,
    severity: Severity,
    message: String,
    help: Option<String>,
    fix: Option<(String, bool)>,
}

impl Shown {
    fn of(finding: &Finding) -> Self {
        Self {
            id: finding.id.to_string(),
            severity: finding.severity,
            message: finding.message.clone(),
            help: finding.help.clone(),
            fix: finding.fix.as_ref().map(|fix| (fix.title.to_string(), fix.is_safe)),
        }
    }
}

/// The list of findings.
#[component]
pub(crate) fn Findings() -> impl IntoView {
    let session = expect_context::<Session>();
    let count = Memo::new(move |_| session.analysis.get().findings.len());
    let ignored = move || session.ignored.with(Vec::len);
    view! {
        <section class="findings" aria-label="Findings">
            <h3>"Findings"</h3>
            <Show
                when=move || 0 < count.get()
                fallback=|| view! { <p class="empty">"Nothing to report."</p> }
            >
                <ul class="finding-list">
                    <For each=move || 0..count.get() key=|at| *at let:at>
                        {drawn(session, at)}
                    </For>
                </ul>
            </Show>
            <Show when=move || 0 < ignored()>
                <button type="button" class="quiet" on:click=move |_| session.ignored.set(Vec::new())>
                    {move || match ignored() {
                        1 => "Show the ignored rule again".to_owned(),
                        count => format!("Show the {count} ignored rules again"),
                    }}
                </button>
            </Show>
        </section>
    }
}

fn drawn(session: Session, at: usize) -> impl IntoView {
    let shown = Memo::new(move |_| session.analysis.get().findings.get(at).map(Shown::of));
    move || shown.get().map(|shown| finding(session, at, shown))
}

fn finding(session: Session, at: usize, shown: Shown) -> impl IntoView {
    let (class, symbol) = match shown.severity {
        Severity::Error => ("error", Icon::Error),
        Severity::Warning => ("warning", Icon::Warning),
        Severity::Advice => ("advice", Icon::Advice),
    };
    let go = move |_| {
        session.condition_in_front.set(true);
        if let Some(finding) = session.analysis.get_untracked().findings.get(at) {
            session.with_editor(|editor| editor.select(finding.range, true));
        }
    };
    let fix = shown.fix.map(|(title, is_safe)| {
        let review = (!is_safe).then_some("It changes what the condition decides: look at it");
        let apply = move |_| {
            let analysis = session.analysis.get_untracked();
            if let Some(fix) = analysis.findings.get(at).and_then(|one| one.fix.as_ref()) {
                session.change(&fix.changes);
            }
        };
        view! {
            <button type="button" title=review on:click=apply>
                {icon(Icon::Fix)}
                {title}
                {review.map(|_| view! { <small>"needs review"</small> })}
            </button>
        }
    });
    let help =
        shown.help.as_deref().map(|help| view! { <p class="finding-help">{ticked(help)}</p> });
    let id = shown.id.clone();
    let ignore = (shown.severity != Severity::Error).then(|| {
        let (id, label) = (shown.id.clone(), format!("Ignore {}", shown.id));
        let ignore = move |_| session.ignored.update(|all| all.push(id.clone()));
        view! {
            <button type="button" class="quiet" aria-label=label on:click=ignore>
                "Ignore"
            </button>
        }
    });
    view! {
        <li class="finding" data-severity=class>
            <button type="button" class="finding-message" on:click=go>
                {icon(symbol)}
                <span>
                    <span class="spoken">{format!("{class}: ")}</span>
                    {ticked(&shown.message)}
                </span>
            </button>
            {help}
            <div class="finding-actions">
                {fix}
                {ignore}
                <code class="finding-id">{shown.id}</code>
            </div>
            <Why id=id />
        </li>
    }
}

/// Why a rule is there; read from its page when somebody asks.
#[component]
fn Why(id: String) -> impl IntoView {
    let reason = RwSignal::new(None::<String>);
    let asked = move |_| {
        if reason.with_untracked(Option::is_some) {
            return;
        }
        let id = id.clone();
        spawn_local(async move {
            let reasons = browser::fetch_text("reasons.json").await;
            let found = reasons.and_then(|text| {
                let reasons: BTreeMap<String, String> = serde_json::from_str(&text).ok()?;
                reasons.get(&id).cloned()
            });
            reason.set(Some(found.unwrap_or_else(|| "The reasons cannot be loaded.".to_owned())));
        });
    };
    view! {
        <details on:toggle=asked>
            <summary>"Why"</summary>
            <p>{move || reason.with(|reason| reason.as_deref().map(ticked))}</p>
        </details>
    }
}
