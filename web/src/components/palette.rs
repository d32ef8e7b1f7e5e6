//! The command palette: everything that can be done, found by a few letters.

use crate::command::{COMMANDS, Command};
use crate::components::dialog::Modal;
use crate::session::{Dialog, Session};
use leptos::prelude::*;

/// The palette, in its dialog.
#[component]
pub(crate) fn Palette() -> impl IntoView {
    view! {
        <Modal which=Dialog::Palette label="Commands">
            <Search />
        </Modal>
    }
}

#[component]
fn Search() -> impl IntoView {
    let session = expect_context::<Session>();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        typed.with(|typed| matching(typed).map(|(index, _)| index).collect::<Vec<_>>())
    });
    let run = move |command: Command| {
        session.dialog.set(None);
        // The dialog closes first: it gives the focus back to where it was.
        request_animation_frame(move || (command.run)(session));
    };
    let key = move |event: web_sys::KeyboardEvent| {
        let count = found.with(Vec::len).max(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                let command = found.with(|found| found.get(at.get_untracked()).copied());
                if let Some(command) = command.and_then(|index| COMMANDS.get(index)) {
                    run(*command);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="palette">
            <input
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-activedescendant=move || format!("palette-{}", at.get())
                aria-label="Find a command"
                placeholder="What do you want to do?"
                autofocus
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    at.set(0);
                }
                on:keydown=key
            />
            <ul id="palette-list" role="listbox" aria-label="Commands">
                {move || {
                    found
                        .get()
                        .into_iter()
                        .filter_map(|index| COMMANDS.get(index))
                        .enumerate()
                        .map(|(place, command)| {
                            view! {
                                <li
                                    id=format!("palette-{place}")
                                    role="option"
                                    aria-selected=move || (at.get() == place).to_string()
                                    on:click=move |_| run(*command)
                                >
                                    <span class="palette-group">{command.group}</span>
                                    <span>{command.title}</span>
                                    <span class="space"></span>
                                    {(!command.keys.is_empty())
                                        .then(|| view! { <kbd>{command.keys}</kbd> })}
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            <Show when=move || found.with(Vec::is_empty)>
                <p class="empty">"No command has these letters."</p>
            </Show>
        </div>
    }
}

/// Returns the commands whose names hold every word that was typed.
fn matching(typed: &str) -> impl Iterator<Item = (usize, &'static Command)> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    COMMANDS.iter().enumerate().filter(move |(_, command)| {
        let name = format!("{} {}", command.group, command.title).to_lowercase();
        words.iter().all(|word| name.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn a_few_letters_find_a_command() {
        let titles: Vec<_> = matching("form byt").map(|(_, command)| command.title).collect();
        assert_eq!(titles, ["Format in the fewest bytes"]);
    }
}
