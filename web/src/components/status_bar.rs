//! Findings counted, and how much of Azure's limit is used.

use crate::components::icon::{Icon, icon};
use crate::session::Session;
use diagnostics::Severity;
use leptos::prelude::*;
use workbench::MAX_CONDITION_BYTES as LIMIT;

/// The line under the condition.
#[component]
pub(crate) fn StatusBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let count = move |severity| Memo::new(move |_| session.analysis.get().count(severity));
    let (errors, warnings, advice) =
        (count(Severity::Error), count(Severity::Warning), count(Severity::Advice));
    let bytes = Memo::new(move |_| session.analysis.get().bytes);
    let size = move || match bytes.get() {
        bytes if bytes > LIMIT => "over",
        bytes if bytes > LIMIT / 10 * 9 => "near",
        _ => "well",
    };
    let words = move || {
        format!(
            "{}, {}, {}",
            counted(errors.get(), "error"),
            counted(warnings.get(), "warning"),
            if advice.get() == 0 {
                "no advice".to_owned()
            } else {
                format!("{} advice", advice.get())
            },
        )
    };
    Effect::new(move || session.announcement.set(words()));
    view! {
        <footer class="status-bar">
            <button
                type="button"
                class="counts"
                title="Go to the next finding (F8)"
                on:click=move |_| {
                    session.with_editor(crate::editor::Editor::next_finding);
                }
            >
                <span class="error" class:none=move || errors.get() == 0>
                    {icon(Icon::Error)}
                    {errors}
                    <span class="spoken">" errors"</span>
                </span>
                <span class="warning" class:none=move || warnings.get() == 0>
                    {icon(Icon::Warning)}
                    {warnings}
                    <span class="spoken">" warnings"</span>
                </span>
                <span class="advice" class:none=move || advice.get() == 0>
                    {icon(Icon::Advice)}
                    {advice}
                    <span class="spoken">" advice"</span>
                </span>
            </button>
            <span class="space"></span>
            <span class="bytes" data-size=size>
                {move || format!("{} of 8,192 bytes", grouped(bytes.get()))}
            </span>
            <meter
                aria-label="Bytes of the condition"
                min="0"
                max="8192"
                high="7372"
                optimum="0"
                value=move || bytes.get().min(LIMIT).to_string()
            ></meter>
        </footer>
    }
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// Writes a number below a million with a comma between its thousands.
fn grouped(number: usize) -> String {
    if number < 1000 {
        number.to_string()
    } else {
        format!("{},{:03}", number / 1000, number % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, grouped};

    #[test]
    fn numbers_read_as_words() {
        assert_eq!(
            [counted(0, "error"), counted(1, "error"), counted(2, "error")],
            ["no errors", "1 error", "2 errors"]
        );
        assert_eq!([grouped(612), grouped(8192), grouped(12_001)], ["612", "8,192", "12,001"]);
    }
}
