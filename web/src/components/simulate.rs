//! Requests, and what the condition decides for each.

mod table;

use crate::components::simulate::table::RequestTable;
use leptos::prelude::*;

/// The panel.
#[component]
pub(crate) fn Simulate() -> impl IntoView {
    view! { <RequestTable /> }
}
