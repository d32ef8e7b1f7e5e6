//! A choice of few, all of them in sight.

use leptos::prelude::*;

/// Buttons side by side, of which one is pressed.
#[component]
pub(crate) fn Segmented<T: Copy + PartialEq + Send + Sync + 'static>(
    /// What is chosen between, for a screen reader.
    label: &'static str,
    /// The values and their names.
    options: &'static [(T, &'static str)],
    /// The chosen value.
    #[prop(into)]
    chosen: Signal<T>,
    /// Is told of a choice.
    #[prop(into)]
    choose: Callback<T>,
) -> impl IntoView {
    view! {
        <div class="segmented" role="group" aria-label=label>
            {options
                .iter()
                .map(|&(value, name)| {
                    view! {
                        <button
                            type="button"
                            aria-pressed=move || (chosen.get() == value).to_string()
                            on:click=move |_| choose.run(value)
                        >
                            {name}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}
