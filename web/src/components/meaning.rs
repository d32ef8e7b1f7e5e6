//! The condition in plain English, and as a table of decisions.
//!
//! An explanation knows where everything stands in the text, which changes with every keystroke
//! before it; what is drawn does not, so that only what reads differently is drawn again.

use crate::components::phrase::phrase;
use crate::session::Session;
use abac_explain::{DecisionRow, ExplainedBlock, Explanation, Phrase, Statement};
use leptos::prelude::*;

/// A statement without its place.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    text: Phrase,
    parts: Vec<Said>,
}

impl Said {
    fn of(statement: &Statement) -> Self {
        let parts = statement.parts.iter().map(Self::of).collect();
        Self { text: statement.text.clone(), parts }
    }
}

/// A block without its place.
#[derive(Debug, Clone, PartialEq)]
struct Block {
    heading: Phrase,
    requirement: Option<Said>,
    notes: Vec<Phrase>,
}

impl Block {
    fn of(block: &ExplainedBlock) -> Self {
        Self {
            heading: block.heading.clone(),
            requirement: block.requirement.as_ref().map(Said::of),
            notes: block.notes.clone(),
        }
    }
}

/// A row of the table without its place.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    actions: Vec<Phrase>,
    terms: Vec<Said>,
    otherwise: bool,
    decision: &'static str,
}

impl Row {
    fn of(row: &DecisionRow) -> Self {
        Self {
            actions: row.actions.clone(),
            terms: row.terms.iter().map(Said::of).collect(),
            otherwise: row.otherwise,
            decision: row.decision.as_str(),
        }
    }
}

/// The reading and the table.
#[component]
pub(crate) fn Meaning() -> impl IntoView {
    let session = expect_context::<Session>();
    let is_empty = Memo::new(move |_| session.analysis.get().meaning.blocks.is_empty());
    view! {
        <section class="meaning" aria-label="In plain English">
            {paragraphs(session, "meaning-warning", |all| all.warnings.clone())}
            {paragraphs(session, "meaning-summary", |all| vec![all.summary.clone()])}
            <Each count=|all| all.blocks.len() draw=draw_block />
            {paragraphs(session, "meaning-rest", |all| vec![all.remainder.clone()])}
            {paragraphs(session, "meaning-note", |all| all.notes.clone())}
        </section>
        <Show when=move || !is_empty.get()>
            <section class="table-section" aria-label="If and then">
                <h3>"If, then"</h3>
                <table class="decisions">
                    <thead>
                        <tr>
                            <th scope="col">"Action"</th>
                            <th scope="col">"If"</th>
                            <th scope="col">"Then"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <Each count=|all| all.table.rows.len() draw=draw_row />
                    </tbody>
                </table>
            </section>
        </Show>
    }
}

/// Draws as many things as there are, each by itself.
#[component]
fn Each(count: fn(&Explanation) -> usize, draw: fn(Session, usize) -> AnyView) -> impl IntoView {
    let session = expect_context::<Session>();
    let count = Memo::new(move |_| count(&session.analysis.get().meaning));
    view! {
        <For each=move || 0..count.get() key=|at| *at let:at>
            {draw(session, at)}
        </For>
    }
}

fn paragraphs(
    session: Session,
    class: &'static str,
    take: fn(&Explanation) -> Vec<Phrase>,
) -> impl IntoView {
    let phrases = Memo::new(move |_| take(&session.analysis.get().meaning));
    move || {
        phrases.with(|phrases| {
            phrases.iter().map(|one| view! { <p class=class>{phrase(one)}</p> }).collect_view()
        })
    }
}

fn draw_block(session: Session, at: usize) -> AnyView {
    let block = Memo::new(move |_| session.analysis.get().meaning.blocks.get(at).map(Block::of));
    (move || block.with(|block| block.as_ref().map(article))).into_any()
}

fn article(block: &Block) -> impl IntoView + use<> {
    let requirement = match &block.requirement {
        Some(said) => view! {
            <p>"Allowed only if " {phrase(&said.text)}</p>
            {parts(&said.parts)}
        }
        .into_any(),
        None => view! { <p>"Always denied."</p> }.into_any(),
    };
    let note = |note| view! { <p class="meaning-note">{phrase(note)}</p> };
    let notes: Vec<_> = block.notes.iter().map(note).collect();
    view! {
        <article class="meaning-block">
            <h3>{phrase(&block.heading)}</h3>
            {requirement}
            {notes}
        </article>
    }
}

fn parts(said: &[Said]) -> AnyView {
    if said.is_empty() {
        return ().into_any();
    }
    let item = |one: &Said| view! { <li>{phrase(&one.text)} {parts(&one.parts)}</li> };
    let items: Vec<_> = said.iter().map(item).collect();
    view! { <ul>{items}</ul> }.into_any()
}

fn draw_row(session: Session, at: usize) -> AnyView {
    let row = Memo::new(move |_| session.analysis.get().meaning.table.rows.get(at).map(Row::of));
    (move || row.with(|row| row.as_ref().map(cells))).into_any()
}

fn cells(row: &Row) -> impl IntoView + use<> {
    let actions: Vec<_> =
        row.actions.iter().map(|action| view! { <div>{phrase(action)}</div> }).collect();
    let term = |term: &Said| view! { <div>{phrase(&term.text)} {parts(&term.parts)}</div> };
    let terms: Vec<_> = row.terms.iter().map(term).collect();
    let otherwise = row.otherwise.then(|| view! { <div>"otherwise"</div> });
    let decision = row.decision;
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
}
