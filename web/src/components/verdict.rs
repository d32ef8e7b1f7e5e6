//! A decision in a word, with its sign.

use crate::components::icon::{Icon, icon};
use abac_eval::Decision;
use leptos::prelude::*;

/// Shows a decision.
pub(crate) fn verdict(decision: Decision) -> impl IntoView {
    let (word, symbol) = match decision {
        Decision::Allow => ("allowed", Icon::Allowed),
        Decision::Deny => ("denied", Icon::Denied),
    };
    view! {
        <span class="verdict" data-decision=word>
            {icon(symbol)}
            {word}
        </span>
    }
}
