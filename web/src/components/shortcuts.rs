//! The list of keyboard shortcuts.

use crate::command::COMMANDS;
use crate::components::dialog::Modal;
use crate::session::Dialog;
use leptos::prelude::*;

/// The list, in its dialog.
#[component]
pub(crate) fn Shortcuts() -> impl IntoView {
    view! {
        <Modal which=Dialog::Shortcuts label="Keyboard shortcuts">
            <div class="shortcuts">
                <h2>"Keyboard shortcuts"</h2>
                <dl>
                    {COMMANDS
                        .iter()
                        .filter(|command| !command.keys.is_empty())
                        .map(|command| {
                            view! {
                                <div>
                                    <dt>{command.title}</dt>
                                    <dd>
                                        <kbd>{command.keys}</kbd>
                                    </dd>
                                </div>
                            }
                        })
                        .collect_view()}
                </dl>
            </div>
        </Modal>
    }
}
