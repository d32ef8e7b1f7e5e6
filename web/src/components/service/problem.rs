//! What a service refused: what happened, what to do, and which clause of a condition did it.

use crate::components::icon::{Icon, icon};
use crate::components::phrase::ticked;
use crate::service::Problem;
use abac_catalog::Catalog;
use abac_eval::Truth;
use leptos::prelude::*;
use pim_client::{Explained, Said, ServiceError};

/// Shows a problem.
pub(crate) fn problem_view(problem: &Problem) -> impl IntoView + use<> {
    let content = match problem {
        Problem::Words(text) => view! { <p class="problem-what">{ticked(text)}</p> }.into_any(),
        Problem::Refused(error, explained) => {
            let explained = explained.as_deref().map(explanation);
            view! {
                {refusal(error, explained.is_some())}
                {explained}
            }
            .into_any()
        }
    };
    view! {
        <div class="service-problem" role="alert">
            {icon(Icon::Denied)}
            <div>{content}</div>
        </div>
    }
}

/// Shows what the service said; what to do is left out where more is known than its code tells.
fn refusal(error: &ServiceError, is_explained: bool) -> impl IntoView + use<> {
    let code = match error.code.as_str() {
        "" => format!("HTTP {}", error.status),
        code => code.to_owned(),
    };
    let advice = if is_explained { Vec::new() } else { error.advice() };
    let advice = advice.iter().map(|text| view! { <li>{ticked(text)}</li> }).collect_view();
    view! {
        <p class="problem-what">
            <code>{code}</code>
            " "
            {error.what()}
        </p>
        <ul class="problem-advice">{advice}</ul>
        <details>
            <summary>"What the service says"</summary>
            <p class="problem-said">{error.message.clone()}</p>
        </details>
    }
}

fn explanation(explained: &Explained) -> impl IntoView + use<> {
    let elsewhere = (!explained.is_refused()).then(|| {
        view! {
            <p class="problem-said">
                "The reason is not a condition: the role or the scope of the assignment does not allow it, or the service does not see the assignment yet."
            </p>
        }
    });
    let said = explained.said.iter().map(assignment).collect_view();
    view! {
        <section class="refusing" aria-label="Your own conditions">
            {said}
            {elsewhere}
        </section>
    }
}

fn assignment(said: &Said) -> impl IntoView + use<> {
    let Some(verdict) = &said.verdict else {
        return view! {
            <h4>{said.title.clone()}</h4>
            <p class="problem-said">"has no condition, so it refuses nothing that its role allows"</p>
        }
        .into_any();
    };
    let refused = said.is_refused();
    let guilty = verdict.trace.deciding().filter(|clause| refused && clause.outcome != Truth::True);
    let clauses = guilty
        .map(|clause| {
            // The whole of it; the trace cuts what is long.
            let text = clause.span.of(&said.condition).to_owned();
            view! { <li><pre class="clause">{text}</pre></li> }
        })
        .collect_view();
    let ways = verdict.ways.iter().map(|way| {
        let words = way.words(Catalog::builtin());
        view! { <li class="way">{icon(Icon::Fix)} <span>{ticked(&words)}</span></li> }
    });
    let ways = ways.collect_view();
    let heading = if refused { "Refused by the condition of " } else { "Allowed by " };
    view! {
        <h4>{heading} <span class="scope">{said.title.clone()}</span></h4>
        <ul class="clauses">{clauses}</ul>
        <p class="problem-said">{ticked(&verdict.trace.reason)}</p>
        <ul class="ways">{ways}</ul>
    }
    .into_any()
}
