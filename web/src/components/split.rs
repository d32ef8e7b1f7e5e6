//! The line between the two halves, which can be moved.

use crate::browser;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

/// The least and the most that the condition takes of the width, in percent.
const LIMITS: (f64, f64) = (25.0, 75.0);

/// The line, moved by the pointer or the arrow keys, and remembered.
#[component]
pub(crate) fn Split() -> impl IntoView {
    let remembered = browser::recall("split").and_then(|text| text.parse::<f64>().ok());
    let share = RwSignal::new(clamped(remembered.unwrap_or(56.0)));
    let element = NodeRef::<Div>::new();
    let dragging = RwSignal::new(false);
    Effect::new(move || {
        let share = share.get();
        browser::set_page_property("--split", &format!("{share:.2}%"));
        browser::remember("split", &format!("{share:.2}"));
    });
    let start = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(line) = element.get() {
            // A pointer that is gone already cannot be held, and moves nothing.
            let _ = line.set_pointer_capture(event.pointer_id());
            dragging.set(true);
        }
    };
    let drag = move |event: PointerEvent| {
        let halves = element.get().and_then(|line| line.parent_element());
        if let (true, Some(halves)) = (dragging.get_untracked(), halves) {
            let area = halves.get_bounding_client_rect();
            let at = (f64::from(event.client_x()) - area.left()) / area.width().max(1.0) * 100.0;
            share.set(clamped(at));
        }
    };
    let key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowLeft" => -2.0,
            "ArrowRight" => 2.0,
            _ => return,
        };
        event.prevent_default();
        share.update(|share| *share = clamped(*share + step));
    };
    view! {
        <div
            class="split"
            node_ref=element
            role="separator"
            tabindex="0"
            aria-label="Width of the condition"
            aria-orientation="vertical"
            aria-valuemin=LIMITS.0.to_string()
            aria-valuemax=LIMITS.1.to_string()
            aria-valuenow=move || format!("{:.0}", share.get())
            on:pointerdown=start
            on:pointermove=drag
            on:pointerup=move |_| dragging.set(false)
            on:keydown=key
        ></div>
    }
}

fn clamped(share: f64) -> f64 {
    if share.is_finite() { share.clamp(LIMITS.0, LIMITS.1) } else { LIMITS.0 }
}
