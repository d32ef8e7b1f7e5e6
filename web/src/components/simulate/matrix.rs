//! What a delegate may hand out: every role against every kind of principal.

use crate::components::icon::{Icon, icon};
use crate::components::segmented::Segmented;
use crate::session::Session;
use abac_eval::Truth;
use leptos::prelude::*;
use workbench::simulate::{Matrix, matrix};

const KINDS: [(bool, &str); 2] = [(false, "Assign"), (true, "Remove")];

/// The matrix; nothing where the condition is not about role assignments.
#[component]
pub(crate) fn DelegationMatrix() -> impl IntoView {
    let session = expect_context::<Session>();
    let is_deletion = RwSignal::new(false);
    let principal = RwSignal::new(None);
    let matrix = Memo::new(move |_| {
        let settings = session.settings.get();
        matrix(&session.condition.get(), settings.catalog(), is_deletion.get(), principal.get())
    });
    let named = move || {
        matrix.with(|matrix| {
            matrix.as_ref().map(|matrix| matrix.principals.clone()).unwrap_or_default()
        })
    };
    let chosen = move |event| {
        principal.set(event_target_value(&event).parse().ok());
    };
    view! {
        <Show when=move || matrix.with(Option::is_some)>
            <section class="matrix" aria-label="What the delegate may hand out">
                <header class="section-header">
                    <h3>"Role by principal type"</h3>
                    <span class="space"></span>
                    <Segmented
                        label="Assign or remove"
                        options=&KINDS
                        chosen=is_deletion
                        choose=move |deletion| is_deletion.set(deletion)
                    />
                </header>
                <Show when=move || !named().is_empty()>
                    <label class="form-row">
                        <span>"Principal"</span>
                        <select on:change=chosen>
                            <option value="">"Somebody else"</option>
                            {move || {
                                named()
                                    .into_iter()
                                    .map(|id| {
                                        let id = id.to_string();
                                        view! { <option value=id.clone()>{id.clone()}</option> }
                                    })
                                    .collect_view()
                            }}
                        </select>
                    </label>
                </Show>
                {move || matrix.with(|matrix| matrix.as_ref().map(table))}
            </section>
        </Show>
    }
}

fn table(matrix: &Matrix) -> impl IntoView + use<> {
    let columns: Vec<_> =
        matrix.principal_types.iter().map(|one| view! { <th scope="col">{*one}</th> }).collect();
    let rows: Vec<_> = matrix
        .rows
        .iter()
        .map(|(role, truths)| {
            let cells: Vec<_> = truths.iter().map(|truth| cell(*truth)).collect();
            let note = (!role.is_named && role.is_privileged).then_some("privileged");
            view! {
                <tr>
                    <th scope="row" title=role.id.clone()>
                        {role.name.clone()}
                        {note.map(|note| view! { <small>{note}</small> })}
                    </th>
                    {cells}
                </tr>
            }
        })
        .collect();
    let more = (0 < matrix.more).then(|| format!("and {} more roles", matrix.more));
    view! {
        <table class="decisions matrix-table">
            <thead>
                <tr>
                    <th scope="col">"Role"</th>
                    {columns}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {more.map(|more| view! { <p class="empty">{more}</p> })}
    }
}

fn cell(truth: Truth) -> impl IntoView {
    // What is unknown is denied; that it is unknown is what a person has to know.
    let (word, sign) = match truth {
        Truth::True => ("allowed", Icon::Allowed),
        Truth::False => ("denied", Icon::Denied),
        Truth::Unknown => ("unknown", Icon::Unknown),
    };
    view! {
        <td>
            <span class="verdict" data-decision=word>
                {icon(sign)}
                {word}
            </span>
        </td>
    }
}
