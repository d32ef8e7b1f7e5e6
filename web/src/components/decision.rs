//! The answer for the current request.

use crate::components::icon::{Icon, icon};
use crate::components::phrase::phrase;
use crate::components::simulate::table;
use crate::session::Session;
use abac_eval::{Decision as Outcome, Part, Truth};
use abac_explain::{Explanation, Phrase, Statement};
use diagnostics::Span;
use leptos::prelude::*;
use workbench::simulate::Answer;

/// How many reasons are shown; a condition of many clauses has as many.
const REASONS: usize = 4;

/// Allowed or denied, for which request, and why.
#[component]
pub(crate) fn Decision() -> impl IntoView {
    let session = expect_context::<Session>();
    let decision = Memo::new(move |_| session.answer.get().decision);
    let reasons =
        Memo::new(move |_| reasons(&session.answer.get(), &session.analysis.get().meaning));
    let request = Memo::new(move |_| {
        session.requests.with(|all| all.get(session.current.get()).map(|one| one.name.clone()))
    });
    let word = move || if decision.get() == Outcome::Allow { "Allowed" } else { "Denied" };
    view! {
        <Show when=move || request.with(Option::is_some) fallback=|| view! { <NoRequest /> }>
        <section class="decision" data-decision=word aria-label="Decision">
            <div class="decision-word">
                {move || match decision.get() {
                    Outcome::Allow => icon(Icon::Allowed),
                    Outcome::Deny => icon(Icon::Denied),
                }}
                <strong role="status">{word}</strong>
            </div>
            <div class="decision-what">
                {move || request.get()}
            </div>
            <ul class="decision-why">
                {move || reasons.with(|reasons| reasons.iter().map(reason).collect_view())}
            </ul>
        </section>
        </Show>
    }
}

/// What stands there before anything is asked.
#[component]
fn NoRequest() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <section class="decision" aria-label="Decision">
            <p class="empty">"Ask the condition something: allowed or denied stands here, and why."</p>
            <button type="button" on:click=move |_| table::add(session)>
                {icon(Icon::Add)}
                "A request"
            </button>
        </section>
    }
}

/// A clause on which the decision rests, in words.
#[derive(Debug, Clone, PartialEq)]
enum Reason {
    Statement(Phrase, Truth, Option<String>),
    Words(String),
}

fn reason(reason: &Reason) -> impl IntoView + use<> {
    match reason {
        Reason::Words(words) => view! { <li>{words.clone()}</li> }.into_any(),
        Reason::Statement(words, truth, note) => {
            let (sign, says) = match truth {
                Truth::True => (Icon::Allowed, "holds"),
                Truth::False => (Icon::Denied, "does not hold"),
                Truth::Unknown => (Icon::Unknown, "unknown"),
            };
            let note = note.clone().map(|note| view! { <span>{format!(" ({note})")}</span> });
            view! {
                <li data-truth=truth.as_str()>
                    {icon(sign)}
                    <span>
                        <span class="spoken">{format!("{says}: ")}</span>
                        {phrase(words)}
                        {note}
                    </span>
                </li>
            }
            .into_any()
        }
    }
}

/// Returns what decided, in the words of the meaning; a request that no block is about is told so.
fn reasons(answer: &Answer, meaning: &Explanation) -> Vec<Reason> {
    let deciding = answer.clauses.iter().filter(|one| one.is_single && one.part == Part::Decided);
    let found: Vec<_> = deciding
        .filter_map(|clause| {
            let statements = meaning.blocks.iter().filter_map(|block| block.requirement.as_ref());
            let statement = statements.filter_map(|one| innermost(one, clause.span)).next()?;
            Some(Reason::Statement(statement.text.clone(), clause.outcome, clause.note.clone()))
        })
        .take(REASONS)
        .collect();
    match (found.is_empty(), answer.decision) {
        (false, _) => found,
        (true, Outcome::Allow) => {
            vec![Reason::Words("No block of the condition is about this request.".to_owned())]
        }
        (true, Outcome::Deny) => vec![Reason::Words(answer.reason.clone())],
    }
}

fn innermost(statement: &Statement, place: Span) -> Option<&Statement> {
    if !statement.span.contains(place) {
        return None;
    }
    let within = statement.parts.iter().find_map(|part| innermost(part, place));
    within.or_else(|| statement.parts.is_empty().then_some(statement))
}
