//! Sentences in which names and literal text look like what they are.

use abac_explain::{Phrase, Piece};
use leptos::prelude::*;

/// Shows a phrase; what somebody wrote is text, never markup.
pub(crate) fn phrase(phrase: &Phrase) -> impl IntoView + use<> {
    phrase
        .pieces()
        .iter()
        .map(|piece| match piece {
            Piece::Words(text) => view! { {text.clone()} }.into_any(),
            Piece::Name(text) => view! { <strong>{text.clone()}</strong> }.into_any(),
            Piece::Literal(text) => view! { <code>{text.clone()}</code> }.into_any(),
        })
        .collect_view()
}

/// Shows what stands in backticks as code.
pub(crate) fn ticked(text: &str) -> impl IntoView + use<> {
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
