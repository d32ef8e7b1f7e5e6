//! What the sandbox knows, offered where the form asks for it.

use crate::session::Session;
use leptos::prelude::*;

/// Under which id the form finds the scopes.
pub(crate) const SCOPES: &str = "known-scopes";

/// Under which id the form finds the principals.
pub(crate) const PRINCIPALS: &str = "known-principals";

/// The scopes and principals of the sandbox, for the fields of the form.
#[component]
pub(crate) fn Known() -> impl IntoView {
    let session = expect_context::<Session>();
    let overview = session.service.overview;
    let scopes = move || overview.get().map(|one| one.scopes).unwrap_or_default();
    let people = move || overview.get().map(|one| one.callers).unwrap_or_default();
    view! {
        <datalist id=SCOPES>
            <For each=scopes key=|scope| scope.id.clone() let:scope>
                <option value=scope.id.clone()>{scope.display_name.clone()}</option>
            </For>
        </datalist>
        <datalist id=PRINCIPALS>
            <For each=people key=|person| person.id.clone() let:person>
                <option value=person.id.clone()>
                    {format!("{} ({})", person.display_name, person.kind)}
                </option>
            </For>
        </datalist>
    }
}
