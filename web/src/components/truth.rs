//! What a block is for the current request.

use crate::components::icon::{Icon, icon};
use abac_eval::Truth;
use leptos::prelude::*;
use workbench::blocks::State;

/// A sign for true, false or unknown, with the reason.
pub(crate) fn truth(state: &State) -> impl IntoView + use<> {
    let (sign, word) = match state.truth? {
        Truth::True => (Icon::Allowed, "true"),
        Truth::False => (Icon::Denied, "false"),
        Truth::Unknown => (Icon::Unknown, "unknown"),
    };
    let title = match &state.note {
        Some(note) => format!("{word} for the current request: {note}"),
        None => format!("{word} for the current request"),
    };
    Some(view! {
        <span class="truth" data-truth=word title=title>
            {icon(sign)}
            <span class="spoken">{word}</span>
        </span>
    })
}
