//! The condition in plain English, and as a table of decisions.

use crate::components::phrase::phrase;
use crate::session::Session;
use abac_explain::{DecisionTable, ExplainedBlock, Statement};
use leptos::prelude::*;

/// The reading and the table. Each part is drawn again only when it says something else.
#[component]
pub(crate) fn Meaning() -> impl IntoView {
    let session = expect_context::<Session>();
    let part = move |take: fn(&abac_explain::Explanation) -> Vec<abac_explain::Phrase>| {
        Memo::new(move |_| take(&session.analysis.get().meaning))
    };
    let summary = part(|all| vec![all.summary.clone()]);
    let remainder = part(|all| vec![all.remainder.clone()]);
    let notes = part(|all| all.notes.clone());
    let warnings = part(|all| all.warnings.clone());
    let blocks = Memo::new(move |_| session.analysis.get().meaning.blocks.clone());
    let table = Memo::new(move |_| session.analysis.get().meaning.table.clone());
    let paragraphs = |phrases: Memo<Vec<abac_explain::Phrase>>, class: &'static str| {
        move || {
            phrases.with(|phrases| {
                phrases.iter().map(|one| view! { <p class=class>{phrase(one)}</p> }).collect_view()
            })
        }
    };
    view! {
        <section class="meaning" aria-label="In plain English">
            {paragraphs(warnings, "meaning-warning")}
            {paragraphs(summary, "meaning-summary")}
            {move || blocks.with(|blocks| blocks.iter().map(block).collect_view())}
            {paragraphs(remainder, "meaning-rest")}
            {paragraphs(notes, "meaning-note")}
        </section>
        <section class="table-section" aria-label="If and then">
            <h3>"If, then"</h3>
            {move || table.with(decisions)}
        </section>
    }
}

fn block(block: &ExplainedBlock) -> impl IntoView + use<> {
    let requirement = match &block.requirement {
        Some(statement) => view! {
            <p>"Allowed only if " {phrase(&statement.text)}</p>
            {parts(&statement.parts)}
        }
        .into_any(),
        None => view! { <p>"Always denied."</p> }.into_any(),
    };
    let notes: Vec<_> = block
        .notes
        .iter()
        .map(|note| view! { <p class="meaning-note">{phrase(note)}</p> })
        .collect();
    view! {
        <article class="meaning-block">
            <h3>{phrase(&block.heading)}</h3>
            {requirement}
            {notes}
        </article>
    }
}

fn parts(statements: &[Statement]) -> AnyView {
    if statements.is_empty() {
        return ().into_any();
    }
    let items: Vec<_> = statements
        .iter()
        .map(|one| view! { <li>{phrase(&one.text)} {parts(&one.parts)}</li> })
        .collect();
    view! { <ul>{items}</ul> }.into_any()
}

fn decisions(table: &DecisionTable) -> impl IntoView + use<> {
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| {
            let actions: Vec<_> =
                row.actions.iter().map(|action| view! { <div>{phrase(action)}</div> }).collect();
            let terms: Vec<_> = row
                .terms
                .iter()
                .map(|term| view! { <div>{phrase(&term.text)} {parts(&term.parts)}</div> })
                .collect();
            let otherwise = row.otherwise.then(|| view! { <div>"otherwise"</div> });
            let decision = row.decision.as_str();
            view! {
                <tr>
                    <td>{actions}</td>
                    <td>{terms} {otherwise}</td>
                    <td>
                        <span class="verdict" data-decision=decision>
                            {decision}
                        </span>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="decisions">
            <thead>
                <tr>
                    <th scope="col">"Action"</th>
                    <th scope="col">"If"</th>
                    <th scope="col">"Then"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
