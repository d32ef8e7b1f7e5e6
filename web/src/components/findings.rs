//! What is wrong with the condition, and what to do.

use crate::analysis::Analysis;
use crate::components::icon::{Icon, icon};
use crate::session::Session;
use diagnostics::{Diagnostic, Severity};
use leptos::prelude::*;

/// The list of findings.
#[component]
pub(crate) fn Findings() -> impl IntoView {
    let session = expect_context::<Session>();
    let findings = Memo::new(move |_| session.analysis.get().findings.clone());
    view! {
        <section class="findings" aria-label="Findings">
            <h3>"Findings"</h3>
            {move || {
                findings
                    .with(|found| {
                        if found.is_empty() {
                            view! {
                                <p class="empty">
                                    "Nothing to report: Azure takes this condition, and it does what it says."
                                </p>
                            }
                                .into_any()
                        } else {
                            let items: Vec<_> = found
                                .iter()
                                .map(|one| finding(session, one))
                                .collect();
                            view! { <ul class="finding-list">{items}</ul> }.into_any()
                        }
                    })
            }}
        </section>
    }
}

fn finding(session: Session, finding: &Diagnostic) -> impl IntoView + use<> {
    let (class, symbol) = match finding.severity {
        Severity::Error => ("error", Icon::Error),
        Severity::Warning => ("warning", Icon::Warning),
        Severity::Advice => ("advice", Icon::Advice),
    };
    let span = finding.span;
    let go = move |_| {
        let analysis = session.analysis.get_untracked();
        session.condition_in_front.set(true);
        session.with_editor(|editor| editor.select(&analysis, span, true));
    };
    let fix = finding.fix.clone().map(|fix| {
        let title = fix.title.to_string();
        let apply = move |_| {
            let analysis: std::sync::Arc<Analysis> = session.analysis.get_untracked();
            session.with_editor(|editor| editor.edit(&analysis, &fix.edits));
        };
        view! {
            <button type="button" on:click=apply>
                {icon(Icon::Fix)}
                {title}
            </button>
        }
    });
    let help =
        finding.help.clone().map(|help| view! { <p class="finding-help">{ticked(&help)}</p> });
    let why = abac_lint::page(&finding.id).and_then(why).map(|why| {
        view! {
            <details>
                <summary>"Why"</summary>
                <p>{ticked(&why)}</p>
            </details>
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
                <code class="finding-id">{finding.id.to_string()}</code>
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

/// Shows what stands in backticks as code.
fn ticked(text: &str) -> impl IntoView + use<> {
    text.split('`')
        .enumerate()
        .map(|(at, part)| {
            let part = part.to_owned();
            if at % 2 == 1 {
                view! { <code>{part}</code> }.into_any()
            } else {
                view! { {part} }.into_any()
            }
        })
        .collect_view()
}
