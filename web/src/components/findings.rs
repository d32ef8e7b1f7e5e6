//! What is wrong with the condition, and what to do.

use crate::components::icon::{Icon, icon};
use crate::components::phrase::ticked;
use crate::session::Session;
use diagnostics::Severity;
use leptos::prelude::*;
use workbench::analysis::Finding;

/// The list of findings.
#[component]
pub(crate) fn Findings() -> impl IntoView {
    let session = expect_context::<Session>();
    let findings = Memo::new(move |_| session.analysis.get().findings.clone());
    let ignored = move || session.ignored.with(Vec::len);
    view! {
        <section class="findings" aria-label="Findings">
            <h3>"Findings"</h3>
            {move || {
                findings
                    .with(|found| {
                        if found.is_empty() {
                            view! { <p class="empty">"Nothing to report."</p> }.into_any()
                        } else {
                            let items: Vec<_> = found
                                .iter()
                                .map(|one| finding(session, one))
                                .collect();
                            view! { <ul class="finding-list">{items}</ul> }.into_any()
                        }
                    })
            }}
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

fn finding(session: Session, finding: &Finding) -> impl IntoView + use<> {
    let (class, symbol) = match finding.severity {
        Severity::Error => ("error", Icon::Error),
        Severity::Warning => ("warning", Icon::Warning),
        Severity::Advice => ("advice", Icon::Advice),
    };
    let range = finding.range;
    let go = move |_| {
        session.condition_in_front.set(true);
        session.with_editor(|editor| editor.select(range, true));
    };
    let fix = finding.fix.clone().map(|fix| {
        let title = fix.title.to_string();
        let review = (!fix.is_safe).then_some("It changes what the condition decides: look at it");
        view! {
            <button type="button" title=review on:click=move |_| session.change(&fix.changes)>
                {icon(Icon::Fix)}
                {title}
                {review.map(|_| view! { <small>"needs review"</small> })}
            </button>
        }
    });
    let help =
        finding.help.as_deref().map(|help| view! { <p class="finding-help">{ticked(help)}</p> });
    let why = workbench::analysis::rule_page(&finding.id).and_then(why).map(|why| {
        view! {
            <details>
                <summary>"Why"</summary>
                <p>{ticked(&why)}</p>
            </details>
        }
    });
    let id = finding.id.to_string();
    let ignore = (finding.severity != Severity::Error).then(|| {
        let id = id.clone();
        let label = format!("Ignore {id}");
        view! {
            <button
                type="button"
                class="quiet"
                aria-label=label
                on:click=move |_| session.ignored.update(|all| all.push(id.clone()))
            >
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
                    {ticked(&finding.message)}
                </span>
            </button>
            {help}
            <div class="finding-actions">
                {fix}
                {ignore}
                <code class="finding-id">{id}</code>
            </div>
            {why}
        </li>
    }
}

/// Returns the reason that a rule's page gives, on one line.
fn why(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("## Why")?;
    let section = rest.split("\n## ").next()?;
    Some(section.split_whitespace().collect::<Vec<_>>().join(" "))
}
